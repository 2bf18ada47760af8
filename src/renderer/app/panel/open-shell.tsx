import { Plus } from 'lucide-react';
import { useShells } from '../../features/terminals/use-shells.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useShellProject } from './use-toggle-terminal.ts';

/** Opens a shell in the project in view. */
export function OpenShell() {
  const project = useShellProject();
  const { busy, open } = useShells();
  if (!project) return null;
  return (
    <IconButton
      label={`Open a shell in ${project.name}`}
      busy={busy}
      icon={<Plus size={15} />}
      onClick={() => void open(project.id)}
    />
  );
}
