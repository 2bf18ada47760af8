import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordedTransaction } from '../../eth/inside/recorded-transaction.ts';
import { inSmallSteps } from '../../lib/small-steps.ts';
import { messageOf } from '../../shared/errors.ts';
import { defaultRetention, retention } from '../data/contract.ts';
import { unpackTransaction } from './packed.ts';
import { recordedIn } from './recorded-in.ts';
import { ChainRecorder, type RecorderDependencies } from './recorder.ts';
import { UnpackedCodes } from './unpacked-codes.ts';

const DAY_MS = 86_400_000;
/** So long no block came. */
const QUIET_MS = 50;
const MOST_WAIT_MS = 1000;
/** After the last news of a chain it is looked at so often, each time after twice as long. */
const LOOKS_AFTER = 5;
const FIRST_LOOK_AFTER_MS = 500;
/** After so many recorded bytes the limits are looked at. */
const LOOK_AFTER_BYTES = 8 * 1024 * 1024;
const BLOCKS_AT_ONCE = 50;
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

/** Records what goes on in the transactions of our chains, and finds it again. */
export function tracesService(deps: RecorderDependencies) {
  const { store, logger } = deps;
  const closing = new AbortController();
  const { signal } = closing;
  const recording = new Map<string, Promise<void>>();
  /** Chains that have told of something new while they were recorded. */
  const again = new Set<string>();
  /** Looks at each chain since its last news. */
  const looks = new Map<string, number>();
  let pruning: Promise<PrunedTraces> | undefined;
  let unlooked = 0;

  async function recordAll(chain: string): Promise<void> {
    do {
      await untilQuiet(chain);
      const url = await deps.chainUrl(chain);
      if (url === null || signal.aborted) return;
      const { bytes, moved } = await new ChainRecorder(deps, chain, url, signal).record();
      if (moved) {
        await sleep(QUIET_MS, undefined, { signal });
        again.add(chain);
      }
      unlooked += bytes;
      if (unlooked < LOOK_AFTER_BYTES) continue;
      unlooked = 0;
      await prune(limits(), signal);
    } while (again.has(chain) && !signal.aborted);
  }

  /** While the blocks of a deployment come, it has the chain to itself for a moment. */
  async function untilQuiet(chain: string): Promise<void> {
    for (let waited = 0; waited < MOST_WAIT_MS; waited += QUIET_MS) {
      again.delete(chain);
      if (!deps.isUsed(chain)) return;
      await sleep(QUIET_MS, undefined, { signal });
      if (!again.has(chain)) return;
    }
    again.delete(chain);
  }

  /** There is news of a chain: records what is new on it, in the background. */
  function look(chain: string): void {
    looks.set(chain, 0);
    begin(chain);
  }

  function begin(chain: string): void {
    if (signal.aborted) return;
    if (recording.has(chain)) {
      again.add(chain);
      return;
    }
    const work = recordAll(chain)
      .catch((error: unknown) => {
        if (!signal.aborted) logger.info({ chain, reason: messageOf(error) }, 'recording paused');
      })
      .finally(() => {
        recording.delete(chain);
        if (again.delete(chain)) begin(chain);
        else lookLater(chain);
      });
    recording.set(chain, work);
  }

  /** A chain may not have answered, and not all that happens on it is told at once. */
  function lookLater(chain: string): void {
    const looked = looks.get(chain) ?? 0;
    if (looked >= LOOKS_AFTER || signal.aborted) return;
    looks.set(chain, looked + 1);
    setTimeout(() => begin(chain), FIRST_LOOK_AFTER_MS * 2 ** looked).unref();
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

  return {
    look,
    prune,

    /** What `prune` would delete. */
    beyond: (kept: TraceLimits): PrunedTraces =>
      store.beyond(oldest(kept), (kept.bytes ?? Number.MAX_SAFE_INTEGER) - store.codeBytes()),

    /** A chain is gone, and what was recorded of it goes. */
    async forget(): Promise<void> {
      await prune({ days: null, bytes: null }, signal).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    },

    /**
     * What was recorded of a transaction: in the block with a hash, or null: the last time that it
     * was mined. null: nothing was.
     */
    find(chain: string, hash: string, block: string | null): RecordedTransaction | null {
      const found = store.find(chain, hash, block);
      if (!found) return null;
      const { head, record, codes } = found;
      const codeOf = new UnpackedCodes().of(codes);
      return { block: JSON.parse(head), ...unpackTransaction(record, codeOf) };
    },

    /**
     * What is recorded of the blocks that a chain has, the newest first; both numbers are included.
     * Reads little at a time, and takes what is recorded or deleted meanwhile as it finds it.
     */
    recordedIn: (
      chain: string,
      blocks: { from: number; to: number },
    ): AsyncGenerator<RecordedTransaction> => recordedIn(store, chain, blocks),

    /**
     * Blocks of a chain of which is known what they hold, the newest first: the one up to which it is
     * recorded, and those with transactions. The chain may have been taken back since.
     */
    *recordedBlocks(chain: string): Generator<{ number: number; hash: string }> {
      const { id, seen } = store.chain(chain) ?? {};
      if (id === undefined || !seen) return;
      yield seen;
      for (let before = seen.number + 1; ; ) {
        const blocks = store.newest(id, before, BLOCKS_AT_ONCE);
        yield* blocks;
        const lowest = blocks.at(-1);
        if (!lowest) return;
        before = lowest.number;
      }
    },

    /** What is not recorded by now is caught up on later. */
    async close(): Promise<void> {
      closing.abort(new Error('Drydock is closing'));
      await Promise.allSettled([pruning]);
    },
  };
}
