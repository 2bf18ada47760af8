import type { Rpc } from '../../../eth/rpc.ts';
import type { LiveRuns } from './reviewed-run.ts';
import { Sendings } from './sendings.ts';

/** Nonces of what was signed for a review and is in no block. */
export async function waitingOf(
  kept: Pick<LiveRuns, 'signed' | 'noteSigned'>,
  review: number,
  call: Rpc,
): Promise<number[]> {
  const sendings = new Sendings(review, kept, call);
  const waiting: number[] = [];
  for (const nonce of sendings.nonces()) {
    if ((await sendings.landed(nonce)) === null) waiting.push(nonce);
  }
  return waiting;
}
