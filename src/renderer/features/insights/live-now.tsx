import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Standing } from '#main/features/insights/contract.ts';
import type { Project } from '#main/features/projects/contract.ts';
import { resultWords } from '#main/shared/result-parts.ts';
import { api } from '../../core/client.ts';
import { deploymentPath, projectPath } from '../../core/paths.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { useLatestRun } from '../../core/queries/use-latest-run.ts';
import { useProjects } from '../../core/queries/use-projects.ts';
import { KindIcon } from '../../core/words/kind-icon.tsx';
import { runTone, runWord } from '../../core/words/run-words.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';

/** Networks with a column of their own; the others are in the history. */
const MOST_TARGETS = 4;

function StandingCell({ standing }: { standing: Standing | undefined }) {
  if (!standing) return <span className="text-ink-dim">—</span>;
  const { deployment, summary, endedAt } = standing;
  return (
    <span className="flex items-center gap-2">
      <StateDot tone="ok" label="in place" />
      <Link
        href={deploymentPath(deployment.id)}
        aria-label={`Deployment #${deployment.number} of ${deployment.project.name}`}
        className="font-semibold nums hover:underline"
      >
        #{deployment.number}
      </Link>
      <span className="truncate">{resultWords(summary)}</span>
      {endedAt !== null && (
        <span className="ml-auto text-2xs text-ink-dim">
          <RelativeTime at={endedAt} />
        </span>
      )}
    </span>
  );
}

/** A project with how its latest run ended. */
function ProjectCell({ project }: { project: Project }) {
  const { latest } = useLatestRun(project.id);
  const word = project.missing
    ? 'The folder is missing'
    : latest
      ? runWord(latest)
      : 'Never deployed';
  const tone = project.missing ? 'warn' : latest ? runTone(latest) : 'idle';
  return (
    <span className="flex items-center gap-2">
      <span className="text-ink-dim">
        <KindIcon kind={project.kind} />
      </span>
      <Link
        href={projectPath(project.id)}
        title={project.path}
        className="min-w-0 truncate font-semibold hover:underline"
      >
        {project.name}
      </Link>
      <StateDot tone={tone} label={word} />
    </span>
  );
}

/** The targets on which most is in place come first; `local` is always among them. */
function shownTargets(standing: readonly Standing[]): string[] {
  const byTarget = Map.groupBy(standing, ({ deployment }) => deployment.target);
  const found = [...byTarget]
    .toSorted(([, one], [, other]) => other.length - one.length)
    .map(([target]) => target)
    .filter((target) => target !== 'local');
  return ['local', ...found].slice(0, MOST_TARGETS);
}

/** Every project, and what of it is in place on each network. */
export function LiveNow() {
  const projects = useProjects().data ?? [];
  const { data, error, refetch } = useQuery(api.insights.standing.queryOptions());
  const targets = shownTargets(data ?? []);
  return (
    <Section title="Live now" aside="the newest deployment that is in place">
      {error && !data && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={2} />}
      {data && (
        <Table label="Live now">
          <thead>
            <tr>
              <Th>Project</Th>
              {targets.map((target) => (
                <Th key={target}>{target}</Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {projects.map((project) => (
              <tr key={project.id} className="group hover:bg-hover">
                <Td className="w-48 max-w-48">
                  <ProjectCell project={project} />
                </Td>
                {targets.map((target) => (
                  <Td key={target}>
                    <StandingCell
                      standing={data.find(
                        ({ deployment }) =>
                          deployment.project.id === project.id && deployment.target === target,
                      )}
                    />
                  </Td>
                ))}
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Section>
  );
}
