import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordedTransaction } from '../../eth/inside/recorded-transaction.ts';
import { BackgroundWork } from '../../lib/background-work.ts';
import { KeyedLock } from '../../lib/keyed-lock.ts';
import { SharedRuns } from '../../lib/shared-runs.ts';
import { inSmallSteps } from '../../lib/small-steps.ts';
import { messageOf } from '../../shared/errors.ts';
import { defaultRetention, retention } from '../data/contract.ts';
import { type FindKeysDependencies, findKeys, type MissingKeys } from './find-keys.ts';
import { unpackTransaction } from './packed.ts';
import { blocksDown, recordedIn } from './recorded-in.ts';
import { type ChainBlocks, ChainRecorder, type RecorderDependencies } from './recorder.ts';
import { UnpackedCodes } from './unpacked-codes.ts';

const DAY_MS = 86_400_000;
/** A chain that ends is held up no longer for what is not recorded yet. */
const LAST_MOMENT_MS = 2000;
const LAST_LOOK_MS = 500;
/** Who asks for keys waits no longer for what is not recorded yet. */
const CATCH_UP_MS = 3000;
/** After so many recorded bytes the limits are looked at. */
const LOOK_AFTER_BYTES = 8 * 1024 * 1024;
/** Deleting a block takes all of its transactions along. */
const MOST_BLOCKS_IN_STEP = 50;

/** What is kept; null: no limit. */
export interface TraceLimits {
  days: number | null;
  bytes: number | null;
}

/** What was deleted, or would be. */
export interface PrunedTraces {
  transactions: number;
  bytes: number;
}

export interface TracesDependencies extends RecorderDependencies {
  preimages: RecorderDependencies['preimages'] & FindKeysDependencies['preimages'];
  blocks: ChainBlocks & {
    /** Resolves when the newest block of a chain is known, or after so many ms. */
    upTo: (chain: string, withinMs: number) => Promise<unknown>;
  };
}

