import type { Db } from '../../db/open.ts';
import { bytesOf, hexOf } from '../../eth/hex-bytes.ts';
import type { PackedTransaction } from './packed.ts';

/** A block as it is stored. Hashes are hex with 0x. */
export interface PackedBlock {
  number: number;
  hash: string;
  /** JSON. */
  head: string;
  transactions: readonly PackedTransaction[];
}

/** With the codes that the store doesn't have, by SHA-256 as hex digits; compressed. */
interface AddedBlock extends PackedBlock {
  codes: ReadonlyMap<string, Uint8Array>;
}

export interface StoredTrace {
  head: string;
  record: Uint8Array;
  /** By SHA-256 as hex digits; compressed. */
  codes: Map<string, Uint8Array>;
}

/** Oldest first, those that are recorded of chains that are there. */
const AGE = 'recorded_at, id';

export function tracesStore(db: Db) {
  const addChain = db.prepare(
    `INSERT INTO traced_chains (name) SELECT name FROM chains WHERE name = ?
     ON CONFLICT (name) DO NOTHING`,
  );
  const chainId = db.prepare<[string], { id: number }>(
    `SELECT t.id FROM traced_chains t JOIN chains c ON c.name = t.name WHERE t.name = ?`,
  );
  const blockId = db.prepare<[{ chain: string; hash: Buffer }], { id: number }>(
    `SELECT b.id FROM traced_chains c JOIN traced_blocks b ON b.chain_id = c.id AND b.hash = @hash
     WHERE c.name = @chain`,
  );
  const headOf = db.prepare<[{ chain: string; hash: Buffer }], { head: string }>(
    `SELECT b.head FROM traced_chains c JOIN traced_blocks b ON b.chain_id = c.id AND b.hash = @hash
     WHERE c.name = @chain`,
  );
  const recordsOf = db.prepare<[{ chain: string; hash: Buffer }], { hash: Buffer; record: Buffer }>(
    `SELECT t.hash, t.record FROM traced_chains c
     JOIN traced_blocks b ON b.chain_id = c.id AND b.hash = @hash
     JOIN traces t ON t.block_id = b.id WHERE c.name = @chain`,
  );
  const addBlock = db.prepare<[object], { id: number }>(
    `INSERT INTO traced_blocks (chain_id, hash, number, head, recorded_at, transactions, bytes)
     VALUES (@chain, @hash, @number, @head, @now, @transactions, @bytes) RETURNING id`,
  );
  const addTrace = db.prepare<[number, Buffer, Buffer], { id: number }>(
    'INSERT INTO traces (block_id, hash, record) VALUES (?, ?, ?) RETURNING id',
  );
  const codeId = db.prepare<[Buffer], { id: number }>('SELECT id FROM traced_codes WHERE hash = ?');
  const addCode = db.prepare<[Buffer, Uint8Array], { id: number }>(
    'INSERT INTO traced_codes (hash, code) VALUES (?, ?) RETURNING id',
  );
  const addUse = db.prepare('INSERT INTO traced_code_uses (trace_id, code_id) VALUES (?, ?)');
  const find = db.prepare<
    [{ chain: string; hash: Buffer; block: Buffer | null }],
    { id: number; head: string; record: Uint8Array }
  >(
    `SELECT t.id, b.head, t.record FROM traces t
     JOIN traced_blocks b ON b.id = t.block_id
     JOIN traced_chains c ON c.id = b.chain_id
     WHERE t.hash = @hash AND c.name = @chain AND (@block IS NULL OR b.hash = @block)
     ORDER BY t.id DESC LIMIT 1`,
  );
  const inBlock = db.prepare<
    [{ block: number; after: number; limit: number }],
    { id: number; head: string; record: Uint8Array }
  >(
    `SELECT t.id, b.head, t.record FROM traces t JOIN traced_blocks b ON b.id = t.block_id
     WHERE t.block_id = @block AND t.id > @after ORDER BY t.id LIMIT @limit`,
  );
  const codesOf = db.prepare<[number], { hash: Buffer; code: Uint8Array }>(
    `SELECT c.hash, c.code FROM traced_code_uses u JOIN traced_codes c ON c.id = u.code_id
     WHERE u.trace_id = ?`,
  );

  const rules = db.prepare<[], { rule: string; value: number | null }>(
    `SELECT rule, value FROM retention WHERE rule IN ('traceDays', 'traceBytes')`,
  );
  const recordBytes = db.prepare<[], { bytes: number }>(
    'SELECT coalesce(sum(bytes), 0) AS bytes FROM traced_blocks',
  );
  const codeBytes = db.prepare<[], { bytes: number }>(
    'SELECT coalesce(sum(octet_length(code)), 0) AS bytes FROM traced_codes',
  );
  const beyond = db.prepare<
    [{ before: number; most: number }],
    { transactions: number; bytes: number }
  >(
    `SELECT coalesce(sum(transactions), 0) AS transactions, coalesce(sum(bytes), 0) AS bytes FROM (
       SELECT transactions, bytes, recorded_at,
         sum(bytes) OVER (ORDER BY recorded_at DESC, id DESC) AS total
       FROM traced_blocks)
     WHERE recorded_at < @before OR total > @most`,
  );
  const removeOldest = db.prepare<
    [{ limit: number; before: number }],
    { transactions: number; bytes: number }
  >(
    `DELETE FROM traced_blocks WHERE id IN (
       SELECT id FROM traced_blocks WHERE recorded_at < @before ORDER BY ${AGE} LIMIT @limit)
     RETURNING transactions, bytes`,
  );
  const removeOrphans = db.prepare<[number], { transactions: number; bytes: number }>(
    `DELETE FROM traced_blocks WHERE id IN (
       SELECT b.id FROM traced_blocks b
       WHERE NOT EXISTS (SELECT 1 FROM traced_chains c WHERE c.id = b.chain_id) LIMIT ?)
     RETURNING transactions, bytes`,
  );
  const removeCodes = db.prepare(
    `DELETE FROM traced_codes WHERE id IN (
       SELECT c.id FROM traced_codes c
       WHERE NOT EXISTS (SELECT 1 FROM traced_code_uses u WHERE u.code_id = c.id) LIMIT ?)`,
  );

  function withCodes({ id, head, record }: { id: number; head: string; record: Uint8Array }) {
    const codes = codesOf.all(id).map(({ hash, code }) => [hash.toString('hex'), code]);
    return { head, record, codes: new Map(codes as [string, Uint8Array][]) };
  }

  return {
    /** null: nothing is recorded of the block. */
    blockId: (chain: string, hash: string): number | null =>
      blockId.get({ chain, hash: bytesOf(hash) })?.id ?? null,
    /** A block that is recorded, JSON; null: it is not. */
    headOf: (chain: string, hash: string): string | null =>
      headOf.get({ chain, hash: bytesOf(hash) })?.head ?? null,
    /** What is recorded of a block; null: nothing is. */
    recordsOf(chain: string, hash: string): { hash: string; record: Uint8Array }[] | null {
      const rows = recordsOf.all({ chain, hash: bytesOf(hash) });
      return rows.length === 0 ? null : rows.map((row) => ({ ...row, hash: hexOf(row.hash) }));
    },
    hasCode: (hash: Buffer): boolean => codeId.get(hash) !== undefined,
    /** All of it or nothing. Returns its bytes; null: the chain is gone. */
    add: db.transaction((name: string, block: AddedBlock): number | null => {
      addChain.run(name);
      const chain = chainId.get(name)?.id;
      if (chain === undefined) return null;
      const bytes =
        block.head.length + block.transactions.reduce((sum, { record }) => sum + record.length, 0);
      const { id } = addBlock.get({
        ...{ chain, number: block.number, hash: bytesOf(block.hash), head: block.head },
        ...{ now: Date.now(), transactions: block.transactions.length, bytes },
      }) as { id: number };
      for (const { hash, record, codes } of block.transactions) {
        const trace = addTrace.get(id, hash, record) as { id: number };
        for (const { hash } of codes) {
          const packed = block.codes.get(hash.toString('hex'));
          const code = codeId.get(hash) ?? (packed && addCode.get(hash, packed));
          if (!code) throw new Error('a code that was known has been deleted meanwhile');
          addUse.run(trace.id, code.id);
        }
      }
      return bytes;
    }).immediate,

    /** The newest of a transaction, or that in a block. */
    find(chain: string, hash: string, block: string | null): StoredTrace | null {
      const row = find.get({
        chain,
        hash: bytesOf(hash),
        block: block === null ? null : bytesOf(block),
      });
      return row ? withCodes(row) : null;
    },
    /** Transactions of a recorded block in their order, after that with an id. */
    inBlock: (block: number, after: number, limit: number): (StoredTrace & { id: number })[] =>
      inBlock.all({ block, after, limit }).map((row) => ({ id: row.id, ...withCodes(row) })),

    rules: () => rules.all(),
    bytes: () => (recordBytes.get()?.bytes ?? 0) + (codeBytes.get()?.bytes ?? 0),
    codeBytes: () => codeBytes.get()?.bytes ?? 0,
    /** What is older, and what comes before the newest of so many bytes. */
    beyond: (before: number, most: number) =>
      beyond.get({ before, most }) ?? { transactions: 0, bytes: 0 },
    /** Deletes up to so many blocks, the oldest first. */
    removeOldest: (limit: number, before: number) => removeOldest.all({ limit, before }),
    /** Deletes up to so many blocks of chains that are gone. */
    removeOrphans: (limit: number) => removeOrphans.all(limit),
    /** Deletes up to so many that no transaction needs. Returns how many. */
    removeCodes: (limit: number) => removeCodes.run(limit).changes,
  };
}

export type TracesStore = ReturnType<typeof tracesStore>;
