import type { Db } from '../../db/open.ts';

/** A run whose log could be deleted. */
export interface LogRow {
  id: number;
  projectId: number;
  /** Unix time, ms. */
  at: number;
  lines: number;
  bytes: number;
  /** Unfinished, live, or pinned. */
  kept: boolean;
}

export interface TableRow {
  name: string;
  rows: number;
  bytes: number;
}

const logTypes = `('stdout', 'stderr', 'drydock')`;

/** One pass over every page: leaves hold a table's rows, without a rowid the other pages do, too. */
export const tableSizes = `
  SELECT s.tbl_name AS name, sum(d.pgsize) AS bytes,
    sum(CASE WHEN s.type = 'table' AND (d.pagetype = 'leaf' OR (t.wr AND d.pagetype = 'internal'))
      THEN d.ncell ELSE 0 END) AS rows
  FROM dbstat d
  JOIN sqlite_schema s ON s.name = d.name
  LEFT JOIN pragma_table_list t ON t.schema = 'main' AND t.name = s.tbl_name
  GROUP BY s.tbl_name ORDER BY bytes DESC`;

/** Takes as long as reading the whole journal: for a worker. */
export const logSizes = `
  SELECT d.id, d.project_id AS projectId, coalesce(d.ended_at, d.created_at) AS at,
    (d.ended_at IS NULL OR coalesce(d.live, 0) = 1 OR coalesce(n.pinned, 0) = 1) AS kept,
    j.lines, j.bytes
  FROM (
    SELECT deployment_id, sum(lines) AS lines, sum(octet_length(data)) AS bytes
    FROM journal WHERE type IN ${logTypes} GROUP BY deployment_id
  ) j
  JOIN deployments d ON d.id = j.deployment_id
  LEFT JOIN deployment_notes n ON n.deployment_id = d.id`;

export function dataStore(db: Db) {
  const rules = db.prepare<[], { rule: string; value: number | null }>(
    'SELECT rule, value FROM retention',
  );
  const putRule = db.prepare(
    `INSERT INTO retention (rule, value) VALUES (?, ?)
     ON CONFLICT (rule) DO UPDATE SET value = excluded.value`,
  );
  const claim = db.prepare(
    `INSERT INTO housekeeping (task, began_at) VALUES (@task, @now)
     ON CONFLICT (task) DO UPDATE SET began_at = excluded.began_at
       WHERE (began_at <= @now - @retryMs OR began_at > @now)
         AND (ended_at IS NULL OR ended_at <= @now - @everyMs OR ended_at > @now)`,
  );
  const ended = db.prepare(
    `INSERT INTO housekeeping (task, began_at, ended_at) VALUES (@task, @now, @now)
     ON CONFLICT (task) DO UPDATE SET ended_at = excluded.ended_at`,
  );
  const endedAt = db.prepare<[string], { at: number | null }>(
    'SELECT ended_at AS at FROM housekeeping WHERE task = ?',
  );
  const firstLine = db.prepare<[number], { seq: number }>(
    `SELECT seq FROM journal WHERE deployment_id = ? AND type IN ${logTypes} ORDER BY seq LIMIT 1`,
  );
  const putNotice = db.prepare(
    `UPDATE journal SET type = 'drydock', data = ?, lines = 1 WHERE deployment_id = ? AND seq = ?`,
  );
  const removeLines = db.prepare(
    `DELETE FROM journal WHERE deployment_id = @id AND seq IN (
       SELECT seq FROM journal
       WHERE deployment_id = @id AND seq > @after AND type IN ${logTypes} ORDER BY seq LIMIT @limit)`,
  );
  const liveSnapshots = db.prepare<[], { id: number }>(
    `SELECT DISTINCT d.snapshot_id AS id FROM deployments d
     LEFT JOIN deployment_notes n ON n.deployment_id = d.id
     WHERE d.snapshot_id IS NOT NULL AND (d.live = 1 OR n.pinned = 1)`,
  );
  const pragma = (name: string) => db.pragma(name, { simple: true }) as number;

  return {
    rules: () => rules.all(),
    putRules: db.transaction((entries: [string, number | null][]) => {
      for (const [rule, value] of entries) putRule.run(rule, value);
    }).immediate,

    /**
     * Whether it is this core's turn: no core has done the task for `everyMs`, nor begun it for
     * `retryMs`.
     */
    claim: (task: string, everyMs: number, retryMs: number) =>
      claim.run({ task, everyMs, retryMs, now: Date.now() }).changes === 1,
    ended: (task: string) => void ended.run({ task, now: Date.now() }),
    endedAt: (task: string) => endedAt.get(task)?.at ?? null,

    /** Puts a note in the place of the first line of a log. Returns its seq. */
    beginLog(id: number, notice: string): number | null {
      const seq = firstLine.get(id)?.seq;
      if (seq === undefined) return null;
      putNotice.run(notice, id, seq);
      return seq;
    },
    /** Deletes up to so many rows of a log that come after `after`. Returns how many. */
    removeLines: (id: number, after: number, limit: number) =>
      removeLines.run({ id, after, limit }).changes,

    /** Automatic snapshots that the way back from a live or pinned deployment leads to. */
    liveSnapshots: () => new Set(liveSnapshots.all().map((row) => row.id)),

    freeBytes: () => pragma('freelist_count') * pragma('page_size'),
    /** Whether the file can give free pages back to the disk. */
    canShrink: () => pragma('auto_vacuum') === 2,
    freePages: () => pragma('freelist_count'),
    shrink: (pages: number) => void db.pragma(`incremental_vacuum(${Math.floor(pages)})`),
    schema: () => pragma('user_version'),
    logPages: () => {
      const [row] = db.pragma('wal_checkpoint(NOOP)') as { log: number }[];
      return row?.log ?? 0;
    },
  };
}

export type DataStore = ReturnType<typeof dataStore>;
