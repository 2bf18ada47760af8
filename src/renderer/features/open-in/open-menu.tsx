import { Code, Copy, FolderOpen, SquareTerminal } from 'lucide-react';
import type { Project } from '#main/features/projects/contract.ts';
import { useOpen } from '../../core/open-in/use-open.ts';
import { useOpenPrograms } from '../../core/open-in/use-open-programs.ts';
import { copyText } from '../../ui/copy-text.ts';
import { Menu } from '../../ui/menu.tsx';
import type { MenuItem } from '../../ui/menu-items.ts';

/** Where else a project can be opened, and its path. */
export function OpenMenu({ project }: { project: Project }) {
  return <Menu label="Open in" items={useOpenItems(project)} />;
}

/** What the menu and the command palette offer. */
export function useOpenItems({ id, path }: Project): MenuItem[] {
  const editors = useOpenPrograms('editor');
  const [terminal] = useOpenPrograms('terminal');
  const [files] = useOpenPrograms('files');
  const { send } = useOpen();
  return [
    ...editors.map(({ id: program, label }) => ({
      label: `Open in ${label}`,
      icon: <Code aria-hidden="true" size={14} />,
      onSelect: () => void send({ project: id, in: 'editor', program }),
    })),
    ...(terminal
      ? [
          {
            label: `Open in ${terminal.label}`,
            icon: <SquareTerminal aria-hidden="true" size={14} />,
            onSelect: () => void send({ project: id, in: 'terminal', program: terminal.id }),
          },
        ]
      : []),
    ...(files
      ? [
          {
            label: `Show in ${files.label}`,
            icon: <FolderOpen aria-hidden="true" size={14} />,
            onSelect: () => void send({ project: id, in: 'files', program: files.id }),
          },
        ]
      : []),
    {
      label: 'Copy path',
      icon: <Copy aria-hidden="true" size={14} />,
      onSelect: () => void copyText(path, 'path'),
    },
  ];
}
