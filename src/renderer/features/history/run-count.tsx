import { useQuery } from '@tanstack/react-query';
import { api } from '../../core/client.ts';
import { Slot } from '../../core/feature/slot.tsx';
import { useLatestRun } from '../../core/queries/use-latest-run.ts';
import { count } from '../../ui/format.ts';

/** The number of deployments, in the sidebar, and of those that need attention. */
export function RunCount() {
  const runs = useQuery(api.deployments.list.queryOptions({ input: { limit: 1 } })).data;
  return (
    <span className="flex shrink-0 items-center gap-1.5">
      <Slot name="history.count" />
      {runs && <span className="text-2xs text-ink-dim nums">{count(runs.total)}</span>}
    </span>
  );
}

/** The number of a project's deployments, on its tab. */
export function ProjectRunCount({ project }: { project: number }) {
  return ` ${useLatestRun(project).total.toLocaleString()}`;
}
