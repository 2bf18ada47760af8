import type { Statement } from 'better-sqlite3';
import type { Db } from '../../db/open.ts';
import type { BriefRef } from '../../shared/refs.ts';
import type { DeploymentStatus } from '../../shared/run.ts';
import type { ListStatus } from './contract.ts';
import type { DeploymentRow, NewDeployment } from './row.ts';

export interface ListFilter {
  projectId?: number;
  target?: string;
  status?: ListStatus;
  needsAttention?: boolean;
  deadLetters?: boolean;
  live?: boolean;
}

/** How many ended runs of a kind are examined for what is in place. */
const MOST_RECENT = 200;

const json = ['input', 'summary', 'phases', 'warnings', 'failure', 'owner', 'process'] as const;

const select = `
  SELECT d.id, d.number, d.project_id AS projectId, p.name AS projectName, d.kind, d.family,
    d.target, d.title, d.input, d.status, d.live, d.result AS summary, d.command,
    d.commit_hash AS "commit", d.branch, d.dirty, d.created_at AS createdAt,
    d.started_at AS startedAt, d.ended_at AS endedAt, d.snapshot_id AS snapshotId,
    s.name AS snapshotName, d.phases, d.warnings, d.failure, d.owner, d.process, d.trigger,
    d.priority, d.retry_of AS retryOf, d.attempt, d.dead_letter AS deadLetter,
    d.approval, d.resumes, d.stands_for AS standsFor
  FROM deployments d
  JOIN projects p ON p.id = d.project_id
  LEFT JOIN snapshots s ON s.id = d.snapshot_id`;

/** The columns that change after the start, by field. */
const columns = {
  status: 'status',
  live: 'live',
  summary: 'result',
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
  row.resumes = raw.resumes === 1;
  return row as unknown as DeploymentRow;
}

function toColumn(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : value;
}

/** The same did not go well later: its project, its target, and what was deployed. */
const isNotMadeUpFor = `NOT EXISTS (SELECT 1 FROM deployments later
  WHERE later.project_id = d.project_id AND later.target = d.target AND later.status = 'succeeded'
    AND later.id > d.id AND later.title = d.title)`;

