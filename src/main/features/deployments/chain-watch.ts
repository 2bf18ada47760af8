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
  /** No answer, before that is said. */
  silent: number;
  /** No answer, before there is nothing more to wait for. */
  dead: number;
}

/** A chain of ours has one state, and answers while it lives. */
export const OWN_CHAIN: Patience = { vanished: 1, silent: 5, dead: 20 };

/** Behind a remote address there may be several nodes, some behind the others; tools wait longer. */
export const REMOTE: Patience = { vanished: 30, silent: 10, dead: Number.POSITIVE_INFINITY };

export interface ChainTrouble {
  onVanished: () => void;
  onSilent: () => void;
  onDead: () => void;
}

/**
 * Looks every second whether what a run has already put on the chain is still there, and whether
 * the chain answers at all. A tool waits for ever for the receipt of a transaction that a revert
 * from outside has taken away, and for a node that stands still. Each trouble is told once.
 * Answers how to stop.
 */
export function watchChain(
  url: string,
  transactions: () => readonly Transaction[],
  trouble: ChainTrouble,
  patience: Patience,
): () => void {
  const call = rpc(url, ANSWER_WITHIN_MS);
  let asking = false;
  let gone = 0;
  let silent = 0;
  const timer = setInterval(async () => {
    if (asking) return;
    asking = true;
    const found = await isGone(call, transactions()).catch(() => 'no answer' as const);
    asking = false;
    silent = found === 'no answer' ? silent + 1 : 0;
    // A chain that does not answer proves nothing of what is on it.
    if (found !== 'no answer') gone = found ? gone + 1 : 0;
    if (silent === patience.silent) trouble.onSilent();
    if (gone < patience.vanished && silent < patience.dead) return;
    clearInterval(timer);
    if (gone >= patience.vanished) trouble.onVanished();
    else trouble.onDead();
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}

/**
 * A revert that meets a block being mined can leave anvil with the block and its receipts, but
 * with the state of before: the sender's nonce tells it.
 */
async function isGone(call: Rpc, transactions: readonly Transaction[]): Promise<boolean> {
  const landed = transactions.findLast((t) => t.status === 'success');
  if (!landed?.hash) {
    await call('eth_chainId');
    return false;
  }
  const [receipt, next] = await Promise.all([
    call('eth_getTransactionReceipt', [landed.hash]),
    call<string>('eth_getTransactionCount', [landed.from, 'latest']),
  ]);
  return receipt === null || (landed.nonce !== null && Number(next) <= landed.nonce);
}
