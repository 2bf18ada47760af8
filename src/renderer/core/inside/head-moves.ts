import type { Chain } from '#main/features/chains/contract.ts';
import { client } from '../client.ts';

/** The newest block of a running chain. */
export interface Head {
  number: number;
  hash: string;
  parentHash: string;
}

/** null: the chain does not run, or can't be counted along. */
export function headOf(chain: Chain | undefined): Head | null {
  if (chain?.status !== 'running') return null;
  const { blockNumber: number, blockHash: hash, blockParentHash: parentHash } = chain;
  return number === null || hash === null || parentHash === null
    ? null
    : { number, hash, parentHash };
}

/** `perhaps`: blocks were added, and others may have been taken back before. */
export type Move = 'none' | 'grew' | 'perhaps' | 'moved';

/** How a chain has gone from one head to another one. */
export function moveBetween(before: Head | null, now: Head | null): Move {
  if (before === null || now === null) return before === now ? 'none' : 'moved';
  if (before.hash === now.hash) return 'none';
  if (now.number <= before.number) return 'moved';
  return now.parentHash === before.hash ? 'grew' : 'perhaps';
}

const asked = new Map<string, { about: string; grew: Promise<boolean> }>();

/**
 * Whether blocks were only added to a chain between two heads. Asks it at most once, for all who
 * want to know.
 */
export function hasGrown(network: string, before: Head | null, now: Head | null): Promise<boolean> {
  const move = moveBetween(before, now);
  if (move !== 'perhaps' || !before || !now) return Promise.resolve(move !== 'moved');
  const about = `${before.hash} ${now.hash}`;
  const known = asked.get(network);
  if (known?.about === about) return known.grew;
  const grew = client.explorer
    .blocks({ network, before: before.number, limit: 1 })
    .then(({ blocks }) => blocks[0]?.hash === before.hash)
    .catch(() => false);
  asked.set(network, { about, grew });
  return grew;
}
