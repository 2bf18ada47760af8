import { Plus } from 'lucide-react';
import type { Project } from '#main/features/projects/contract.ts';
import { projectPath } from '../../core/paths.ts';
import { useLatestRun } from '../../core/queries/use-latest-run.ts';
import { useProjects } from '../../core/queries/use-projects.ts';
import { useQueue } from '../../core/queries/use-queue.ts';
import { KindIcon } from '../../core/words/kind-icon.tsx';
import { runTone, runWord } from '../../core/words/run-words.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { SidebarHeading, SidebarItem } from '../../ui/sidebar-item.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { openAddProject } from './add-project-state.ts';

function ProjectItem({ project }: { project: Project }) {
  const { latest } = useLatestRun(project.id);
  const running = useQueue().data?.running.find((run) => run.project.id === project.id);
  const shown = running ?? latest;
  const tone = project.missing ? 'warn' : shown ? runTone(shown) : 'idle';
  const word = project.missing ? 'folder missing' : shown ? runWord(shown) : 'never deployed';
  return (
    <SidebarItem
      href={projectPath(project.id)}
      within={`${projectPath(project.id)}/`}
      icon={<KindIcon kind={project.kind} />}
      end={<StateDot tone={tone} label={word} />}
    >
      {project.name}
    </SidebarItem>
  );
}

/** The projects, each with the state of its latest run. */
export function SidebarProjects() {
  const projects = useProjects().data;
  return (
    <>
      <SidebarHeading
        action={
          <IconButton label="Add project" icon={<Plus size={15} />} onClick={openAddProject} />
        }
      >
        Projects
      </SidebarHeading>
      {projects?.map((project) => (
        <ProjectItem key={project.id} project={project} />
      ))}
      {projects?.length === 0 && (
        <button
          type="button"
          onClick={openAddProject}
          className="mx-1 rounded-md border border-dashed border-edge px-2 py-1.5 text-left text-xs text-ink-dim hover:bg-hover"
        >
          Add a project to begin
        </button>
      )}
    </>
  );
}
