import type { Db } from '../../db/open.ts';
import type { ProcessRef } from '../../lib/process-ref.ts';

export interface WatchRow {
  projectId: number;
  /** The core that follows its sources. */
  owner: ProcessRef;
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

type Stored = Omit<WatchRow, 'owner'> & { owner: string };

const columns = `project_id AS projectId, owner, target, started_at AS startedAt, run_id AS runId,
  good_id AS goodId, digest, taken_back_at AS takenBackAt,
  left_id AS leftId, problem`;

/** They go with their project. */
export function watchesStore(db: Db) {
  const all = db.prepare<[], Stored>(`SELECT ${columns} FROM watches ORDER BY project_id`);
  const put = db.prepare<Stored>(
    `INSERT INTO watches (project_id, owner, target, started_at, run_id, good_id, digest, taken_back_at,
       left_id, problem)
     VALUES (@projectId, @owner, @target, @startedAt, @runId, @goodId, @digest, @takenBackAt, @leftId,
       @problem)
     ON CONFLICT (project_id) DO UPDATE SET owner = excluded.owner, target = excluded.target,
       started_at = excluded.started_at, run_id = excluded.run_id, good_id = excluded.good_id,
       digest = excluded.digest, taken_back_at = excluded.taken_back_at,
       left_id = excluded.left_id, problem = excluded.problem`,
  );
  const remove = db.prepare('DELETE FROM watches WHERE project_id = ?');

  return {
    all: (): WatchRow[] => all.all().map((row) => ({ ...row, owner: JSON.parse(row.owner) })),
    put: (row: WatchRow) => void put.run({ ...row, owner: JSON.stringify(row.owner) }),
    remove: (project: number) => void remove.run(project),
  };
}

export type WatchesStore = ReturnType<typeof watchesStore>;
