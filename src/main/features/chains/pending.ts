import type { RpcTransaction } from '../../eth/rpc-shapes.ts';
import type { ChainCalls } from './calls.ts';
import type { RunningChains } from './running.ts';

export interface PooledTransaction extends RpcTransaction {
  /** Of its signature; 0 of one without. */
  r?: string;
}

/** A transaction that is in no block yet. */
export interface Pending {
  transaction: PooledTransaction;
  /** It waits for one of its sender with a lower nonce. */
  waits: boolean;
  /** When it was first seen here, Unix time, ms. */
  seenAt: number;
}

/** By sender and nonce. */
type Pool = Record<string, Record<string, PooledTransaction>>;

/** What waits to be mined. */
export function pendingTransactions({ requireRunning }: RunningChains, { asked }: ChainCalls) {
  /** By chain and hash: a pool doesn't tell since when it has a transaction. */
  const seen = new Map<string, Map<string, number>>();

  /** In the order in which they were seen, those of a sender by nonce. */
  async function list(name: string): Promise<Pending[]> {
    const { call } = await requireRunning(name);
    const pool = await asked(name, () => call<{ pending: Pool; queued: Pool }>('txpool_content'));
    const before = seen.get(name);
    const now = Date.now();
    const found = [...of(pool.pending, false), ...of(pool.queued, true)].map((one) => ({
      ...one,
      seenAt: before?.get(one.transaction.hash) ?? now,
    }));
    seen.set(name, new Map(found.map((one) => [one.transaction.hash, one.seenAt])));
    return found.sort((a, b) => a.seenAt - b.seenAt || byNonce(a.transaction, b.transaction));
  }

  return {
    list,

    /** Notes since when they wait. Never rejects. */
    look: (name: string): Promise<void> =>
      list(name).then(
        () => undefined,
        () => undefined,
      ),
  };
}

export type PendingTransactions = ReturnType<typeof pendingTransactions>;

const of = (pool: Pool, waits: boolean): Omit<Pending, 'seenAt'>[] =>
  Object.values(pool).flatMap((sent) =>
    Object.values(sent).map((transaction) => ({ transaction, waits })),
  );

function byNonce(a: RpcTransaction, b: RpcTransaction): number {
  const [one, other] = [BigInt(a.nonce), BigInt(b.nonce)];
  return one < other ? -1 : one > other ? 1 : 0;
}