/** Records what goes on in the transactions of our chains, and finds it again. */
export function tracesService(deps: TracesDependencies) {
  const { store, logger } = deps;
  const closing = new AbortController();
  const { signal } = closing;
  const keysOfChain = new KeyedLock<string>();
  /** Chains that are about to end. */
  const ending = new Set<string>();
  let pruning: Promise<PrunedTraces> | undefined;
  let unlooked = 0;

  const runs = new SharedRuns<{ moved: boolean }>(async (chain) => {
    const url = await deps.chainUrl(chain);
    if (url === null || signal.aborted) return { moved: false };
    const isUrgent = () => ending.has(chain);
    const { bytes, moved } = await new ChainRecorder(deps, chain, url, {
      signal,
      isUrgent,
    }).record();
    unlooked += bytes;
    return { moved };
  });

  const background = new BackgroundWork({
    ...{ isUsed: deps.isUsed, looksAfter: 0, signal },
    async work(chain) {
      const { moved } = await runs.run(chain);
      if (unlooked >= LOOK_AFTER_BYTES) {
        unlooked = 0;
        await prune(limits(), signal);
      }
      return moved;
    },
    onFailed: (chain, error) =>
      logger.info({ chain, reason: messageOf(error) }, 'recording paused'),
  });

  async function recordRest(chain: string): Promise<void> {
    await deps.blocks.upTo(chain, LAST_LOOK_MS);
    if (deps.blocks.toRecord(chain, 1).length > 0) await runs.run(chain);
  }

  /** Resolves when what a chain has mined by now is recorded, or after so many ms. */
  async function recordSoon(chain: string, withinMs: number): Promise<void> {
    const over = new AbortController();
    const late = sleep(withinMs, undefined, { signal: AbortSignal.any([signal, over.signal]) });
    try {
      await Promise.race([late, recordRest(chain)]);
    } catch (error) {
      if (!signal.aborted) logger.info({ chain, reason: messageOf(error) }, 'not all is recorded');
    } finally {
      over.abort();
    }
  }

  const limits = (): TraceLimits => {
    const stored = Object.fromEntries(store.rules().map(({ rule, value }) => [rule, value]));
    const rules = { ...defaultRetention, ...retention.partial().parse(stored) };
    return { days: rules.traceDays, bytes: rules.traceBytes };
  };

  const oldest = ({ days }: TraceLimits): number =>
    days === null ? 0 : Date.now() - days * DAY_MS;

  /** While one is at work, returns that one. Deletes bit by bit. */
  function prune(kept: TraceLimits, until: AbortSignal): Promise<PrunedTraces> {
    pruning ??= pruneNow(kept, AbortSignal.any([signal, until])).finally(() => {
      pruning = undefined;
    });
    return pruning;
  }

  async function pruneNow(kept: TraceLimits, until: AbortSignal): Promise<PrunedTraces> {
    const done: PrunedTraces = { transactions: 0, bytes: 0 };
    const inSteps = (remove: (count: number) => PrunedTraces[]) =>
      inSmallSteps(
        (count) => {
          const removed = remove(count);
          for (const { transactions, bytes } of removed) {
            done.transactions += transactions;
            done.bytes += bytes;
          }
          return removed.length;
        },
        { first: 10, most: MOST_BLOCKS_IN_STEP, signal: until },
      );
    await inSteps(store.removeOrphans);
    const before = oldest(kept);
    await inSteps((count) => store.removeOldest(count, before));
    const most = kept.bytes ?? Number.POSITIVE_INFINITY;
    const end = done.bytes + store.bytes() - most;
    await inSteps((count) =>
      done.bytes < end ? store.removeOldest(count, Number.MAX_SAFE_INTEGER) : [],
    );
    await inSmallSteps(store.removeCodes, { first: 10, most: 200, signal: until });
    return done;
  }

  /** A block in which something was recorded, by its hash; null: nothing was. */
  function headOf(chain: string, block: string): RecordedTransaction['block'] | null {
    const head = store.headOf(chain, block);
    return head === null ? null : JSON.parse(head);
  }

  function find(chain: string, hash: string, block: string | null): RecordedTransaction | null {
    const found = store.find(chain, hash, block);
    if (!found) return null;
    const { head, record, codes } = found;
    const codeOf = new UnpackedCodes().of(codes);
    return { block: JSON.parse(head), ...unpackTransaction(record, codeOf) };
  }

  return {
    /** There may be something to record on a chain. */
    look: (chain: string): void => background.look(chain),
    prune,

    /**
     * A chain is about to end, and with it what it tells of its transactions. Resolves when they are
     * recorded, or after two seconds; at once when nothing is left to record.
     */
    async lastMoment(chain: string): Promise<void> {
      ending.add(chain);
      try {
        await recordSoon(chain, LAST_MOMENT_MS);
      } finally {
        ending.delete(chain);
      }
    },

    /** What `prune` would delete. */
    beyond: (kept: TraceLimits): PrunedTraces =>
      store.beyond(oldest(kept), (kept.bytes ?? Number.MAX_SAFE_INTEGER) - store.codeBytes()),

    /** A chain is gone, and what was recorded of it goes. */
    async forget(): Promise<void> {
      await prune({ days: null, bytes: null }, signal).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    },

    headOf,
    /** Hash of the block before a recorded one, by the hash of that; null: it was not recorded. */
    parentOf: (chain: string, block: string): string | null =>
      headOf(chain, block)?.parentHash ?? null,

    /**
     * What was recorded of a transaction: in the block with a hash, or null: the last time that it
     * was mined. null: nothing was.
     */
    find,

    /** Finds keys of mappings of a contract that were not found when they were recorded; see `findKeys`. */
    findKeys: (chain: string, address: string): Promise<MissingKeys> =>
      keysOfChain.run(chain, async () => {
        // A core that has just begun, as that of a command, has not recorded all yet.
        if (!deps.isUsed(chain)) await recordSoon(chain, CATCH_UP_MS);
        return findKeys(deps, find, { chain, address });
      }),

    /**
     * What is recorded of the blocks that a chain has, the newest first; both numbers are included.
     * Reads little at a time, and takes what is recorded or deleted meanwhile as it finds it.
     */
    recordedIn: (
      chain: string,
      blocks: { from: number; to: number },
    ): AsyncGenerator<RecordedTransaction> => recordedIn(deps, chain, blocks),

    /**
     * The block up to which a chain is recorded, and those before it, the newest first. The chain may
     * have been taken back since.
     */
    *recordedBlocks(chain: string): Generator<{ number: number; hash: string }> {
      const [next] = deps.blocks.toRecord(chain, 1);
      yield* blocksDown(deps.blocks, chain, next ? next.number - 1 : Number.MAX_SAFE_INTEGER);
    },

    /** What is not recorded by now is caught up on later. */
    async close(): Promise<void> {
      closing.abort(new Error('Drydock is closing'));
      await Promise.allSettled([pruning]);
    },
  };
}
