import type { Db } from '../../db/open.ts';
import type { Phase } from '../../shared/phase.ts';
import type { Summary } from '../../shared/result.ts';
import type { Standing } from './contract.ts';

/** Runs whose durations are read: as many as cost no noticeable time. */
const MOST_MEASURED = 2000;

export interface DayCount {
  day: string;
  projectId: number;
  project: string;
  status: string;
  count: number;
}

export interface MeasuredRun {
  projectId: number;
  status: string;
  durationMs: number;
  phases: Phase[];
}

export interface SteadyCount {
  projectId: number;
  unsteady: number;
}

interface StandingRow {
  id: number;
  number: number;
  projectId: number;
  project: string;
  target: string;
  title: string;
  result: string | null;
  endedAt: number | null;
}

/** Runs that ended since a moment, of one project or, for null, of all. */
const SINCE = `d.created_at >= ? AND d.ended_at IS NOT NULL AND d.project_id = coalesce(?, d.project_id)`;

export function insightsStore(db: Db) {
  const counts = db.prepare<[number, number | null], DayCount>(
    `SELECT strftime('%Y-%m-%d', d.created_at / 1000, 'unixepoch', 'localtime') AS day,
       d.project_id AS projectId, p.name AS project, d.status, count(*) AS count
     FROM deployments d JOIN projects p ON p.id = d.project_id
     WHERE ${SINCE} GROUP BY 1, 2, 4`,
  );
  const measured = db.prepare<
    [number, number | null],
    Omit<MeasuredRun, 'phases'> & { phases: string }
  >(
    `SELECT d.project_id AS projectId, d.status, d.ended_at - d.started_at AS durationMs, d.phases
     FROM deployments d WHERE ${SINCE} AND d.started_at IS NOT NULL
     ORDER BY d.id DESC LIMIT ${MOST_MEASURED}`,
  );
  // What was deployed is the same only without changes since the commit.
  const unsteady = db.prepare<[number, number | null], SteadyCount>(
    `SELECT projectId, count(DISTINCT "commit") AS unsteady FROM (
       SELECT d.project_id AS projectId, d.commit_hash AS "commit" FROM deployments d
       WHERE ${SINCE} AND d.commit_hash IS NOT NULL AND d.dirty = 0
         AND d.status IN ('succeeded', 'failed')
       GROUP BY d.project_id, d.commit_hash, d.target, d.input
       HAVING count(DISTINCT d.status) = 2)
     GROUP BY 1`,
  );
  const standing = db.prepare<[], StandingRow>(
    `SELECT d.id, d.number, d.project_id AS projectId, p.name AS project, d.target, d.title,
       d.result, d.ended_at AS endedAt
     FROM deployments d JOIN projects p ON p.id = d.project_id
     WHERE d.id IN (
       SELECT max(id) FROM deployments WHERE live = 1 GROUP BY project_id, target)
     ORDER BY p.name, d.target`,
  );
  return {
    counts: (since: number, project: number | null): DayCount[] => counts.all(since, project),
    /** The newest ones. */
    measured: (since: number, project: number | null): MeasuredRun[] =>
      measured.all(since, project).map((run) => ({ ...run, phases: JSON.parse(run.phases) })),
    unsteady: (since: number, project: number | null): SteadyCount[] =>
      unsteady.all(since, project),
    standing: (): Standing[] =>
      standing.all().map(({ projectId, project, result, endedAt, ...deployment }) => ({
        deployment: { ...deployment, project: { id: projectId, name: project } },
        summary: result === null ? null : (JSON.parse(result) as Summary),
        endedAt,
      })),
  };
}

export type InsightsStore = ReturnType<typeof insightsStore>;
