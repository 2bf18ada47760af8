import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { IndexedHead } from '../../eth/inside/indexed-chain.ts';
import { BackgroundWork } from '../../lib/background-work.ts';
import { Notifier } from '../../lib/notifier.ts';
import { SharedRuns } from '../../lib/shared-runs.ts';
import { inSmallSteps } from '../../lib/small-steps.ts';
import { messageOf } from '../../shared/errors.ts';
import { ChainWalk, type WalkDependencies } from './chain-walk.ts';
import type { PagesStore } from './pages-store.ts';
import { ReadBlocks } from './read-blocks.ts';

export interface ChainIndexDependencies extends Omit<WalkDependencies, 'onRead' | 'onBehind'> {
  pages: PagesStore;
  logger: Logger;
  /** Address of a chain that runs; null: it doesn't. */
  chainUrl: (chain: string) => Promise<string | null>;
}

/** After the last news of a chain it is looked at so often. */
const LOOKS_AFTER = 5;
/** What is no further behind is waited for. */
const FEW_BLOCKS = 20;
const MOST_WAIT_MS = 5000;

/** Keeps the index of our chains as they are. */
export function chainIndexService(deps: ChainIndexDependencies) {
  const { store, pages, logger, chainUrl } = deps;
  const closing = new AbortController();
  const { signal } = closing;
  const listeners = new Set<(chain: string) => void>();
  const read = new ReadBlocks();

  /** Chains of which much is still to be read. */
  const far = new Set<string>();
  const becomesFar = new Notifier<string>();
  const news: Pick<WalkDependencies, 'onRead' | 'onBehind'> = {
    onRead: (block, receipts) => read.put(block, receipts),
    onBehind(chain, blocks) {
      if (blocks <= FEW_BLOCKS) return;
      far.add(chain);
      becomesFar.notify(chain);
    },
  };

  const walks = new SharedRuns<'reached' | 'moved' | 'stopped'>(async (chain) => {
    const url = await chainUrl(chain);
    if (url === null || signal.aborted) return 'stopped';
    const reached = await new ChainWalk({ ...deps, ...news }, chain, url, signal)
      .walk()
      .finally(() => far.delete(chain));
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
     * null: the chain does not respond or is not indexed, or so much of it is still to be read that
     * it takes longer.
     */
    async upTo(chain: string, withinMs: number): Promise<IndexedHead | null> {
      const over = new AbortController();
      const late = (async () => {
        if (!far.has(chain)) await becomesFar.next(chain, over.signal, MOST_WAIT_MS);
        await sleep(withinMs, undefined, { signal: over.signal });
      })().catch(() => undefined);
      const reached = await Promise.race([walks.run(chain).catch(() => 'failed'), late]);
      over.abort();
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
