import type { Db } from '../../db/open.ts';
import type { Limits } from './contract.ts';

/** The time limits of projects, where they differ from those of their kind. */
export function limitsStore(db: Db) {
  const read = db.prepare<[number], { limits: string }>(
    'SELECT limits FROM run_limits WHERE project_id = ?',
  );
  const put = db.prepare(
    `INSERT INTO run_limits (project_id, limits) VALUES (?, ?)
     ON CONFLICT (project_id) DO UPDATE SET limits = excluded.limits`,
  );
  return {
    limits: (projectId: number): Limits => JSON.parse(read.get(projectId)?.limits ?? '{}'),
    putLimits: (projectId: number, limits: Limits) =>
      void put.run(projectId, JSON.stringify(limits)),
  };
}
