import { useRoute } from 'wouter';
import { useLatestRun } from '../../../core/queries/use-latest-run.ts';
import { useShownRuns } from './shown-run.ts';

/** The run on the open page: the deployment's own page, or its project's. */
export function useRunInView(project: number): number | null {
  const [isRun, params] = useRoute<{ id: string }>('/deployments/:id');
  const chosen = useShownRuns((state) => state.runs[project]);
  const { latest } = useLatestRun(project);
  if (isRun) return Number(params.id);
  return latest && (chosen === undefined || latest.id > chosen) ? latest.id : (chosen ?? null);
}
