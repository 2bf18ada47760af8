import { FileInput, KeyRound } from 'lucide-react';
import { useLocation } from 'wouter';
import type { InView } from '../../core/feature/slots.ts';
import { projectPath } from '../../core/paths.ts';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';
import { openEnvironmentDialog } from './dialog-state.ts';

export function EnvironmentCommands({ project, target }: InView) {
  const [, navigate] = useLocation();
  if (!project) return null;
  const { id, name } = project;
  const about = { project: { id, name }, target };
  return (
    <CommandGroup title={`Environment of ${name}`}>
      <CommandItem
        title={`Go to the environment of ${name}`}
        name="environment"
        icon={<KeyRound size={15} />}
        keywords={['variables', 'secrets', '.env']}
        goes
        onSelect={() => navigate(projectPath(id, 'environment'))}
      />
      <CommandItem
        title={`Set a variable of ${name}…`}
        icon={<KeyRound size={15} />}
        keywords={['environment', 'secret', 'key']}
        onSelect={() => openEnvironmentDialog({ ...about, what: 'variable', variable: null })}
      />
      <CommandItem
        title={`Import a .env into ${name}…`}
        icon={<FileInput size={15} />}
        keywords={['environment', 'variables', 'file']}
        onSelect={() => openEnvironmentDialog({ ...about, what: 'import' })}
      />
    </CommandGroup>
  );
}
