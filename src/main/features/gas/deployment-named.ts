import { AppError } from '../../shared/errors.ts';
import type { GasStore, SentBy } from './store.ts';

/** Fewer digits than git shows name no commit. */
const FEWEST_DIGITS = 4;

/**
 * The deployment with an id, or the latest one made at a commit. Throws DEPLOYMENT_NOT_FOUND, and
 * BAD_INPUT when several projects were deployed at the commit.
 */
export function deploymentNamed(store: Pick<GasStore, 'byId' | 'atCommit'>, asked: string): SentBy {
  const id = /^\d{1,15}$/.test(asked) ? store.byId(Number(asked)) : null;
  if (id) return id;
  const [first, ...others] =
    asked.length < FEWEST_DIGITS ? [] : store.atCommit(asked.toLowerCase());
  if (!first) {
    throw new AppError(
      'DEPLOYMENT_NOT_FOUND',
      `There is no deployment ${asked}, and none was made at a commit that begins so. List them with "drydock deployment list".`,
      { fix: { label: 'Show the history', command: 'drydock deployment list' } },
    );
  }
  if (others.length > 0) {
    const all = [first, ...others].map(
      ({ deployment: { id, number, project } }) => `${id} (${project.name} #${number})`,
    );
    throw new AppError(
      'BAD_INPUT',
      `Several projects were deployed at ${asked}. Give the id of one of ${all.join(', ')}.`,
    );
  }
  return first;
}
