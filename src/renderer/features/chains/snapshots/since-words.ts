import type { Chain } from '#main/features/chains/contract.ts';
import { count, plural } from '../../../ui/format.ts';

/** Where a chain is, seen from the snapshot that it was last at. */
export function sinceWords({
  blockNumber,
  sinceSnapshot,
}: Pick<Chain, 'blockNumber' | 'sinceSnapshot'>): string {
  const { blocks, changed } = sinceSnapshot ?? { blocks: null, changed: false };
  if (blocks !== null && blocks !== 0) {
    const far = plural(Math.abs(blocks), 'block');
    return `${far} ${blocks > 0 ? 'later' : 'earlier'}, at #${count(blockNumber)}`;
  }
  return changed ? 'changed since, at the same block' : 'at this snapshot';
}
