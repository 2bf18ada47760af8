import type { IndexedTransaction } from '../../eth/inside/indexed-chain.ts';
import type { Names } from '../../eth/inside/names.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import type { RpcTransaction } from '../../eth/rpc-shapes.ts';
import type { TransactionLine } from './contract/transactions.ts';
import { transactionLine } from './transaction-line.ts';

/** Lines of indexed transactions; what the index has not kept is asked of the node. */
export const indexedLines = (
  from: ReadNetwork,
  names: Names,
  transactions: readonly IndexedTransaction[],
): Promise<TransactionLine[]> =>
  Promise.all(
    transactions.map(async ({ ordinal: _, position, succeeded, input, ...one }) =>
      transactionLine(
        {
          ...{ hash: one.hash, from: one.from, to: one.to, created: one.created },
          ...{ blockNumber: one.blockNumber, index: position, timestamp: one.timestamp },
          ...{ value: one.value, gasUsed: one.gasUsed },
          status: succeeded ? 'success' : 'reverted',
          input: input ?? (await inputOf(from, one)),
        },
        names,
      ),
    ),
  );

/** Of a creation none is needed. */
async function inputOf(
  { call }: ReadNetwork,
  { to, hash }: { to: string | null; hash: string },
): Promise<string> {
  if (to === null) return '0x';
  const sent = await call<RpcTransaction | null>('eth_getTransactionByHash', [hash]);
  return sent?.input ?? '0x';
}
