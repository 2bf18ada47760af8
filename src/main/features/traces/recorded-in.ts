import type { RecordedTransaction } from '../../eth/inside/recorded-transaction.ts';
import { unpackOneOfMany } from './packed.ts';
import type { TracesStore } from './store.ts';
import { UnpackedCodes } from './unpacked-codes.ts';

const BLOCKS_AT_ONCE = 100;
const TRANSACTIONS_AT_ONCE = 20;

/** What is recorded of the blocks that a chain has, the newest first. */
export async function* recordedIn(
  store: Pick<TracesStore, 'chain' | 'newest' | 'inBlock'>,
  name: string,
  { from, to }: { from: number; to: number },
): AsyncGenerator<RecordedTransaction> {
  const chain = store.chain(name);
  if (!chain) return;
  const codes = new UnpackedCodes();
  for (let before = to + 1; ; ) {
    const blocks = store.newest(chain.id, before, BLOCKS_AT_ONCE);
    for (const { id, number } of blocks) {
      if (number < from) return;
      yield* inBlock(store, id, codes);
    }
    const lowest = blocks.at(-1);
    if (!lowest) return;
    before = lowest.number;
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
