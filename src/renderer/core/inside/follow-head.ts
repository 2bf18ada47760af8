import { useEffect, useRef } from 'react';
import { useChains } from '../queries/use-chains.ts';

const pauseMs = 400;

/**
 * Calls `refetch` when the newest block of a running chain is another one: one call at a time, with
 * a pause after it, and always once more after the last move. `grew`: blocks were only added.
 */
export function useFollowHead(
  network: string,
  refetch: (grew: boolean) => Promise<unknown> | undefined,
): void {
  const chain = useChains().data?.find(({ name }) => name === network);
  const number = chain?.status === 'running' ? chain.blockNumber : null;
  const head = number === null ? null : `${number} ${chain?.blockTime}`;
  const latest = useRef(refetch);
  latest.current = refetch;
  const seen = useRef({ network, head, number });
  const follower = useRef({ busy: false, again: false, grew: true });

  useEffect(() => {
    const before = seen.current;
    seen.current = { network, head, number };
    if (before.network !== network || before.head === null || before.head === head) return;
    const state = follower.current;
    state.grew &&= number !== null && number > (before.number ?? 0);
    state.again = true;
    if (state.busy) return;
    state.busy = true;
    void (async () => {
      while (state.again) {
        const { grew } = state;
        state.again = false;
        state.grew = true;
        await latest.current(grew);
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
      state.busy = false;
    })();
  }, [network, head, number]);
}