/** The rows of deployments: the request, and what is known of the run so far. */
export function runsStore(db: Db) {
  const byId = db.prepare<[number], Raw>(`${select} WHERE d.id = ?`);
  const statusOf = db.prepare<[number], { status: DeploymentStatus }>(
    'SELECT status FROM deployments WHERE id = ?',
  );
  /** Statements by the columns that they set: a run uses a few combinations, each many times. */
  const updates = new Map<string, Statement<unknown[]>>();
  const unfinished = db.prepare<[], Raw>(
    `${select} WHERE d.status IN ('queued', 'running', 'cancelling')
     ORDER BY d.priority DESC, d.id`,
  );
  const unsettled = db.prepare<[], Raw>(
    `${select} WHERE d.process IS NOT NULL AND d.status NOT IN ('queued', 'running', 'cancelling')
     ORDER BY d.id`,
  );
  const withoutReceipt = db.prepare<[number], Raw>(
    `${select} WHERE json_extract(d.failure, '$.code') = 'NO_RECEIPT' AND d.ended_at > ?
     ORDER BY d.id`,
  );
  const later = db.prepare<[number, number]>(
    `SELECT 1 FROM deployments WHERE project_id = ? AND id > ? AND command IS NOT NULL LIMIT 1`,
  );
  const nextNumber = db.prepare<[number], { n: number }>(
    'SELECT coalesce(max(number), 0) + 1 AS n FROM deployments WHERE project_id = ?',
  );
  const insert = db.prepare(
    `INSERT INTO deployments (number, project_id, kind, family, target, title, input, status,
       created_at, phases, owner, locks, trigger, priority, retry_of, approval, resumes, stands_for)
     VALUES (@number, @projectId, @kind, @family, @target, @title, @input, 'queued',
       @createdAt, @phases, @owner, @locks, @trigger, @priority, @retryOf, @approval, @resumes,
       @standsFor)`,
  );
  const settle = db.prepare('UPDATE deployments SET dead_letter = 0 WHERE id = ?');
  const brief = db.prepare<[number], BriefRef>(
    `SELECT d.id, d.number, p.name AS project FROM deployments d
     JOIN projects p ON p.id = d.project_id WHERE d.id = ?`,
  );
  const titled = db.prepare<[number], BriefRef & { title: string }>(
    `SELECT d.id, d.number, p.name AS project, d.title FROM deployments d
     JOIN projects p ON p.id = d.project_id WHERE d.id = ?`,
  );
  const lastSnapshot = db.prepare<[string], { id: number }>(
    `SELECT snapshot_id AS id FROM deployments
     WHERE target = ? AND live = 1 AND snapshot_id IS NOT NULL ORDER BY id DESC LIMIT 1`,
  );
  const known = db.prepare<[string], { id: number }>(
    'SELECT id FROM deployments WHERE target = ? AND live IS NOT NULL',
  );
  const inPlace = db.prepare<[number, string], { id: number }>(
    'SELECT id FROM deployments WHERE project_id = ? AND target = ? AND live = 1 ORDER BY id DESC',
  );
  const standing = db.prepare<[string], { id: number }>(
    'SELECT id FROM deployments WHERE target = ? AND (live = 1 OR ended_at IS NULL) ORDER BY id',
  );
  const setLive = db.prepare('UPDATE deployments SET live = ? WHERE id = ?');

  const replaceEarlier = db.prepare(
    `UPDATE deployments SET live = 0
     WHERE id IN (SELECT other.id FROM deployments other JOIN deployments d
       ON d.id = ? AND other.project_id = d.project_id AND other.target = d.target
         AND other.id <> d.id AND (other.live = 1 OR other.live IS NULL AND other.result IS NOT NULL))
     RETURNING id`,
  );
  const recent = db.prepare<[string, string], Raw>(
    `${select} WHERE d.kind = ? AND (d.live = 1 OR d.status IN ('queued', 'running', 'cancelling')
       OR d.id IN (SELECT id FROM deployments WHERE kind = ? ORDER BY id DESC LIMIT ${MOST_RECENT}))
     ORDER BY d.id DESC`,
  );

  return {
    byId: (id: number) => {
      const raw = byId.get(id);
      return raw && toRow(raw);
    },
    status: (id: number) => statusOf.get(id)?.status,
    unfinished: () => unfinished.all().map(toRow),

    insert: db.transaction((row: NewDeployment): number => {
      const number = nextNumber.get(row.projectId)?.n ?? 1;
      const values = Object.entries({ ...row, number }).map(([k, v]) => [k, toColumn(v)]);
      return Number(insert.run(Object.fromEntries(values)).lastInsertRowid);
    }).immediate,

    /** Ended runs of which it is not yet known whether their processes ended. */
    unsettled: () => unsettled.all().map(toRow),
    /** Ended runs that wait for a receipt. `since`: Unix time, ms. */
    withoutReceipt: (since: number) => withoutReceipt.all(since).map(toRow),
    /** Whether the tool of a later run of the same project has run. */
    hasLater: ({ projectId, id }: Pick<DeploymentRow, 'projectId' | 'id'>) =>
      later.get(projectId, id) !== undefined,
    /** Removes it from the failed runs that need attention. */
    settle: (id: number) => void settle.run(id),

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
      add('d.target = ?', filter.target);
      const reverted = filter.status === 'reverted';
      add('d.status = ?', reverted ? 'succeeded' : filter.status);
      if (reverted) where.push('d.live = 0');
      if (filter.deadLetters || filter.needsAttention) where.push('d.dead_letter = 1');
      if (filter.needsAttention) where.push(isNotMadeUpFor);
      if (filter.live !== undefined) where.push(`d.live = ${Number(filter.live)}`);
      const counted = where.length > 0 ? `WHERE ${where.join(' AND ')}` : '';
      // Triggers keep counts that would need a million rows to be read, but for fewer columns.
      const total = db
        .prepare<unknown[], { n: number }>(
          filter.deadLetters || filter.needsAttention || reverted || filter.live !== undefined
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

    /** Runs of a project to a target whose results are in place, the newest first. */
    inPlace: (projectId: number, target: string) =>
      inPlace.all(projectId, target).map(({ id }) => id),
    /** Those of the given ids that still exist, newest first. */
    describe: (ids: readonly number[]) =>
      [...ids]
        .sort((a, b) => b - a)
        .flatMap((id) => {
          const row = brief.get(id);
          return row ? [row] : [];
        }),
    /** With what it has deployed; null: there is none. */
    titled: (id: number) => titled.get(id) ?? null,
    /** Runs in place, unfinished runs, and the newest other runs of a kind; newest first. */
    recent: (kind: string) => recent.all(kind, kind).map(toRow),
    /**
     * Records that other results of its project and target are no longer in place. Returns which
     * ones.
     */
    replaceEarlier: (id: number) => (replaceEarlier.all(id) as { id: number }[]).map((r) => r.id),
    setLiveOf: (id: number, live: boolean | null) =>
      void setLive.run(live === null ? null : Number(live), id),
    lastSnapshot: (target: string) => lastSnapshot.get(target)?.id ?? null,
    /** Ids of those that are live on a target, and of those that run. */
    standing: (target: string) => standing.all(target).map(({ id }) => id),
    setLive: db.transaction((target: string, ids: readonly number[]) => {
      const live = new Set(ids);
      for (const { id } of known.all(target)) setLive.run(live.has(id) ? 1 : 0, id);
    }).immediate,
  };
}
