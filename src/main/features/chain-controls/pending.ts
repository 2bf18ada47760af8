import type { RpcTransaction } from '../../eth/rpc-shapes.ts';
import type { TransactionLine } from '../explorer/contract/transactions.ts';
import type { PendingTransactions } from './contract.ts';

/** A transaction that is in no block yet. */
export interface Pending {
  transaction: RpcTransaction;
  /** For one of its sender with a lower nonce. */
  waits: boolean;
  /** Unix time, ms. */
  seenAt: number;
}

/** With the names that are known. */
export type LinesOf = (
  chain: string,
  transactions: readonly RpcTransaction[],
) => Promise<TransactionLine[]>;

/** What waits to be mined, decoded. */
export async function pendingLines(
  chain: string,
  all: readonly Pending[],
  limit: number,
  linesOf: LinesOf,
): Promise<PendingTransactions> {
  const shown = all.slice(0, limit);
  const lines = await linesOf(
    chain,
    shown.map(({ transaction }) => transaction),
  );
  const transactions = shown.map(({ transaction, waits, seenAt }, i) => {
    const { hash, from, to, function: called, value } = lines[i] as TransactionLine;
    const { nonce, gas, maxFeePerGas, gasPrice } = transaction;
    return {
      ...{ hash, from, to, function: called, value, waits, seenAt },
      ...{ nonce: decimal(nonce), gas: decimal(gas) },
      gasPrice: decimal(maxFeePerGas ?? gasPrice ?? '0x0'),
    };
  });
  return { transactions, total: all.length };
}

const decimal = (quantity: string): string => BigInt(quantity).toString();
