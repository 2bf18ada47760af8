import { useEffect, useRef } from 'react';
import { useChains } from '../queries/use-chains.ts';
import { hasGrown, headOf } from './head-moves.ts';

const pauseMs = 400;

/**
 * Calls `refetch` when the newest block of a running chain is another one, and when the chain starts
 * or stops: one call at a time, with a pause after it, and always once more after the last move.
 * `grew`: blocks were only added.
 */
export function useFollowHead(
  network: string,
  refetch: (grew: boolean) => Promise<unknown> | undefined,
): void {
  const chain = useChains().data?.find(({ name }) => name === network);
  const head = headOf(chain);
  const runs = chain && chain.status === 'running';
  const hash = head?.hash ?? null;
  const latest = useRef(refetch);
  latest.current = refetch;
  const seen = useRef({ network, head, runs });
  const follower = useRef<{ busy: boolean; again: boolean; moves: Promise<boolean>[] }>({
    ...{ busy: false, again: false, moves: [] },
  });

  useEffect(() => {
    const before = seen.current;
    seen.current = { network, head, runs };
    if (before.network !== network) return;
    const hasMoved = before.head !== null && before.head.hash !== hash;
    const hasTurned = before.runs !== undefined && runs !== undefined && before.runs !== runs;
    if (!hasMoved && !hasTurned) return;
    const state = follower.current;
    state.moves.push(hasTurned ? Promise.resolve(false) : hasGrown(network, before.head, head));
    state.again = true;
    if (state.busy) return;
    state.busy = true;
    void (async () => {
      while (state.again) {
        const moves = state.moves.splice(0);
        state.again = false;
        const grew = (await Promise.all(moves)).every((one) => one);
        await latest.current(grew);
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
      state.busy = false;
    })();
  }, [network, head, hash, runs]);
}
