import type { Db } from '../../db/open.ts';

/** A file of a project in which a run on an own chain has written what it did. */
export interface ResultFileRow {
  deployment: number;
  project: number;
  network: string;
  /** The project's; where it is now, as far as that is known. */
  folder: string;
  /** Relative to the folder. */
  path: string;
  /** Each run of a kind overwrites it; otherwise it is this run's alone. */
  shared: boolean;
  /** SHA-256 of what stood there before the run; null: nothing. */
  before: string | null;
  /** SHA-256 of what the run left; null while it runs. */
  after: string | null;
  /** Remote networks write there too. */
  foreign: boolean;
  /** Its content was put into the data folder, and is gone from the project. */
  aside: boolean;
  /** Its run is live on its chain; null: its record is gone. */
  live: boolean | null;
}

type Stored = Omit<ResultFileRow, 'shared' | 'foreign' | 'aside' | 'live'> & {
  shared: number;
  foreign: number;
  aside: number;
  live: number | null;
};

export type NewResultFile = Omit<ResultFileRow, 'aside' | 'live'>;

/** A run whose core ended before it noted what it had left. */
export interface UnfinishedRun {
  deployment: number;
  live: boolean;
}

/** So many runs of a script can be taken back with what stood there before each of them. */
const MOST_STEPS_BACK = 200;

const select = `
  SELECT r.deployment_id AS deployment, r.project_id AS project, r.network,
    coalesce(p.path, r.folder) AS folder, r.path, r.shared, r.before_hash AS "before",
    r.after_hash AS "after", r.is_foreign AS "foreign", r.aside,
    CASE WHEN d.id IS NULL THEN NULL ELSE coalesce(d.live, 0) END AS live
  FROM result_files r
  LEFT JOIN deployments d ON d.id = r.deployment_id
  LEFT JOIN projects p ON p.id = r.project_id`;

export function resultFilesStore(db: Db) {
  const put = db.prepare<Omit<Stored, 'aside' | 'live'>>(
    `INSERT OR REPLACE INTO result_files (deployment_id, project_id, network, folder, path, shared,
       before_hash, after_hash, is_foreign)
     VALUES (@deployment, @project, @network, @folder, @path, @shared, @before, @after, @foreign)`,
  );
  const ofDeployment = db.prepare<[number], Stored>(`${select} WHERE r.deployment_id = ?`);
  const ofPath = db.prepare<[number, string], Stored>(
    `${select} WHERE r.project_id = ? AND r.path = ? ORDER BY r.deployment_id`,
  );
  // What is where it should be is not looked at: of a long history that is nearly everything.
  const pending = db.prepare<[], Stored>(
    `SELECT * FROM (${select} WHERE r.aside = 0 AND r.after_hash IS NOT NULL AND d.live IS NOT 1
       AND d.id IS NOT NULL)
     UNION ALL SELECT * FROM (${select} WHERE r.aside = 1
       AND r.deployment_id IN (SELECT id FROM deployments WHERE live = 1))
     ORDER BY deployment`,
  );
  const orphans = db.prepare<[], Stored>(
    `${select} WHERE r.project_id NOT IN (SELECT id FROM projects) ORDER BY r.deployment_id`,
  );
  const unfinished = db.prepare<[], { deployment: number; live: number | null }>(
    `SELECT DISTINCT r.deployment_id AS deployment, d.live FROM result_files r
     LEFT JOIN deployments d ON d.id = r.deployment_id
     WHERE r.after_hash IS NULL
       AND (d.id IS NULL OR d.status NOT IN ('queued', 'running', 'cancelling'))`,
  );
  const finish = db.prepare<[string, number, string]>(
    'UPDATE result_files SET after_hash = ? WHERE deployment_id = ? AND path = ?',
  );
  const setAside = db.prepare<[number, number, string]>(
    'UPDATE result_files SET aside = ? WHERE deployment_id = ? AND path = ?',
  );
  const remove = db.prepare<[number, string]>(
    'DELETE FROM result_files WHERE deployment_id = ? AND path = ?',
  );
  const removeUnfinished = db.prepare<[number]>(
    'DELETE FROM result_files WHERE deployment_id = ? AND after_hash IS NULL',
  );
  const needed = db.prepare<[number], { hash: string }>(
    `SELECT r.after_hash AS hash FROM result_files r WHERE r.aside = 1 AND r.after_hash IS NOT NULL
       AND (EXISTS (SELECT 1 FROM snapshot_deployments s WHERE s.deployment_id = r.deployment_id)
         OR r.project_id NOT IN (SELECT id FROM projects))
     UNION SELECT before_hash FROM (
       SELECT before_hash, row_number() OVER
         (PARTITION BY project_id, path ORDER BY deployment_id DESC) AS n
       FROM result_files WHERE before_hash IS NOT NULL)
     WHERE n <= ?`,
  );

  const row = (stored: Stored): ResultFileRow => ({
    ...stored,
    shared: stored.shared === 1,
    foreign: stored.foreign === 1,
    aside: stored.aside === 1,
    live: stored.live === null ? null : stored.live === 1,
  });

  return {
    put: (one: NewResultFile) =>
      void put.run({ ...one, shared: one.shared ? 1 : 0, foreign: one.foreign ? 1 : 0 }),
    ofDeployment: (id: number) => ofDeployment.all(id).map(row),
    /** Of one file of a project, the oldest run first. */
    ofPath: (project: number, path: string) => ofPath.all(project, path).map(row),
    /** Those that aren't where the chains say that they should be. */
    pending: () => pending.all().map(row),
    unfinished: (): UnfinishedRun[] =>
      unfinished.all().map(({ deployment, live }) => ({ deployment, live: live === 1 })),
    finish: (deployment: number, path: string, after: string) =>
      void finish.run(after, deployment, path),
    setAside: ({ deployment, path }: ResultFileRow, aside: boolean) =>
      void setAside.run(aside ? 1 : 0, deployment, path),
    remove: ({ deployment, path }: ResultFileRow) => void remove.run(deployment, path),
    removeUnfinished: (deployment: number) => void removeUnfinished.run(deployment),
    /** Of projects that were removed. */
    orphans: () => orphans.all().map(row),
    /** Every content that may still be put back. */
    needed: () => new Set(needed.all(MOST_STEPS_BACK).map(({ hash }) => hash)),
    transaction: <T>(work: () => T): T => db.transaction(work).immediate(),
  };
}

export type ResultFilesStore = ReturnType<typeof resultFilesStore>;
