import type { Rpc } from '../../../eth/rpc.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Pending, PendingTransactions, PooledTransaction } from '../pending.ts';
import type { SetOn } from './set-on.ts';

/**
 * Drops a transaction that waits to be mined, or all. Returns how many. Rejects with
 * TRANSACTION_NOT_FOUND for one that does not wait, and with BAD_INPUT for digits with which
 * several begin.
 */
export const dropFrom =
  (set: SetOn, pending: PendingTransactions) =>
  async (name: string, hash: string | undefined): Promise<{ dropped: number }> => {
    let dropped = 0;
    await set(name, async (call) => {
      const waiting = await pending.list(name);
      const wanted = hash?.toLowerCase();
      if (wanted === undefined) {
        await call('anvil_dropAllTransactions');
        dropped = waiting.length;
        return;
      }
      const one = oneOf(waiting, name, wanted);
      if (one.waits) await dropWaiting(call, one, waiting);
      else await call('anvil_dropTransaction', [one.transaction.hash]);
      dropped = 1;
    });
    return { dropped };
  };

/** @param digits the first ones of its hash, or all */
function oneOf(waiting: readonly Pending[], chain: string, digits: string): Pending {
  const found = waiting.filter(({ transaction }) => transaction.hash.startsWith(digits));
  const [one] = found;
  if (!one) throw notPending(chain, digits);
  if (found.length === 1) return one;
  const hashes = found.map(({ transaction }) => transaction.hash).join(', ');
  throw new AppError(
    'BAD_INPUT',
    `Several transactions that wait on ${chain} begin with ${digits}: ${hashes}. Give more of it.`,
    { field: 'hash' },
  );
}

/**
 * anvil forgets a transaction that waits for a lower nonce only together with all of its sender, so
 * the others are sent again.
 */
async function dropWaiting(
  call: Rpc,
  { transaction: { hash, from } }: Pending,
  waiting: readonly Pending[],
): Promise<void> {
  const others = waiting
    .map(({ transaction }) => transaction)
    .filter((one) => one.from === from && one.hash !== hash)
    .sort((a, b) => Number(BigInt(a.nonce) - BigInt(b.nonce)));
  const again = await Promise.all(others.map((one) => sendingAgain(call, one)));
  await call('anvil_removePoolTransactions', [from]);
  for (const send of again) await send();
}

/** What was sent without a signature has no raw form. */
async function sendingAgain(call: Rpc, transaction: PooledTransaction): Promise<() => unknown> {
  const { from, to, nonce, value, gas, input, r } = transaction;
  if (r === undefined || BigInt(r) === 0n) {
    const { gasPrice, maxFeePerGas, maxPriorityFeePerGas } = transaction;
    const fee = maxFeePerGas === undefined ? { gasPrice } : { maxFeePerGas, maxPriorityFeePerGas };
    const unsigned = { from, to: to ?? undefined, nonce, value, gas, data: input, ...fee };
    return () => call('eth_sendUnsignedTransaction', [unsigned]);
  }
  const raw = await call<string>('eth_getRawTransactionByHash', [transaction.hash]);
  return () => call('eth_sendRawTransaction', [raw]);
}

const notPending = (chain: string, hash: string): AppError =>
  new AppError(
    'TRANSACTION_NOT_FOUND',
    `No transaction ${hash} waits on ${chain}: it was mined or dropped, or it was never there. List those that wait with "drydock chain pending ${chain}".`,
    { field: 'hash', fix: { label: 'Show what waits', command: `drydock chain pending ${chain}` } },
  );
