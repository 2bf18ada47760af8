import { FilePlus2, Plus } from 'lucide-react';
import { useLocation } from 'wouter';
import { projectPath } from '../../core/paths.ts';
import { useProjects } from '../../core/queries/use-projects.ts';
import { KindIcon } from '../../core/words/kind-icon.tsx';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';
import { openAddProject } from './add-project-state.ts';
import { openNewProject } from './new-project-state.ts';

export function ProjectCommands() {
  const [, navigate] = useLocation();
  const projects = useProjects().data ?? [];
  return (
    <CommandGroup title="Projects">
      {projects.map((project) => (
        <CommandItem
          key={project.id}
          id={project.id}
          title={`Go to ${project.name}`}
          name={project.name}
          goes
          copies={{ text: project.path, what: 'path' }}
          icon={<KindIcon kind={project.kind} />}
          detail={project.path}
          onSelect={() => navigate(projectPath(project.id))}
        />
      ))}
      <CommandItem
        title="Add project…"
        icon={<Plus size={15} />}
        keywords={['folder', 'open', 'new']}
        onSelect={openAddProject}
      />
      <CommandItem
        title="New project…"
        icon={<FilePlus2 size={15} />}
        keywords={['template', 'make', 'init', 'create']}
        onSelect={openNewProject}
      />
    </CommandGroup>
  );
}
