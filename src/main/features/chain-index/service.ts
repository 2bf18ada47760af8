import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { IndexedHead } from '../../eth/inside/indexed-chain.ts';
import { BackgroundWork } from '../../lib/background-work.ts';
import { SharedRuns } from '../../lib/shared-runs.ts';
import { inSmallSteps } from '../../lib/small-steps.ts';
import { messageOf } from '../../shared/errors.ts';
import { ChainWalk, type WalkDependencies } from './chain-walk.ts';
import type { PagesStore } from './pages-store.ts';
import { ReadBlocks } from './read-blocks.ts';

export interface ChainIndexDependencies extends Omit<WalkDependencies, 'onRead'> {
  pages: PagesStore;
  logger: Logger;
  /** Address of a chain that runs; null: it doesn't. */
  chainUrl: (chain: string) => Promise<string | null>;
}

/** After the last news of a chain it is looked at so often. */
const LOOKS_AFTER = 5;

/** Keeps the index of our chains as they are. */
export function chainIndexService(deps: ChainIndexDependencies) {
  const { store, pages, logger, chainUrl } = deps;
  const closing = new AbortController();
  const { signal } = closing;
  const listeners = new Set<(chain: string) => void>();
  const read = new ReadBlocks();

  const walks = new SharedRuns<'reached' | 'moved' | 'stopped'>(async (chain) => {
    const url = await chainUrl(chain);
    if (url === null || signal.aborted) return 'stopped';
    const onRead: WalkDependencies['onRead'] = (block, receipts) => read.put(block, receipts);
    const reached = await new ChainWalk({ ...deps, onRead }, chain, url, signal).walk();
    for (const listener of listeners) listener(chain);
    return reached ? 'reached' : 'moved';
  });

  const background = new BackgroundWork({
    ...{ isUsed: deps.isUsed, looksAfter: LOOKS_AFTER, signal },
    work: async (chain) => (await walks.run(chain)) === 'moved',
    onFailed: (chain, error) =>
      logger.info({ chain, reason: messageOf(error) }, 'indexing the chain paused'),
  });

  return {
    ...pages,
    toRecord: store.toRecord,
    recorded: store.recorded,
    takeRead: (hash: string) => read.take(hash),

    /** There is news of a chain: goes on with it in the background. */
    look: (chain: string): void => background.look(chain),

    /** Calls a listener each time that a chain was looked at. */
    onLooked: (listener: (chain: string) => void): void => void listeners.add(listener),

    /**
     * The head of the index once it is at the newest block of the chain, as that is at this moment.
     * null: it isn't within that time, or the chain is not indexed.
     */
    async upTo(chain: string, withinMs: number): Promise<IndexedHead | null> {
      const late = new AbortController();
      const waited = sleep(withinMs, 'late' as const, { signal: late.signal }).catch(
        () => 'late' as const,
      );
      const reached = await Promise.race([walks.run(chain).catch(() => 'failed' as const), waited]);
      late.abort();
      return reached === 'reached' ? pages.head(chain) : null;
    },

    /** Deletes what is left of chains that are gone. */
    async forget(): Promise<void> {
      await inSmallSteps(store.sweepGone, { first: 200, most: 2000, signal }).catch(
        (error: unknown) => {
          if (!signal.aborted) throw error;
        },
      );
    },

    /** What is not indexed by now is caught up on later. */
    close(): void {
      closing.abort(new Error('Drydock is closing'));
    },
  };
}
