import { type Rpc, rpc } from '../../kit/rpc.ts';
import type { Transaction } from './contract.ts';

const LOOK_EVERY_MS = 1000;

/**
 * Looks every second whether what a run has already put on the chain is still there. A tool waits
 * for ever for the receipt of a transaction that a revert from outside has taken away. Calls
 * `onVanished` once; answers how to stop.
 */
export function watchForVanished(
  url: string,
  transactions: () => readonly Transaction[],
  onVanished: () => void,
): () => void {
  const call = rpc(url, 2000);
  let asking = false;
  const timer = setInterval(async () => {
    if (asking) return;
    asking = true;
    // A chain that does not answer proves nothing.
    const gone = await isGone(call, transactions()).catch(() => false);
    asking = false;
    if (!gone) return;
    clearInterval(timer);
    onVanished();
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}

async function isGone(call: Rpc, transactions: readonly Transaction[]): Promise<boolean> {
  const landed = transactions.findLast((t) => t.status === 'success');
  if (!landed?.hash) return false;
  return (await call('eth_getTransactionReceipt', [landed.hash])) === null;
}
