import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Chain } from '#main/features/chains/contract.ts';
import { api, client } from '../../core/client.ts';
import { forever } from '../../core/streams/forever.ts';

/** How often balances are refetched while blocks keep arriving, ms. */
const balancesEveryMs = 400;

/** Keeps a chain's entries in the cache current while mounted. */
export function useChainWatch(name: string): void {
  const cache = useQueryClient();
  useEffect(() => {
    const abort = new AbortController();
    let block: number | null | undefined;
    let balances: ReturnType<typeof setTimeout> | undefined;

    const take = (chain: Chain) => {
      cache.setQueryData(api.chains.get.queryKey({ input: { chain: name } }), chain);
      cache.setQueryData(api.chains.list.queryKey(), (chains) =>
        chains?.map((one) => (one.name === name ? chain : one)),
      );
      if (block !== undefined && block !== chain.blockNumber) {
        balances ??= setTimeout(() => {
          balances = undefined;
          const queryKey = api.chains.accounts.key({ input: { chain: name } });
          void cache.invalidateQueries({ queryKey });
        }, balancesEveryMs);
      }
      block = chain.blockNumber;
    };

    void forever(abort.signal, async () => {
      const stream = await client.chains.watch({ chain: name }, { signal: abort.signal });
      for await (const chain of stream) take(chain);
    });
    return () => {
      abort.abort();
      clearTimeout(balances);
    };
  }, [cache, name]);
}
