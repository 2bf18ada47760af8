import { closeRun } from './close-run.ts';
import { LONGEST_UNSETTLED_MS } from './finalize-orphan.ts';
import { outcomeOf } from './recorded-outcome.ts';
import type { RecoveryDependencies } from './recovery.ts';
import type { DeploymentRow } from './row.ts';

/** Runs older than this no longer wait for a final result from their target; Unix time, ms. */
export const waitsSince = (): number => Date.now() - LONGEST_UNSETTLED_MS;

/**
 * Completes the record of a run whose target had not reported a final result when it ended. Returns
 * what was done, or undefined when the target still has no final result.
 */
export async function completeRun(
  row: DeploymentRow,
  deps: RecoveryDependencies,
): Promise<string | undefined> {
  const { provider, store } = deps;
  if (!(await provider.responds(row.target))) return undefined;
  const outcome = await outcomeOf(row, deps, null, {
    ...{ hasFiles: !store.hasLater(row), isOver: true },
  });
  if (outcome === null || outcome === 'unreadable' || outcome.open) return undefined;
  const { failure, result } = outcome;
  const said = `${provider.words.completed(row.target)} ${provider.words.known(result)}`;
  closeRun(row, deps, {
    status: failure ? row.status : 'succeeded',
    ...{ failure, deadLetter: row.deadLetter && failure !== undefined },
    ...{ isGone: true, outcome, said },
  });
  return `${row.projectName} #${row.number}: ${said}`;
}
