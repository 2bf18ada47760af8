import { Pencil, Plus, Settings } from 'lucide-react';
import { useLocation } from 'wouter';
import type { Project } from '#main/features/projects/contract.ts';
import { ArrangedItem } from '../../core/arranging/arranged-item.tsx';
import { GroupSection } from '../../core/arranging/group-section.tsx';
import { groupsOf } from '../../core/arranging/groups.ts';
import { moveItems } from '../../core/arranging/move-items.tsx';
import { client } from '../../core/client.ts';
import { useCommand } from '../../core/commands/use-command.ts';
import { projectPath } from '../../core/paths.ts';
import { useLatestRun } from '../../core/queries/use-latest-run.ts';
import { useProjects } from '../../core/queries/use-projects.ts';
import { useQueue } from '../../core/queries/use-queue.ts';
import { KindIcon } from '../../core/words/kind-icon.tsx';
import { runTone, runWord } from '../../core/words/run-words.ts';
import { ColoredIcon } from '../../ui/color-dot.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import type { MenuItem } from '../../ui/menu-items.ts';
import { SidebarHeading, SidebarItem } from '../../ui/sidebar-item.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { openAddProject } from './add-project-state.ts';
import { openEditProject } from './edit-project-state.ts';

interface ProjectItemProps {
  project: Project;
  /** Every project in the order of the list. */
  all: readonly Project[];
  /** Puts a project before another one; null: behind all. */
  move(project: number, before: number | null): void;
}

function ProjectItem({ project, all, move }: ProjectItemProps) {
  const { latest } = useLatestRun(project.id);
  const [, navigate] = useLocation();
  const running = useQueue().data?.running.find((run) => run.project.id === project.id);
  const shown = running ?? latest;
  const tone = project.missing ? 'warn' : shown ? runTone(shown) : 'idle';
  const word = project.missing ? 'folder missing' : shown ? runWord(shown) : 'never deployed';
  const inGroup = all.filter(({ group }) => group === project.group).map(({ id }) => id);
  const items = (): MenuItem[] => [
    { label: 'Edit…', icon: <Pencil size={15} />, onSelect: () => openEditProject(project) },
    ...moveItems(inGroup, project.id, (before) => move(project.id, before)),
    {
      label: 'Settings',
      icon: <Settings size={15} />,
      onSelect: () => navigate(`${projectPath(project.id)}/settings`),
    },
  ];
  return (
    <ArrangedItem
      list="projects"
      id={String(project.id)}
      label={project.name}
      items={items}
      onDrop={(dragged) => move(Number(dragged), project.id)}
    >
      <SidebarItem
        href={projectPath(project.id)}
        within={`${projectPath(project.id)}/`}
        icon={
          <ColoredIcon color={project.color}>
            <KindIcon kind={project.kind} />
          </ColoredIcon>
        }
        end={<StateDot tone={tone} label={word} />}
      >
        {project.name}
      </SidebarItem>
    </ArrangedItem>
  );
}

/** The projects, each with the state of its latest run. */
export function SidebarProjects() {
  const projects = useProjects().data;
  const { send } = useCommand(client.projects.move);
  const move: ProjectItemProps['move'] = (project, before) => void send({ project, before });
  return (
    <>
      <SidebarHeading
        action={
          <IconButton label="Add project" icon={<Plus size={15} />} onClick={openAddProject} />
        }
      >
        Projects
      </SidebarHeading>
      {groupsOf(projects ?? []).map(({ name, things }) => (
        <GroupSection key={name} name={name}>
          {things.map((project) => (
            <ProjectItem key={project.id} project={project} all={projects ?? []} move={move} />
          ))}
        </GroupSection>
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
