import type { Project } from '#main/features/projects/contract.ts';
import type { InView } from '../../core/feature/slots.ts';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';
import { useOpenItems } from './open-menu.tsx';

/** Commands that open the project in view elsewhere. */
export function OpenCommands({ project }: InView) {
  return project && <ProjectCommands project={project} />;
}

function ProjectCommands({ project }: { project: Project }) {
  return (
    <CommandGroup title="Open in">
      {useOpenItems(project).map(({ label, icon, onSelect }) => (
        <CommandItem
          key={label}
          title={label}
          icon={icon}
          detail={project.name}
          keywords={['editor', 'folder', 'path']}
          onSelect={onSelect}
        />
      ))}
    </CommandGroup>
  );
}
