import { codeFoundIn } from '../../eth/inside/created-codes.ts';
import type { IndexedHead, IndexedTransaction } from '../../eth/inside/indexed-chain.ts';
import type { Names } from '../../eth/inside/names.ts';
import { ranFirst } from '../../eth/inside/passed-on.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import type { RpcTransaction } from '../../eth/rpc-shapes.ts';
import { blockTime } from '../../shared/block-time.ts';
import type { ChainIndex } from './chain-index.ts';
import type { TransactionLine } from './contract/transactions.ts';
import type { RecordedOf } from './found-transaction.ts';
import { transactionLine } from './transaction-line.ts';

/** What lists of a chain's transactions are read from. */
export interface IndexedLists {
  index: ChainIndex;
  recordedOf: RecordedOf;
}

/** Lines of indexed transactions; what the index has not kept is asked of the node. */
export const indexedLines = (
  from: ReadNetwork,
  names: Names,
  { index, recordedOf, head }: IndexedLists & { head: IndexedHead },
  transactions: readonly IndexedTransaction[],
): Promise<TransactionLine[]> =>
  Promise.all(
    transactions.map(async ({ ordinal, position, succeeded, input, ...one }) =>
      transactionLine(
        {
          ...{ hash: one.hash, from: one.from, to: one.to, created: one.created },
          ...{ blockNumber: one.blockNumber, index: position, timestamp: blockTime(one.timestamp) },
          ...{ value: one.value, gasUsed: one.gasUsed },
          status: succeeded ? 'success' : 'reverted',
          input: input ?? (await inputOf(from, one)),
          ran: await ranFor(from, names, recordedOf, one),
          code: codeFor({ index, recordedOf, head }, from.name, { ...one, ordinal }),
        },
        names,
      ),
    ),
  );

type Sent = Pick<IndexedTransaction, 'to' | 'hash' | 'implementation'>;

/** What was recorded by a version that did not index it yet is looked up, where it may be through a proxy. */
async function ranFor(
  from: ReadNetwork,
  names: Names,
  recordedOf: RecordedOf,
  { to, hash, implementation }: Sent,
): Promise<readonly string[] | undefined> {
  if (to === null) return undefined;
  if (implementation !== null) return implementation === '' ? [] : [implementation];
  const isProxy = from.isStopped || (await names.contractAt(to))?.proxy;
  const recorded = isProxy ? recordedOf(from.name, hash, null) : null;
  return recorded?.trace ? ranFirst(recorded) : undefined;
}

/** What stood there then, where another contract was created at the same address since. */
function codeFor(
  { index, recordedOf, head }: IndexedLists & { head: IndexedHead },
  network: string,
  { to, hash, ordinal }: Pick<IndexedTransaction, 'to' | 'hash' | 'ordinal'>,
): string | undefined {
  if (to === null || !index.isCreatedSince(head, to, ordinal)) return undefined;
  const recorded = recordedOf(network, hash, null);
  return recorded ? codeFoundIn(recorded, to) : undefined;
}

/** Of a creation none is needed. */
async function inputOf(
  { call }: ReadNetwork,
  { to, hash }: { to: string | null; hash: string },
): Promise<string> {
  if (to === null) return '0x';
  const sent = await call<RpcTransaction | null>('eth_getTransactionByHash', [hash]);
  return sent?.input ?? '0x';
}
