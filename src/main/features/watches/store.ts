import type { Db } from '../../db/open.ts';

export interface WatchRow {
  projectId: number;
  target: string;
  /** Unix time, ms. */
  startedAt: number;
  /** The last run that it began; null: its record was deleted. */
  runId: number | null;
  /** The run whose result is in place. */
  goodId: number | null;
  /** Of the sources that were deployed last; null: none were. */
  digest: string | null;
  /** Unix time, ms, since when the chain stands before the good run; null: it does not. */
  takenBackAt: number | null;
  /** The snapshot that the chain stood on or had left behind then; null: none. */
  leftId: number | null;
  problem: string | null;
}

const columns = `project_id AS projectId, target, started_at AS startedAt, run_id AS runId,
  good_id AS goodId, digest, taken_back_at AS takenBackAt,
  left_id AS leftId, problem`;

/** They go with their project. */
export function watchesStore(db: Db) {
  const all = db.prepare<[], WatchRow>(`SELECT ${columns} FROM watches ORDER BY project_id`);
  const put = db.prepare<WatchRow>(
    `INSERT INTO watches (project_id, target, started_at, run_id, good_id, digest, taken_back_at,
       left_id, problem)
     VALUES (@projectId, @target, @startedAt, @runId, @goodId, @digest, @takenBackAt, @leftId,
       @problem)
     ON CONFLICT (project_id) DO UPDATE SET target = excluded.target,
       started_at = excluded.started_at, run_id = excluded.run_id, good_id = excluded.good_id,
       digest = excluded.digest, taken_back_at = excluded.taken_back_at,
       left_id = excluded.left_id, problem = excluded.problem`,
  );
  const remove = db.prepare('DELETE FROM watches WHERE project_id = ?');

  return {
    all: () => all.all(),
    put: (row: WatchRow) => void put.run(row),
    remove: (project: number) => void remove.run(project),
  };
}

export type WatchesStore = ReturnType<typeof watchesStore>;
