import type { Statement } from 'better-sqlite3';
import { type JournalRow, journalRows, type NewJournalRow } from '../../db/journal-rows.ts';
import type { Db } from '../../db/open.ts';
import type { OutputStream, ProcessRef, RunRef } from '../../engines/engine.ts';
import type {
  Contract,
  DeploymentStatus,
  Failure,
  JournalEvent,
  Limits,
  ListStatus,
  Phase,
  Transaction,
  Trigger,
} from './contract.ts';

export interface DeploymentRow {
  id: number;
  number: number;
  projectId: number;
  projectName: string;
  network: string;
  chainId: number | null;
  status: DeploymentStatus;
  live: boolean | null;
  script: string;
  signature: string;
  args: string[];
  sender: string | null;
  command: string | null;
  commit: string | null;
  branch: string | null;
  dirty: number | null;
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
  snapshotId: number | null;
  snapshotName: string | null;
  phases: Phase[];
  warnings: string[];
  failure: Failure | null;
  gasUsed: string | null;
  owner: ProcessRef | null;
  process: RunRef | null;
  request: StoredRequest;
  trigger: Trigger;
  priority: number;
  retryOf: number | null;
  attempt: number;
  deadLetter: boolean;
  contractCount: number;
}

/** The part of a request that isn't in columns of its own. */
export interface StoredRequest {
  from?: string;
  account?: string;
  passwordFile?: string;
  snapshot: boolean;
}

/** A run that waits, as far as the queue has to know it. */
export interface WaitingRow {
  id: number;
  projectId: number;
  network: string;
  owner: ProcessRef | null;
}

/**
 * Lines of a tool that came at the same time; in the journal each is a `log` event of its own. Not
 * an object a line: once V8 has seen such objects outlive a collection it makes them in the old
 * generation, where they and the text behind them stay until all of it is collected.
 */
export interface NewLines {
  at: number;
  type: 'lines';
  stream: OutputStream;
  lines: string[];
}

/** An entry that has no place in the journal yet. */
export type NewEvent =
  | NewLines
  | (JournalEvent extends infer E ? (E extends JournalEvent ? Omit<E, 'seq'> : never) : never);

export interface ListFilter {
  projectId?: number;
  network?: string;
  status?: ListStatus;
  deadLetters?: boolean;
}

const json = ['args', 'phases', 'warnings', 'failure', 'owner', 'process', 'request'] as const;

const select = `
  SELECT d.id, d.number, d.project_id AS projectId, p.name AS projectName, d.network,
    d.chain_id AS chainId, d.status, d.live, d.script, d.signature, d.args, d.sender, d.command,
    d.commit_hash AS "commit", d.branch, d.dirty, d.created_at AS createdAt,
    d.started_at AS startedAt, d.ended_at AS endedAt, d.snapshot_id AS snapshotId,
    s.name AS snapshotName, d.phases, d.warnings, d.failure, d.gas_used AS gasUsed, d.owner,
    d.process, d.request, d.trigger, d.priority, d.retry_of AS retryOf, d.attempt,
    d.dead_letter AS deadLetter,
    (SELECT count(*) FROM contracts c WHERE c.deployment_id = d.id) AS contractCount
  FROM deployments d
  JOIN projects p ON p.id = d.project_id
  LEFT JOIN snapshots s ON s.id = d.snapshot_id`;

/** The columns that change after the start, by the name of their field. */
const columns = {
  chainId: 'chain_id',
  status: 'status',
  live: 'live',
  sender: 'sender',
  command: 'command',
  commit: 'commit_hash',
  branch: 'branch',
  dirty: 'dirty',
  startedAt: 'started_at',
  endedAt: 'ended_at',
  snapshotId: 'snapshot_id',
  phases: 'phases',
  warnings: 'warnings',
  failure: 'failure',
  gasUsed: 'gas_used',
  process: 'process',
  owner: 'owner',
  attempt: 'attempt',
  deadLetter: 'dead_letter',
} as const;

export type DeploymentPatch = Partial<Pick<DeploymentRow, keyof typeof columns>>;

type Raw = Record<string, unknown>;

