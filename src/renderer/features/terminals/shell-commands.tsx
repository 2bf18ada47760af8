import { SquareTerminal } from 'lucide-react';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';
import { useShells } from './use-shells.ts';

/** What the command palette offers about shells. */
export function ShellCommands({ project, name }: { project: number; name: string }) {
  const { open } = useShells();
  return (
    <CommandGroup title="Terminal">
      <CommandItem
        title={`Open a shell in ${name}`}
        icon={<SquareTerminal size={15} />}
        keywords={['terminal', 'bash', 'console']}
        onSelect={() => void open(project)}
      />
    </CommandGroup>
  );
}
