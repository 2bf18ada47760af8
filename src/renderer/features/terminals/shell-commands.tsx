import { SquareTerminal } from 'lucide-react';
import type { Project } from '#main/features/projects/contract.ts';
import type { InView } from '../../core/feature/slots.ts';
import { keyWords } from '../../core/keys/key-words.ts';
import { keys } from '../../core/keys/keys.ts';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';
import { useShells } from './use-shells.ts';

/** The palette's commands for shells. */
export function ShellCommands({ project }: InView) {
  return project && <OpenShell project={project} />;
}

function OpenShell({ project: { id, name } }: { project: Project }) {
  const { open } = useShells();
  return (
    <CommandGroup title="Terminal">
      <CommandItem
        title={`Open a shell in ${name}`}
        icon={<SquareTerminal size={15} />}
        shortcut={keyWords(keys.shell)}
        keywords={['terminal', 'bash', 'console']}
        onSelect={() => void open(id)}
      />
    </CommandGroup>
  );
}
