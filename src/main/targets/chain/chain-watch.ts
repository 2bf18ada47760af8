import { type Rpc, rpc } from '../../eth/rpc.ts';
import type { Transaction } from '../../shared/result.ts';

/**
 * How many checks in a row must agree. Checks rather than time, because a machine that slept has
 * not waited. A check without a response takes `answerWithinMs` longer.
 */
export interface Patience {
  everyMs: number;
  answerWithinMs: number;
  /** What was on the chain is no longer there. */
  vanished: number;
  /** Transactions are pending, and no block is mined. */
  stuck: number;
  /** No response, until that is reported. */
  silent: number;
  /** No response, until waiting ends. */
  dead: number;
}

const NEVER = Number.POSITIVE_INFINITY;

/**
 * A Drydock chain has one state, mines a block for each transaction, and responds while it runs.
 */
export const OWN_CHAIN: Patience = {
  everyMs: 1000,
  answerWithinMs: 2000,
  vanished: 1,
  stuck: 15,
  silent: 5,
  dead: 20,
};

/** A remote address may have several nodes, some behind the others; tools wait longer. */
export const REMOTE: Patience = {
  ...OWN_CHAIN,
  vanished: 30,
  stuck: NEVER,
  silent: 10,
  dead: NEVER,
};

export interface ChainTrouble {
  onVanished: () => void;
  onStuck: () => void;
  onSilent: () => void;
  onDead: () => void;
}

/**
 * Checks repeatedly whether what a run has put on the chain is still there, and whether the chain
 * responds and makes progress. A tool waits forever for the receipt of a transaction that an
 * outside revert removed, for a node that has stalled, and for a node that stops mining, as anvil
 * 1.7.1 does after some reverts until it is told to mine. Each problem is reported once, and again
 * when it recurs. Returns a function that stops it.
 */
export function watchChain(
  url: string,
  transactions: () => readonly Transaction[],
  trouble: ChainTrouble,
  patience: Patience,
): () => void {
  const call = rpc(url, patience.answerWithinMs);
  let asking = false;
  let block = '';
  const count = { gone: 0, still: 0, silent: 0 };
  const timer = setInterval(async () => {
    if (asking) return;
    asking = true;
    await look().catch(() => {
      // A chain that does not respond proves nothing about its contents.
      count.silent++;
    });
    asking = false;
    if (count.silent === patience.silent) trouble.onSilent();
    if (count.gone < patience.vanished && count.silent < patience.dead) return;
    clearInterval(timer);
    if (count.gone >= patience.vanished) trouble.onVanished();
    else trouble.onDead();
  }, patience.everyMs);
  return () => clearInterval(timer);

  async function look(): Promise<void> {
    const [gone, now] = await Promise.all([
      isGone(call, transactions()),
      call<string>('eth_blockNumber'),
    ]);
    count.silent = 0;
    count.gone = gone ? count.gone + 1 : 0;
    count.still = now === block ? count.still + 1 : 0;
    block = now;
    if (count.still === patience.stuck && (await isWaiting(call))) trouble.onStuck();
  }
}

/**
 * What a run sent to another chain was never here, so it is not missing.
 *
 * A revert during mining can leave anvil with the block and its receipts, but with the previous
 * state: the sender's nonce shows that.
 */
async function isGone(call: Rpc, transactions: readonly Transaction[]): Promise<boolean> {
  const landed = transactions.findLast((t) => t.status === 'success' && t.elsewhere === null);
  if (!landed?.hash) return false;
  const [receipt, next] = await Promise.all([
    call('eth_getTransactionReceipt', [landed.hash]),
    call<string>('eth_getTransactionCount', [landed.from, 'latest']),
  ]);
  return receipt === null || (landed.nonce !== null && Number(next) <= landed.nonce);
}

/** Whether transactions that could be mined are not. */
async function isWaiting(call: Rpc): Promise<boolean> {
  const { pending } = await call<{ pending: string }>('txpool_status');
  return Number(pending) > 0;
}
