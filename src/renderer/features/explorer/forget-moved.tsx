import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api } from '../../core/client.ts';
import { type Head, hasGrown, headOf } from '../../core/inside/head-moves.ts';
import { useChains } from '../../core/queries/use-chains.ts';

/**
 * When a chain was taken back, started or stopped, all that was read of the inside of chains is read
 * again. What a further block changes the pages themselves read again.
 */
export function ForgetMoved() {
  const cache = useQueryClient();
  const chains = useChains().data;
  const heads = useRef<ReadonlyMap<string, Head | null>>(new Map());
  useEffect(() => {
    if (!chains) return;
    const before = heads.current;
    heads.current = new Map(chains.map((chain) => [chain.name, headOf(chain)]));
    for (const [name, now] of heads.current) {
      const known = before.get(name);
      if (known === undefined) continue;
      void hasGrown(name, known, now).then((grew) => {
        if (!grew) void cache.invalidateQueries({ queryKey: api.explorer.key() });
      });
    }
  }, [cache, chains]);
  return null;
}
