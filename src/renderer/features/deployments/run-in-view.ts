import { useRoute } from 'wouter';
import { useShownRuns } from './shown-run.ts';
import { useLatestRun } from './use-latest-run.ts';

/** The run that the open page shows: the deployment's own page, or the one on its project's. */
export function useRunInView(project: number): number | null {
  const [isRun, params] = useRoute<{ id: string }>('/deployments/:id');
  const chosen = useShownRuns((state) => state.runs[project]);
  const { latest } = useLatestRun(project);
  if (isRun) return Number(params.id);
  return latest && (chosen === undefined || latest.id > chosen) ? latest.id : (chosen ?? null);
}
