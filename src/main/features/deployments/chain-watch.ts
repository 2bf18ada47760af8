import { type Rpc, rpc } from '../../kit/rpc.ts';
import type { Transaction } from './contract.ts';

const LOOK_EVERY_MS = 1000;
const ANSWER_WITHIN_MS = 2000;

/**
 * How many looks in a row must find the same before it counts. Looks, not time: a machine that
 * slept has not waited. One look takes a second, one without an answer up to three.
 */
export interface Patience {
  /** What was there is not there any more. */
  vanished: number;
  /** Transactions wait, and no block is made. */
  stuck: number;
  /** No answer, before that is said. */
  silent: number;
  /** No answer, before there is nothing more to wait for. */
  dead: number;
}

const NEVER = Number.POSITIVE_INFINITY;

/** A chain of ours has one state, makes a block for each transaction, and answers while it lives. */
export const OWN_CHAIN: Patience = { vanished: 1, stuck: 15, silent: 5, dead: 20 };

/** Behind a remote address there may be several nodes, some behind the others; tools wait longer. */
export const REMOTE: Patience = { vanished: 30, stuck: NEVER, silent: 10, dead: NEVER };

export interface ChainTrouble {
  onVanished: () => void;
  onStuck: () => void;
  onSilent: () => void;
  onDead: () => void;
}

/**
 * Looks every second whether what a run has already put on the chain is still there, and whether
 * the chain answers and goes on at all. A tool waits for ever for the receipt of a transaction that
 * a revert from outside has taken away, for a node that stands still, and for one that mines no
 * more, as anvil 1.7.1 does after some reverts until it is told to. Each trouble is told once, and
 * again when it comes back. Answers how to stop.
 */
export function watchChain(
  url: string,
  transactions: () => readonly Transaction[],
  trouble: ChainTrouble,
  patience: Patience,
): () => void {
  const call = rpc(url, ANSWER_WITHIN_MS);
  let asking = false;
  let block = '';
  const count = { gone: 0, still: 0, silent: 0 };
  const timer = setInterval(async () => {
    if (asking) return;
    asking = true;
    await look().catch(() => {
      // A chain that does not answer proves nothing of what is on it.
      count.silent++;
    });
    asking = false;
    if (count.silent === patience.silent) trouble.onSilent();
    if (count.gone < patience.vanished && count.silent < patience.dead) return;
    clearInterval(timer);
    if (count.gone >= patience.vanished) trouble.onVanished();
    else trouble.onDead();
  }, LOOK_EVERY_MS);
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
 * A revert that meets a block being mined can leave anvil with the block and its receipts, but
 * with the state of before: the sender's nonce tells it.
 */
async function isGone(call: Rpc, transactions: readonly Transaction[]): Promise<boolean> {
  const landed = transactions.findLast((t) => t.status === 'success');
  if (!landed?.hash) return false;
  const [receipt, next] = await Promise.all([
    call('eth_getTransactionReceipt', [landed.hash]),
    call<string>('eth_getTransactionCount', [landed.from, 'latest']),
  ]);
  return receipt === null || (landed.nonce !== null && Number(next) <= landed.nonce);
}

/** Whether transactions could be mined and aren't. */
async function isWaiting(call: Rpc): Promise<boolean> {
  const { pending } = await call<{ pending: string }>('txpool_status');
  return Number(pending) > 0;
}
