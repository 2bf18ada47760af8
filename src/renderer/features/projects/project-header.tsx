import type { Project } from '#main/features/projects/contract.ts';
import { Slot } from '../../core/feature/slot.tsx';
import { useKind } from '../../core/queries/use-kinds.ts';
import { Badge } from '../../ui/badge.tsx';
import { GitLine } from './git-line.tsx';

/** The project, its target, and its three most frequent actions. */
export function ProjectHeader({ project }: { project: Project }) {
  const kind = useKind(project.kind);
  return (
    <header className="@container shrink-0 px-5 pt-3.5 pb-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-32">
          <h1 className="truncate text-lg font-semibold" title={project.path}>
            {project.name}
          </h1>
          <div className="flex h-[22px] items-center gap-2">
            <span className="inline-flex @max-3xl:hidden">
              <Badge>{kind?.label ?? project.kind}</Badge>
            </span>
            <GitLine project={project.id} />
          </div>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <Slot name="project.header" project={project} />
        </div>
      </div>
    </header>
  );
}