function toRow(raw: Raw): DeploymentRow {
  const row = { ...raw };
  for (const field of json)
    row[field] = raw[field] === null ? null : JSON.parse(String(raw[field]));
  row.live = raw.live === null ? null : raw.live === 1;
  row.deadLetter = raw.deadLetter === 1;
  return row as unknown as DeploymentRow;
}

function toColumn(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : value;
}

function stored(event: NewEvent): NewJournalRow {
  if (event.type === 'lines') return { at: event.at, type: event.stream, lines: event.lines };
  if (event.type === 'log') return { at: event.at, type: event.stream, lines: [event.text] };
  const { at, type, ...rest } = event;
  return { at, type, lines: [JSON.stringify(rest)] };
}

export function deploymentsStore(db: Db) {
  const byId = db.prepare<[number], Raw>(`${select} WHERE d.id = ?`);
  const statusOf = db.prepare<[number], { status: DeploymentStatus }>(
    'SELECT status FROM deployments WHERE id = ?',
  );
  /** By the columns that they set: a run has few kinds, and each often. */
  const updates = new Map<string, Statement<unknown[]>>();
  const unfinished = db.prepare<[], Raw>(
    `${select} WHERE d.status IN ('queued', 'running', 'cancelling')
     ORDER BY d.priority DESC, d.id`,
  );
  const unsettled = db.prepare<[], Raw>(
    `${select} WHERE d.process IS NOT NULL AND d.status NOT IN ('queued', 'running', 'cancelling')
     ORDER BY d.id`,
  );
  const later = db.prepare<[number, number]>(
    `SELECT 1 FROM deployments WHERE project_id = ? AND id > ? AND command IS NOT NULL LIMIT 1`,
  );
  const nextNumber = db.prepare<[number], { n: number }>(
    'SELECT coalesce(max(number), 0) + 1 AS n FROM deployments WHERE project_id = ?',
  );
  const insert = db.prepare(
    `INSERT INTO deployments (number, project_id, network, status, script, signature, args, sender,
       created_at, phases, owner, request, trigger, priority, retry_of)
     VALUES (@number, @projectId, @network, 'queued', @script, @signature, @args, @sender,
       @createdAt, @phases, @owner, @request, @trigger, @priority, @retryOf)`,
  );
  const waiting = db.prepare<
    [],
    { id: number; projectId: number; network: string; owner: string | null }
  >(
    `SELECT id, project_id AS projectId, network, owner FROM deployments WHERE status = 'queued'
     ORDER BY priority DESC, id`,
  );
  // One run at a time for a project and for a network, whichever core it belongs to.
  const claim = db.prepare<[string, number, number]>(
    `UPDATE deployments AS d SET status = 'running', owner = ?
     WHERE d.id = ? AND d.status = 'queued'
       AND NOT EXISTS (SELECT 1 FROM deployments a WHERE a.status IN ('running', 'cancelling')
         AND (a.project_id = d.project_id OR a.network = d.network))
       AND (SELECT count(*) FROM deployments a WHERE a.status IN ('running', 'cancelling')) < ?`,
  );
  const move = db.prepare<[string, number, string]>(
    'UPDATE deployments SET status = ? WHERE id = ? AND status = ?',
  );
  const cancelling = db.prepare<[], { id: number }>(
    "SELECT id FROM deployments WHERE status = 'cancelling'",
  );
  const runningOn = db.prepare<[string], { id: number }>(
    "SELECT id FROM deployments WHERE status IN ('running', 'cancelling') AND network = ?",
  );
  const settle = db.prepare('UPDATE deployments SET dead_letter = 0 WHERE id = ?');
  const readLimits = db.prepare<[number], { limits: string }>(
    'SELECT limits FROM run_limits WHERE project_id = ?',
  );
  const putLimits = db.prepare(
    `INSERT INTO run_limits (project_id, limits) VALUES (?, ?)
     ON CONFLICT (project_id) DO UPDATE SET limits = excluded.limits`,
  );
  const journal = journalRows(db);
  const putTransaction = db.prepare(
    `INSERT OR REPLACE INTO transactions (deployment_id, position, hash, data) VALUES (?, ?, ?, ?)`,
  );
  const transactions = db.prepare<[number], { data: string }>(
    'SELECT data FROM transactions WHERE deployment_id = ? ORDER BY position',
  );
  const clearContracts = db.prepare('DELETE FROM contracts WHERE deployment_id = ?');
  const putContract = db.prepare(
    `INSERT INTO contracts (deployment_id, position, name, address, transaction_hash, block_number,
       nested, verified) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const contracts = db.prepare<
    [number],
    Omit<Contract, 'nested' | 'verified'> & { nested: number; verified: number }
  >(
    `SELECT name, address, transaction_hash AS transactionHash, block_number AS blockNumber, nested,
       verified FROM contracts WHERE deployment_id = ? ORDER BY position`,
  );
  const liveOn = db.prepare<
    [string],
    { id: number; number: number; project: string; address: string | null }
  >(
    `SELECT d.id, d.number, p.name AS project,
       (SELECT address FROM contracts c WHERE c.deployment_id = d.id AND c.verified = 1
         ORDER BY position LIMIT 1) AS address
     FROM deployments d JOIN projects p ON p.id = d.project_id
     WHERE d.network = ? AND d.live = 1 ORDER BY d.id DESC`,
  );
  const brief = db.prepare<[number], { id: number; number: number; project: string }>(
    `SELECT d.id, d.number, p.name AS project FROM deployments d
     JOIN projects p ON p.id = d.project_id WHERE d.id = ?`,
  );
  const lastSnapshot = db.prepare<[string], { id: number }>(
    `SELECT snapshot_id AS id FROM deployments
     WHERE network = ? AND live = 1 AND snapshot_id IS NOT NULL ORDER BY id DESC LIMIT 1`,
  );
  const known = db.prepare<[string], { id: number }>(
    'SELECT id FROM deployments WHERE network = ? AND live IS NOT NULL',
  );
  const setLive = db.prepare('UPDATE deployments SET live = ? WHERE id = ?');

  const event = ({ seq, at, type, data }: JournalRow): JournalEvent => {
    if (type === 'stdout' || type === 'stderr' || type === 'drydock') {
      return { seq, at, type: 'log', stream: type, text: data };
    }
    return { seq, at, type, ...JSON.parse(data) } as JournalEvent;
  };

  return {
    byId: (id: number) => {
      const raw = byId.get(id);
      return raw && toRow(raw);
    },
    status: (id: number) => statusOf.get(id)?.status,
    unfinished: () => unfinished.all().map(toRow),

    insert: db.transaction(
      (row: {
        projectId: number;
        network: string;
        script: string;
        signature: string;
        args: string[];
        sender: string | null;
        createdAt: number;
        phases: Phase[];
        owner: ProcessRef;
        request: StoredRequest;
        trigger: Trigger;
        priority: number;
        retryOf: number | null;
      }): number => {
        const number = nextNumber.get(row.projectId)?.n ?? 1;
        const values = Object.entries({ ...row, number }).map(([k, v]) => [k, toColumn(v)]);
        return Number(insert.run(Object.fromEntries(values)).lastInsertRowid);
      },
    ).immediate,

    /** Ended ones of which nobody knows yet what became of their processes. */
    unsettled: () => unsettled.all().map(toRow),
    /** Whether another run of the same project has had its tool run since. */
    hasLater: ({ projectId, id }: Pick<DeploymentRow, 'projectId' | 'id'>) =>
      later.get(projectId, id) !== undefined,

    /** In the order in which they are to run. */
    waiting: (): WaitingRow[] =>
      waiting.all().map((row) => ({
        ...row,
        owner: row.owner === null ? null : (JSON.parse(row.owner) as ProcessRef),
      })),
    /** Makes a waiting run this core's running one; false when another one is in its way. */
    claim: db.transaction(
      (id: number, owner: ProcessRef, atMost: number) =>
        claim.run(JSON.stringify(owner), id, atMost).changes === 1,
    ).immediate,
    /** Changes the status if it still is what it was thought to be. */
    move: (id: number, from: DeploymentStatus, to: DeploymentStatus) =>
      move.run(to, id, from).changes === 1,
    cancelling: () => cancelling.all().map((row) => row.id),
    runningOn: (network: string) => runningOn.all(network).map((row) => row.id),
    settle: (id: number) => void settle.run(id),
    limits: (projectId: number): Partial<Limits> =>
      JSON.parse(readLimits.get(projectId)?.limits ?? '{}'),
    putLimits: (projectId: number, limits: Partial<Limits>) =>
      void putLimits.run(projectId, JSON.stringify(limits)),

    update(id: number, patch: DeploymentPatch): void {
      const fields = Object.keys(patch) as (keyof typeof columns)[];
      if (fields.length === 0) return;
      const set = fields.map((f) => `${columns[f]} = ?`).join(', ');
      const known = updates.get(set);
      const statement = known ?? db.prepare(`UPDATE deployments SET ${set} WHERE id = ?`);
      if (!known) updates.set(set, statement);
      statement.run(...fields.map((f) => toColumn(patch[f])), id);
    },

    list(filter: ListFilter, before: number | undefined, limit: number) {
      const where: string[] = [];
      const values: (string | number)[] = [];
      const add = (sql: string, value: string | number | undefined) => {
        if (value === undefined) return;
        where.push(sql);
        values.push(value);
      };
      add('d.project_id = ?', filter.projectId);
      add('d.network = ?', filter.network);
      const reverted = filter.status === 'reverted';
      add('d.status = ?', reverted ? 'succeeded' : filter.status);
      if (reverted) where.push('d.live = 0');
      if (filter.deadLetters) where.push('d.dead_letter = 1');
      const counted = where.length > 0 ? `WHERE ${where.join(' AND ')}` : '';
      // Triggers count what a million rows would have to be read for, but by fewer columns.
      const total = db
        .prepare<unknown[], { n: number }>(
          filter.deadLetters || reverted
            ? `SELECT count(*) AS n FROM deployments d ${counted}`
            : `SELECT coalesce(sum(n), 0) AS n FROM deployment_counts d ${counted}`,
        )
        .get(...values)?.n;
      add('d.id < ?', before);
      const paged = where.length > 0 ? `WHERE ${where.join(' AND ')}` : '';
      const rows = db
        .prepare<unknown[], Raw>(`${select} ${paged} ORDER BY d.id DESC LIMIT ?`)
        .all(...values, limit);
      return { rows: rows.map(toRow), total: total ?? 0 };
    },

    lastSeq: journal.lastSeq,
    /** `seq` of the first; the others follow without gaps. Answers the last one's. */
    append: (id: number, first: number, batch: readonly NewEvent[]): number =>
      journal.append(id, first, batch.map(stored)),
    events: (id: number, after: number, limit: number) => journal.read(id, after, limit).map(event),

    putTransactions: (id: number, rows: readonly Transaction[]) => {
      for (const t of rows) putTransaction.run(id, t.index, t.hash, JSON.stringify(t));
    },
    transactions: (id: number) =>
      transactions.all(id).map((row) => JSON.parse(row.data) as Transaction),
    putContracts(id: number, rows: readonly Contract[]): void {
      clearContracts.run(id);
      rows.forEach((c, position) => {
        putContract.run(
          id,
          position,
          c.name,
          c.address,
          c.transactionHash,
          c.blockNumber,
          c.nested ? 1 : 0,
          c.verified ? 1 : 0,
        );
      });
    },
    contracts: (id: number): Contract[] =>
      contracts.all(id).map((c) => ({ ...c, nested: c.nested === 1, verified: c.verified === 1 })),

    /** The given ones that still exist, newest first. */
    describe: (ids: readonly number[]) =>
      [...ids]
        .sort((a, b) => b - a)
        .flatMap((id) => {
          const row = brief.get(id);
          return row ? [row] : [];
        }),
    live: (network: string) => liveOn.all(network),
    lastSnapshot: (network: string) => lastSnapshot.get(network)?.id ?? null,
    setLive: db.transaction((network: string, ids: readonly number[]) => {
      const live = new Set(ids);
      for (const { id } of known.all(network)) setLive.run(live.has(id) ? 1 : 0, id);
    }).immediate,

    transaction: <T>(work: () => T): T => db.transaction(work).immediate(),
  };
}

export type DeploymentsStore = ReturnType<typeof deploymentsStore>;
