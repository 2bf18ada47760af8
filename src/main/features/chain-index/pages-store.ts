import type { Db } from '../../db/open.ts';
import { bytesOf, hexOf } from '../../eth/hex-bytes.ts';
import type {
  IndexedBlock,
  IndexedHead,
  IndexedTransaction,
} from '../../eth/inside/indexed-chain.ts';
import type { Role } from '../../shared/roles.ts';
import { rolesOf } from './roles.ts';

interface TransactionRow {
  ordinal: number;
  blockNumber: number;
  position: number;
  hash: Buffer;
  sender: Buffer;
  receiver: Buffer | null;
  created: Buffer | null;
  value: string;
  input: Buffer | null;
  succeeded: number;
  gasUsed: string;
  timestamp: number;
  implementation: Buffer | null;
}

type BlockRow = Omit<IndexedBlock, 'hash'> & { hash: Buffer };

const TRANSACTION = `t.ordinal, t.block_number AS blockNumber, t.position, t.hash, t.sender,
  t.receiver, t.created, t.value, t.input, t.succeeded, t.gas_used AS gasUsed, b.timestamp,
  t.implementation`;

const OF_BLOCK = 'JOIN indexed_blocks b ON b.chain_id = t.chain_id AND b.number = t.block_number';

const BLOCK = `number, hash, timestamp, gas_used AS gasUsed, gas_limit AS gasLimit,
  base_fee AS baseFee, transactions, first_transaction AS firstTransaction`;

const orNone = (bytes: Uint8Array | null): string | null => (bytes === null ? null : hexOf(bytes));

/** Each query takes as long on a long chain as on a short one. */
export const pageQueries = {
  head: `SELECT i.id, i.head_number AS number, i.head_hash AS hash, i.transactions
    FROM indexed_chains i JOIN chains c ON c.name = i.name
    WHERE i.name = ? AND i.head_number IS NOT NULL`,
  transactions: `SELECT ${TRANSACTION} FROM indexed_transactions t ${OF_BLOCK}
    WHERE t.chain_id = @chain AND t.ordinal < @below ORDER BY t.ordinal DESC LIMIT @limit`,
  ofAddress: `SELECT a.roles, ${TRANSACTION} FROM indexed_addresses a
    JOIN indexed_transactions t ON t.chain_id = a.chain_id AND t.ordinal = a.ordinal ${OF_BLOCK}
    WHERE a.chain_id = @chain AND a.address = @address AND a.ordinal < @below
    ORDER BY a.ordinal DESC LIMIT @limit`,
  creation: `SELECT t.hash FROM indexed_addresses a
    JOIN indexed_transactions t ON t.chain_id = a.chain_id AND t.ordinal = a.ordinal
    WHERE a.chain_id = @chain AND a.address = @address AND a.ordinal < @below
      AND (a.roles & 4) <> 0
    ORDER BY a.ordinal DESC LIMIT 1`,
  createdSince: `SELECT 1 AS found FROM indexed_addresses
    WHERE chain_id = @chain AND address = @address AND ordinal > @after AND ordinal < @below
      AND (roles & 4) <> 0 LIMIT 1`,
  created: `SELECT DISTINCT address FROM indexed_addresses
    WHERE chain_id = @chain AND (roles & 4) <> 0 AND ordinal < @below ORDER BY address LIMIT @limit`,
  creators: `SELECT t.sender FROM indexed_addresses a
    JOIN indexed_transactions t ON t.chain_id = a.chain_id AND t.ordinal = a.ordinal
    WHERE a.chain_id = @chain AND (a.roles & 4) <> 0 AND a.ordinal < @below
      AND t.created IS NOT NULL LIMIT @limit`,
  blocks: `SELECT ${BLOCK} FROM indexed_blocks
    WHERE chain_id = @chain AND number <= @from ORDER BY number DESC LIMIT @limit`,
  place: `SELECT first_transaction AS firstTransaction, transactions FROM indexed_blocks
    WHERE chain_id = @chain AND number = @number`,
  first: `SELECT min(number) AS number FROM indexed_blocks WHERE chain_id = @chain`,
  transactionHashes: `SELECT hash FROM indexed_transactions
    WHERE chain_id = @chain AND hash >= @first AND hash < @end AND ordinal < @below LIMIT @limit`,
  blockHashes: `SELECT hash FROM indexed_blocks
    WHERE chain_id = @chain AND hash >= @first AND hash < @end AND number <= @from LIMIT @limit`,
  nextAddress: `SELECT address FROM indexed_addresses
    WHERE chain_id = @chain AND address > @after AND address >= @first AND address < @end
    ORDER BY address LIMIT 1`,
} as const;

