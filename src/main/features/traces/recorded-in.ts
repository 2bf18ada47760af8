import type { RecordedTransaction } from '../../eth/inside/recorded-transaction.ts';
import { unpackOneOfMany } from './packed.ts';
import type { ChainBlocks } from './recorder.ts';
import type { TracesStore } from './store.ts';
import { UnpackedCodes } from './unpacked-codes.ts';

const BLOCKS_AT_ONCE = 100;
const TRANSACTIONS_AT_ONCE = 20;

/** What is recorded of the blocks that a chain has, the newest first. */
export async function* recordedIn(
  { store, blocks }: { store: Pick<TracesStore, 'blockId' | 'inBlock'>; blocks: ChainBlocks },
  chain: string,
  { from, to }: { from: number; to: number },
): AsyncGenerator<RecordedTransaction> {
  const codes = new UnpackedCodes();
  for (const { number, hash, transactions } of blocksDown(blocks, chain, to)) {
    if (number < from) return;
    const id = transactions === 0 ? null : store.blockId(chain, hash);
    if (id !== null) yield* inBlock(store, id, codes);
  }
}

/** The blocks of a chain from one downwards. */
export function* blocksDown(
  { head, blocks }: Pick<ChainBlocks, 'head' | 'blocks'>,
  chain: string,
  from: number,
): Generator<{ number: number; hash: string; transactions: number }> {
  for (let at = from; ; ) {
    const top = head(chain);
    const found = top ? blocks(top, at, BLOCKS_AT_ONCE) : [];
    yield* found;
    const lowest = found.at(-1);
    if (!lowest) return;
    at = lowest.number - 1;
  }
}

async function* inBlock(
  store: Pick<TracesStore, 'inBlock'>,
  block: number,
  codes: UnpackedCodes,
): AsyncGenerator<RecordedTransaction> {
  for (let after = 0; ; ) {
    const found = store.inBlock(block, after, TRANSACTIONS_AT_ONCE);
    for (const { id, head, record, codes: packed } of found) {
      yield { block: JSON.parse(head), ...(await unpackOneOfMany(record, codes.of(packed))) };
      after = id;
    }
    if (found.length < TRANSACTIONS_AT_ONCE) return;
  }
}
