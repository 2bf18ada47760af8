import { expect, vi } from 'vitest';
import type { Db } from '#main/db/open.ts';
import type { Rpc } from '#main/eth/rpc.ts';
import { pagesStore } from '#main/features/chain-index/pages-store.ts';
import { indexStore } from '#main/features/chain-index/store.ts';

/** Resolves once all that a chain has mined is indexed and recorded by the core that leads. */
export async function recorded(db: Db, chain: string, call: Rpc): Promise<void> {
  const newest = await call<{ hash: string; number: string }>('eth_getBlockByNumber', [
    ...['latest', false],
  ]);
  const [pages, index] = [pagesStore(db), indexStore(db)];
  await vi.waitFor(() => {
    const head = Number(newest.number) === 0 ? newest.hash : (pages.head(chain)?.hash ?? null);
    expect({ head, left: index.toRecord(chain, 1) }).toEqual({ head: newest.hash, left: [] });
  });
}