/** Reads the index up to its head. */
export function pagesStore(db: Db) {
  const head = db.prepare<[string], Omit<IndexedHead, 'hash'> & { hash: Buffer }>(pageQueries.head);
  const transactions = db.prepare<[object], TransactionRow>(pageQueries.transactions);
  const ofAddress = db.prepare<[object], TransactionRow & { roles: number }>(pageQueries.ofAddress);
  const creation = db.prepare<[object], { hash: Buffer }>(pageQueries.creation);
  const createdSince = db.prepare<[object], { found: number }>(pageQueries.createdSince);
  const created = db.prepare<[object], { address: Buffer }>(pageQueries.created);
  const creators = db.prepare<[object], { sender: Buffer }>(pageQueries.creators);
  const blocks = db.prepare<[object], BlockRow>(pageQueries.blocks);
  const place = db.prepare<[object], { firstTransaction: number; transactions: number }>(
    pageQueries.place,
  );
  const first = db.prepare<[object], { number: number | null }>(pageQueries.first);
  const transactionHashes = db.prepare<[object], { hash: Buffer }>(pageQueries.transactionHashes);
  const blockHashes = db.prepare<[object], { hash: Buffer }>(pageQueries.blockHashes);
  const nextAddress = db.prepare<[object], { address: Buffer }>(pageQueries.nextAddress);

  return {
    /** null: nothing of the chain is indexed. */
    head(name: string): IndexedHead | null {
      const row = head.get(name);
      return row ? { ...row, hash: hexOf(row.hash) } : null;
    },
    /** Those before one of the chain, the newest first. */
    transactions: (head: IndexedHead, below: number, limit: number): IndexedTransaction[] =>
      transactions
        .all({ chain: head.id, below: Math.min(below, head.transactions), limit })
        .map(transactionOf),
    /** Those that have to do with an address, before one of the chain, the newest first. */
    ofAddress: (
      head: IndexedHead,
      address: string,
      below: number,
      limit: number,
    ): (IndexedTransaction & { roles: Role[] })[] =>
      ofAddress
        .all({
          ...{ chain: head.id, address: bytesOf(address), limit },
          below: Math.min(below, head.transactions),
        })
        .map((row) => ({ ...transactionOf(row), roles: rolesOf(row.roles) })),
    /** The newest transaction that created a contract at an address; null: none that is known. */
    creationOf(head: IndexedHead, address: string): string | null {
      const { id: chain, transactions: below } = head;
      const row = creation.get({ chain, address: bytesOf(address), below });
      return row ? hexOf(row.hash) : null;
    },
    /** Whether a contract was created at an address after a transaction of the chain. */
    isCreatedSince: (
      { id: chain, transactions: below }: IndexedHead,
      address: string,
      after: number,
    ): boolean =>
      createdSince.get({ chain, address: bytesOf(address), after, below }) !== undefined,
    /** Addresses at which contracts were created, by address. */
    created: ({ id: chain, transactions: below }: IndexedHead, limit: number): string[] =>
      created.all({ chain, below, limit }).map(({ address }) => hexOf(address)),
    /** Senders of transactions that created contracts, from up to so many creations. */
    creators: ({ id: chain, transactions: below }: IndexedHead, limit: number): string[] =>
      creators.all({ chain, below, limit }).map(({ sender }) => hexOf(sender)),
    /** The first block of the index; those below it are not in it. */
    first: ({ id }: IndexedHead): number => first.get({ chain: id })?.number ?? 0,
    /**
     * Transactions of the chain before one, by its block and its place in that; without a place: up
     * to the end of the block. null: the block is not in the index.
     */
    countBefore(head: IndexedHead, number: number, position?: number): number | null {
      if (number > head.number) return head.transactions;
      const row = place.get({ chain: head.id, number });
      if (!row) return null;
      return row.firstTransaction + Math.min(position ?? row.transactions, row.transactions);
    },
    /** From one downwards. */
    blocks: (head: IndexedHead, from: number, limit: number): IndexedBlock[] =>
      blocks
        .all({ chain: head.id, from: Math.min(from, head.number), limit })
        .map((row) => ({ ...row, hash: hexOf(row.hash) })),
    /**
     * Hashes and addresses that begin with some hex digits.
     *
     * @param prefix at least two hex digits with 0x
     */
    beginning(head: IndexedHead, prefix: string, limit: number) {
      const range = rangeOf(prefix);
      const asked = { chain: head.id, ...range, limit };
      const hashes = (rows: { hash: Buffer }[]) => rows.map(({ hash }) => hexOf(hash));
      const addresses: string[] = [];
      let after: Buffer = Buffer.alloc(0);
      while (addresses.length < limit) {
        const row = nextAddress.get({ ...asked, after });
        if (!row) break;
        addresses.push(hexOf(row.address));
        after = row.address;
      }
      return {
        transactions: hashes(transactionHashes.all({ ...asked, below: head.transactions })),
        blocks: hashes(blockHashes.all({ ...asked, from: head.number })),
        addresses,
      };
    },
  };
}

export type PagesStore = ReturnType<typeof pagesStore>;

const transactionOf = ({
  sender,
  receiver,
  created,
  hash,
  input,
  succeeded,
  implementation,
  ...row
}: TransactionRow): IndexedTransaction => ({
  ...{ ordinal: row.ordinal, blockNumber: row.blockNumber, position: row.position },
  ...{ hash: hexOf(hash), from: hexOf(sender), to: orNone(receiver), created: orNone(created) },
  ...{ value: row.value, input: orNone(input), succeeded: succeeded === 1 },
  ...{ gasUsed: row.gasUsed, timestamp: row.timestamp },
  implementation: implementation?.length === 0 ? '' : orNone(implementation),
});

/** All bytes that begin with some digits: from the first of them, up to what follows the last. */
function rangeOf(prefix: string): { first: Buffer; end: Buffer } {
  const digits = prefix.slice(2).toLowerCase();
  const first = Buffer.from(digits.padEnd(digits.length + (digits.length % 2), '0'), 'hex');
  const last = Buffer.from(digits.padEnd(digits.length + (digits.length % 2), 'f'), 'hex');
  return { first, end: Buffer.concat([last, Buffer.alloc(33, 0xff)]) };
}
