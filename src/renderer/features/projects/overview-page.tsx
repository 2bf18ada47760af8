import { FolderPlus, Plus } from 'lucide-react';
import { Link } from 'wouter';
import type { Project } from '#main/features/projects/contract.ts';
import { Slot } from '../../core/feature/slot.tsx';
import { projectPath } from '../../core/paths.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { useMarkers } from '../../core/queries/use-kinds.ts';
import { useLatestRun } from '../../core/queries/use-latest-run.ts';
import { useProjects } from '../../core/queries/use-projects.ts';
import { KindIcon } from '../../core/words/kind-icon.tsx';
import { runTone, runWord } from '../../core/words/run-words.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { plural } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StateDot, toneText } from '../../ui/state-dot.tsx';
import { openAddProject } from './add-project-state.ts';
import { GitLine } from './git-line.tsx';

function ProjectCard({ project }: { project: Project }) {
  const { latest, total } = useLatestRun(project.id);
  return (
    <li className="relative rounded-lg border border-line bg-panel p-3.5 focus-within:border-accent hover:bg-raised">
      <div className="flex items-center gap-2">
        <span className="text-ink-dim">
          <KindIcon kind={project.kind} />
        </span>
        <h3 className="min-w-0 flex-1 truncate text-sm font-semibold">
          <Link
            href={projectPath(project.id)}
            className="outline-none after:absolute after:inset-0 after:rounded-lg"
          >
            {project.name}
          </Link>
        </h3>
        <StateDot tone={project.missing ? 'warn' : latest ? runTone(latest) : 'idle'} />
      </div>
      <p className="mt-1 truncate font-mono text-2xs text-ink-dim" title={project.path}>
        {project.path}
      </p>
      <div className="mt-2 flex h-[22px] items-center">
        <GitLine project={project.id} />
      </div>
      <p className="mt-1 truncate text-xs text-ink-dim">
        {project.missing ? (
          <span className="text-warn">The folder is missing</span>
        ) : latest ? (
          <>
            <span className={toneText[runTone(latest)]}>
              #{latest.number} {runWord(latest).toLowerCase()}
            </span>{' '}
            on {latest.target} · <RelativeTime at={latest.createdAt} /> ·{' '}
            {plural(total, 'deployment')}
          </>
        ) : (
          'Never deployed'
        )}
      </p>
    </li>
  );
}

/** Every project and its latest deployment. */
export function OverviewPage() {
  const { data: projects, error, refetch } = useProjects();
  const markers = useMarkers();
  const add = (
    <Button
      variant={projects?.length === 0 ? 'primary' : 'default'}
      icon={<Plus aria-hidden="true" size={15} />}
      onClick={openAddProject}
    >
      Add project
    </Button>
  );
  return (
    <Page title="Overview" actions={projects && projects.length > 0 ? add : undefined}>
      {error && !projects && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!projects && !error && <Skeleton rows={4} />}
      {projects?.length === 0 && (
        <EmptyState icon={<FolderPlus size={24} />} title="Add your first project" action={add}>
          Point Drydock at a folder with a <code className="font-mono">{markers}</code>. Then press
          D to deploy it on this machine; a chain is kept as it is with S, and a deployment taken
          back with R.
        </EmptyState>
      )}
      {projects && projects.length > 0 && (
        <>
          <Section title="Projects">
            <ul className="grid grid-cols-[repeat(auto-fill,minmax(17rem,1fr))] gap-3">
              {projects.map((project) => (
                <ProjectCard key={project.id} project={project} />
              ))}
            </ul>
          </Section>
          <Slot name="overview.sections" />
        </>
      )}
    </Page>
  );
}
