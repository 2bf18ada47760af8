import type { KindInfo } from '../../shared/kind.ts';
import type { DeploymentRow } from './row.ts';

/**
 * Whether what a run has done tells that it was all it was to do. Not so when it was ended in a
 * phase whose tool says nothing beforehand of what it will do.
 */
export function tellsAll({ phases }: Pick<DeploymentRow, 'phases'>, { phases: known }: KindInfo) {
  const endedIn = phases.findLast(({ status }) => status === 'running' || status === 'failed');
  return known.find(({ id }) => id === endedIn?.id)?.afterCrash !== 'partial';
}
