import type { Db } from '../../db/open.ts';
import { bytesOf, hexOf } from '../../eth/hex-bytes.ts';
import type { TouchedByCalls } from '../../eth/inside/indexed-chain.ts';
import type { IndexRows } from './index-rows.ts';
import { bitOf } from './roles.ts';

export interface BlockAt {
  number: number;
  hash: string;
}

/** A chain whose blocks are indexed up to its head; null: none is. */
export interface IndexedChain {
  id: number;
  head: BlockAt | null;
}

/** What was recorded of the calls of a block's transactions, by their hashes. */
export type Touched = ReadonlyMap<string, TouchedByCalls>;

interface ChainRow {
  id: number;
  number: number | null;
  hash: Buffer | null;
  transactions: number;
}

/** Blocks further below the head are not recorded any more. */
const MOST_TO_RECORD = 5000;

/** Writes the index. Several cores may: each says from which head it goes on. */
export function indexStore(db: Db) {
  const addChain = db.prepare(
    `INSERT INTO indexed_chains (name) SELECT name FROM chains WHERE name = ?
     ON CONFLICT (name) DO NOTHING`,
  );
  const chain = db.prepare<[string], ChainRow>(
    `SELECT i.id, i.head_number AS number, i.head_hash AS hash, i.transactions
     FROM indexed_chains i JOIN chains c ON c.name = i.name WHERE i.name = ?`,
  );
  const chainById = db.prepare<[number], ChainRow>(
    `SELECT id, head_number AS number, head_hash AS hash, transactions
     FROM indexed_chains WHERE id = ?`,
  );
  const putHead = db.prepare(
    `UPDATE indexed_chains
     SET head_number = @number, head_hash = @hash, transactions = @transactions WHERE id = @id`,
  );
  const blockAt = db.prepare<
    [number, number],
    { hash: Buffer; transactions: number; firstTransaction: number }
  >(
    `SELECT hash, transactions, first_transaction AS firstTransaction
     FROM indexed_blocks WHERE chain_id = ? AND number = ?`,
  );
  const lowest = db.prepare<[number], { number: number | null }>(
    'SELECT min(number) AS number FROM indexed_blocks WHERE chain_id = ?',
  );
  const addBlock = db.prepare(
    `INSERT INTO indexed_blocks (chain_id, number, hash, timestamp, gas_used, gas_limit, base_fee,
       transactions, first_transaction, recorded)
     VALUES (@chain, @number, @hash, @timestamp, @gasUsed, @gasLimit, @baseFee,
       @transactions, @firstTransaction, @recorded)`,
  );
  const addTransaction = db.prepare(
    `INSERT INTO indexed_transactions (chain_id, ordinal, block_number, position, hash, sender,
       receiver, created, value, input, succeeded, gas_used)
     VALUES (@chain, @ordinal, @blockNumber, @position, @hash, @sender,
       @receiver, @created, @value, @input, @succeeded, @gasUsed)`,
  );
  const addRole = db.prepare(
    `INSERT INTO indexed_addresses (chain_id, address, ordinal, roles) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET roles = roles | excluded.roles`,
  );
  const blocksAbove = db.prepare<[number, number], { number: number }>(
    'SELECT number FROM indexed_blocks WHERE chain_id = ? AND number > ? LIMIT 1',
  );
  const removeAddresses = db.prepare(
    `DELETE FROM indexed_addresses WHERE (chain_id, address, ordinal) IN (
       SELECT chain_id, address, ordinal FROM indexed_addresses
       WHERE chain_id = ? AND ordinal >= ? LIMIT ?)`,
  );
  const removeTransactions = db.prepare(
    `DELETE FROM indexed_transactions WHERE id IN (
       SELECT id FROM indexed_transactions WHERE chain_id = ? AND ordinal >= ? LIMIT ?)`,
  );
  const removeBlocks = db.prepare(
    `DELETE FROM indexed_blocks WHERE (chain_id, number) IN (
       SELECT chain_id, number FROM indexed_blocks WHERE chain_id = ? AND number > ? LIMIT ?)`,
  );
  const toRecord = db.prepare<[number, number, number, number], { number: number; hash: Buffer }>(
    `SELECT number, hash FROM indexed_blocks
     WHERE chain_id = ? AND recorded = 0 AND number > ? AND number <= ?
     ORDER BY number LIMIT ?`,
  );
  const putRecorded = db.prepare<
    [number, number, Buffer],
    { transactions: number; firstTransaction: number }
  >(
    `UPDATE indexed_blocks SET recorded = 1 WHERE chain_id = ? AND number = ? AND hash = ?
     RETURNING transactions, first_transaction AS firstTransaction`,
  );
  const ordinalsOf = db.prepare<[number, number, number], { ordinal: number; hash: Buffer }>(
    `SELECT ordinal, hash FROM indexed_transactions
     WHERE chain_id = ? AND ordinal >= ? AND ordinal < ?`,
  );
  const putImplementation = db.prepare(
    `UPDATE indexed_transactions SET implementation = ? WHERE chain_id = ? AND ordinal = ?`,
  );
  const goneChains = db.prepare<[], { id: number }>(
    `WITH RECURSIVE ids (id) AS (
       SELECT min(chain_id) FROM indexed_blocks UNION ALL
       SELECT (SELECT min(chain_id) FROM indexed_blocks WHERE chain_id > ids.id)
       FROM ids WHERE ids.id IS NOT NULL)
     SELECT id FROM ids
     WHERE id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM indexed_chains c WHERE c.id = ids.id)`,
  );

  /** What lies above a head goes bit by bit. Returns how many rows went. */
  function removeAbove(id: number, head: number, transactions: number, limit: number): number {
    const addresses = removeAddresses.run(id, transactions, limit).changes;
    if (addresses >= limit) return addresses;
    const rest = limit - addresses;
    const sent = removeTransactions.run(id, transactions, rest).changes;
    // The blocks last: as long as there is one, something may be left.
    if (sent >= rest) return limit;
    return addresses + sent + removeBlocks.run(id, head, rest - sent).changes;
  }

  const isAt = ({ hash }: ChainRow, head: BlockAt | null): boolean =>
    head === null ? hash === null : hash !== null && hexOf(hash) === head.hash;

  return {
    /** null: there is no such chain. */
    chain(name: string): IndexedChain | null {
      const row = chain.get(name) ?? (addChain.run(name).changes > 0 ? chain.get(name) : undefined);
      if (!row) return null;
      const { id, number, hash } = row;
      return { id, head: number === null || hash === null ? null : { number, hash: hexOf(hash) } };
    },
    hashAt(chain: number, number: number): string | null {
      const row = blockAt.get(chain, number);
      return row ? hexOf(row.hash) : null;
    },
    /** The first block of the index; null: it has none. */
    first: (chain: number): number | null => lowest.get(chain)?.number ?? null,

    /** Whether something above the head is still to be swept. */
    hasMore(id: number): boolean {
      const row = chainById.get(id);
      return row !== undefined && blocksAbove.get(id, row.number ?? -1) !== undefined;
    },
    /** Deletes up to so many rows above the head. Returns how many. */
    sweep: db.transaction((id: number, limit: number): number => {
      const row = chainById.get(id);
      return row ? removeAbove(id, row.number ?? -1, row.transactions, limit) : 0;
    }).immediate,
    /** Deletes up to so many rows of chains that are gone. Returns how many. */
    sweepGone: db.transaction((limit: number): number => {
      let removed = 0;
      for (const { id } of goneChains.all()) {
        if (removed < limit) removed += removeAbove(id, -1, 0, limit - removed);
      }
      return removed;
    }).immediate,

    /**
     * Adds blocks that follow a head, which becomes the last of them. All or nothing; false: the
     * head is another one by now, or what was above it is not swept yet.
     */
    extend: db.transaction(
      (id: number, head: BlockAt | null, blocks: readonly IndexRows[]): boolean => {
        const row = chainById.get(id);
        if (!row || !isAt(row, head) || blocksAbove.get(id, row.number ?? -1)) return false;
        let { transactions } = row;
        for (const { block, transactions: sent } of blocks) {
          addBlock.run({
            ...{ ...block, chain: id, hash: bytesOf(block.hash), firstTransaction: transactions },
            ...{ transactions: sent.length, recorded: sent.length === 0 ? 1 : 0 },
          });
          for (const [position, one] of sent.entries()) {
            const ordinal = transactions + position;
            const { roles, ...values } = one;
            addTransaction.run({
              ...{ ...values, chain: id, ordinal, position, blockNumber: block.number },
            });
            for (const [address, role] of roles) {
              addRole.run(id, bytesOf(address), ordinal, bitOf(role));
            }
          }
          transactions += sent.length;
        }
        const last = blocks.at(-1)?.block;
        if (last) {
          putHead.run({ id, number: last.number, hash: bytesOf(last.hash), transactions });
        }
        return true;
      },
    ).immediate,

    /** Goes back to an earlier block; null: to none. false: the head is another one by now. */
    cut: db.transaction((id: number, head: BlockAt | null, to: number | null): boolean => {
      const row = chainById.get(id);
      if (!row || !isAt(row, head)) return false;
      const at = to === null ? undefined : blockAt.get(id, to);
      if (at) {
        const transactions = at.firstTransaction + at.transactions;
        putHead.run({ id, number: to, hash: at.hash, transactions });
      } else {
        putHead.run({ id, number: null, hash: null, transactions: 0 });
      }
      return true;
    }).immediate,

    /** Blocks of the index of whose transactions nothing was recorded; the oldest first. */
    toRecord(name: string, limit: number): BlockAt[] {
      const row = chain.get(name);
      if (!row || row.number === null) return [];
      return toRecord
        .all(row.id, row.number - MOST_TO_RECORD, row.number, limit)
        .map(({ number, hash }) => ({ number, hash: hexOf(hash) }));
    },
    /** Notes what was recorded of a block, if it is still there. */
    recorded: db.transaction((name: string, { number, hash }: BlockAt, touched: Touched): void => {
      const row = chain.get(name);
      if (!row || row.number === null || number > row.number) return;
      const block = putRecorded.get(row.id, number, bytesOf(hash));
      if (!block || touched.size === 0) return;
      const { firstTransaction: first, transactions } = block;
      for (const { ordinal, hash } of ordinalsOf.all(row.id, first, first + transactions)) {
        const { addresses = [], implementation = null } = touched.get(hexOf(hash)) ?? {};
        if (implementation !== null) {
          putImplementation.run(bytesOf(implementation), row.id, ordinal);
        }
        for (const { address, role } of addresses) {
          addRole.run(row.id, bytesOf(address), ordinal, bitOf(role));
        }
      }
    }),
  };
}

export type IndexStore = ReturnType<typeof indexStore>;
