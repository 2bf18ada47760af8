import type { Db } from '../../db/open.ts';
import type { ProcessRef } from '../../lib/process-ref.ts';

/** A queued run, with what the queue needs to know about it. */
export interface WaitingRow {
  id: number;
  projectId: number;
  target: string;
  owner: ProcessRef | null;
}

/** Which runs are queued, which are running, and which locks those hold, over all cores. */
export function queueStore(db: Db) {
  const waiting = db.prepare<[], Omit<WaitingRow, 'owner'> & { owner: string | null }>(
    `SELECT id, project_id AS projectId, target, owner FROM deployments WHERE status = 'queued'
     ORDER BY priority DESC, id`,
  );
  const begin = db.prepare<[string, number, number, number]>(
    `UPDATE deployments AS d SET status = 'running', owner = ?
     WHERE d.id = ? AND d.status = 'queued'
       AND NOT EXISTS (SELECT 1 FROM json_each(d.locks) k JOIN run_locks l ON l.key = k.value)
       AND (SELECT count(*) FROM deployments a WHERE a.status IN ('running', 'cancelling')) < ?
       AND NOT EXISTS (SELECT 1 FROM held_back WHERE until > ?)`,
  );
  const hold = db.prepare<[number]>('INSERT OR REPLACE INTO held_back (id, until) VALUES (1, ?)');
  const release = db.prepare('DELETE FROM held_back');
  const lock = db.prepare<[string, number]>(
    `INSERT INTO run_locks (key, deployment_id, owner)
     SELECT k.value, d.id, ? FROM deployments d, json_each(d.locks) k WHERE d.id = ?`,
  );
  const cancelling = db.prepare<[], { id: number }>(
    "SELECT id FROM deployments WHERE status = 'cancelling'",
  );
  const holder = db.prepare<[string], { id: number }>(
    'SELECT deployment_id AS id FROM run_locks WHERE key = ?',
  );

  return {
    /** In the order in which they will run. */
    waiting: (): WaitingRow[] =>
      waiting.all().map((row) => ({
        ...row,
        owner: row.owner === null ? null : (JSON.parse(row.owner) as ProcessRef),
      })),
    /**
     * Makes a queued run this core's running one, with all its locks; returns false when another
     * run holds one of them, `atMost` runs are already running, or runs are held back. The database releases the locks
     * as soon as the run has any other status. Writes no journal entry: see `claimRun`.
     */
    claim: db.transaction((id: number, owner: ProcessRef, atMost: number): boolean => {
      const core = JSON.stringify(owner);
      if (begin.run(core, id, atMost, Date.now()).changes === 0) return false;
      lock.run(core, id);
      return true;
    }).immediate,
    /** No core claims a run until then, Unix time, ms. */
    holdBack: (until: number): void => void hold.run(until),
    letGo: (): void => void release.run(),
    cancelling: () => cancelling.all().map((row) => row.id),
    /** The run that holds a key. */
    holderOf: (key: string) => holder.get(key)?.id,
  };
}
