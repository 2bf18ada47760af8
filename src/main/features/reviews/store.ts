import type { Db } from '../../db/open.ts';
import { costOf } from '../../eth/signed-fees.ts';
import type { Caller } from '../../shared/caller.ts';
import type { AbiSource } from '../abi-sources/contract.ts';
import type { Certificate, Review } from './contract.ts';

/** A transaction that was signed. */
export interface Signature {
  nonce: number;
  hash: string;
  /** Hex. */
  raw: string;
}

export interface ReviewRow {
  id: number;
  projectId: number;
  network: string;
  chainId: number;
  key: string | null;
  sender: string;
  input: Record<string, unknown>;
  status: Review['status'];
  rehearsalId: number | null;
  runId: number | null;
  createdAt: number;
  decidedAt: number | null;
  decidedBy: Caller | null;
  certificate: Certificate | null;
  problem: string | null;
  /** Wei per gas, where it was raised after it was sent; null: as it was reviewed. */
  feeCap: string | null;
  /** The service that its contracts are sent to, to be verified; null: none. */
  verify: AbiSource | null;
}

export type NewReview = Pick<
  ReviewRow,
  'projectId' | 'network' | 'chainId' | 'key' | 'sender' | 'input' | 'rehearsalId' | 'createdAt'
>;

const columns = {
  status: 'status',
  runId: 'run_id',
  decidedAt: 'decided_at',
  decidedBy: 'decided_by',
  certificate: 'certificate',
  problem: 'problem',
  feeCap: 'fee_cap',
  verify: 'verify',
} as const;

export type ReviewPatch = Partial<Pick<ReviewRow, keyof typeof columns>>;

const select = `SELECT id, project_id AS projectId, network, chain_id AS chainId, key, sender, input,
  status, rehearsal_id AS rehearsalId, run_id AS runId, created_at AS createdAt,
  decided_at AS decidedAt, decided_by AS decidedBy, certificate, problem,
  fee_cap AS feeCap, verify FROM reviews`;

type Raw = Omit<ReviewRow, 'input' | 'certificate' | 'decidedBy'> & {
  input: string;
  certificate: string | null;
  decidedBy: string | null;
};

const rowOf = (raw: Raw): ReviewRow => ({
  ...raw,
  input: JSON.parse(raw.input),
  certificate: raw.certificate === null ? null : JSON.parse(raw.certificate),
  decidedBy: raw.decidedBy === null ? null : JSON.parse(raw.decidedBy),
});

/** Reviews, and what was signed for them. */
export function reviewsStore(db: Db) {
  const byId = db.prepare<[number], Raw>(`${select} WHERE id = ?`);
  const byRun = db.prepare<[number], Raw>(`${select} WHERE run_id = ?`);
  const rehearsing = db.prepare<[], Raw>(`${select} WHERE status = 'rehearsing' ORDER BY id`);
  const insert = db.prepare(
    `INSERT INTO reviews (project_id, network, chain_id, key, sender, input, status, rehearsal_id,
       created_at)
     VALUES (@projectId, @network, @chainId, @key, @sender, @input, 'rehearsing', @rehearsalId,
       @createdAt)`,
  );
  const signed = db.prepare<[number], Signature>(
    'SELECT nonce, hash, raw FROM review_signatures WHERE review_id = ? ORDER BY nonce, id',
  );
  const recorded = db.prepare<[number], { nonce: number }>(
    `SELECT s.nonce FROM review_signatures s WHERE s.review_id = ? AND s.hash IN (
       SELECT t.hash FROM transactions t JOIN deployments d ON d.id = t.deployment_id
       WHERE d.approval = s.review_id AND json_extract(t.data, '$.status') = 'success')`,
  );
  const signedSince = db.prepare<[string, number], { review: number } & Signature>(
    `SELECT s.review_id AS review, s.nonce, s.hash, s.raw FROM review_signatures s
     JOIN reviews r ON r.id = s.review_id WHERE r.network = ? AND s.at >= ? ORDER BY s.id`,
  );
  const sign = db.prepare(
    'INSERT INTO review_signatures (review_id, nonce, hash, raw, at) VALUES (?, ?, ?, ?, ?)',
  );

  return {
    byId: (id: number): ReviewRow | undefined => {
      const raw = byId.get(id);
      return raw && rowOf(raw);
    },
    ofRun: (run: number): ReviewRow | undefined => {
      const raw = byRun.get(run);
      return raw && rowOf(raw);
    },
    rehearsing: (): ReviewRow[] => rehearsing.all().map(rowOf),
    list(
      filter: { projectId: number | undefined; status: Review['status'] | undefined },
      limit: number,
    ): ReviewRow[] {
      const { projectId = null, status = null } = filter;
      return db
        .prepare<unknown[], Raw>(
          `${select} WHERE (@projectId IS NULL OR project_id = @projectId)
             AND (@status IS NULL OR status = @status) ORDER BY id DESC LIMIT @limit`,
        )
        .all({ projectId, status, limit })
        .map(rowOf);
    },
    insert: (row: NewReview): number =>
      Number(insert.run({ ...row, input: JSON.stringify(row.input) }).lastInsertRowid),
    update(id: number, patch: ReviewPatch): void {
      const fields = Object.keys(patch) as (keyof typeof columns)[];
      const values = fields.map((field) => {
        const value = patch[field] ?? null;
        return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
      });
      const set = fields.map((field) => `${columns[field]} = ?`).join(', ');
      db.prepare(`UPDATE reviews SET ${set} WHERE id = ?`).run(...values, id);
    },
    /** Of several with one nonce, the newest is last. */
    signed: (id: number): Signature[] => signed.all(id),
    /** The most that the transactions may cost that were signed for a network since then, in wei. */
    spentSince: (network: string, since: number): bigint => mostOf(signedSince.all(network, since)),
    /** Nonces of what a run of it has recorded as mined. */
    recorded: (id: number): number[] => recorded.all(id).map(({ nonce }) => nonce),
    /** Durable once it returns: the network hears of it next. */
    noteSigned: (id: number, { nonce, hash, raw }: Signature): void =>
      void sign.run(id, nonce, hash, raw, Date.now()),
    transaction: <T>(work: () => T): T => db.transaction(work).immediate(),
  };
}

/** Of several with one nonce at most one lands, and the newest may cost most. */
function mostOf(all: readonly ({ review: number } & Signature)[]): bigint {
  const newest = new Map(all.map(({ review, nonce, raw }) => [`${review} ${nonce}`, raw]));
  return [...newest.values()].reduce((sum, raw) => sum + costOf(raw), 0n);
}

export type ReviewsStore = ReturnType<typeof reviewsStore>;
