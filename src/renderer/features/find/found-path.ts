import type { FoundThing } from '#main/features/find/contract.ts';
import {
  addressPath,
  blockPath,
  contractPath,
  deploymentPath,
  projectPath,
  stateDiffPath,
  transactionPath,
} from '../../core/paths.ts';

/**
 * The page of a thing; null: it has none.
 *
 * @param inView the network of the page, for what is on all of them
 */
export function foundPath({ kind, network, id, value }: FoundThing, inView: string): string | null {
  if (kind === 'project') return id === null ? null : projectPath(id);
  if (kind === 'run') return id === null ? null : deploymentPath(id);
  const on = network ?? inView;
  if (kind === 'contract') return contractPath(on, value);
  if (kind === 'transaction') return transactionPath(on, value);
  if (kind === 'block') return blockPath(on, value);
  if (kind === 'snapshot') return id === null ? null : stateDiffPath(on, id);
  return addressPath(on, value);
}
