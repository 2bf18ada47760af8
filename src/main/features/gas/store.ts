import type { Db } from '../../db/open.ts';
import type { DeploymentRef } from '../../shared/refs.ts';

/** A deployment whose gas is asked for. */
export interface SentBy {
  deployment: DeploymentRef;
  commit: string | null;
}

interface Row {
  id: number;
  number: number;
  projectId: number;
  project: string;
  target: string;
  title: string;
  commit: string | null;
}

const RUN = `SELECT d.id, d.number, d.project_id AS projectId, p.name AS project, d.target, d.title,
    d.commit_hash AS "commit"
  FROM deployments d JOIN projects p ON p.id = d.project_id`;

/** Above every hex digit. */
const LAST = 'g';

export function gasStore(db: Db) {
  const byId = db.prepare<[number], Row>(`${RUN} WHERE d.id = ?`);
  // Of each project the last one that succeeded, or else that sent anything.
  const atCommit = db.prepare<[string, string], Row>(
    `SELECT id, number, projectId, project, target, title, "commit" FROM (
       SELECT x.*, row_number() OVER (
         PARTITION BY x.projectId ORDER BY d.status = 'succeeded' DESC, x.id DESC) AS place
       FROM (${RUN} WHERE d.commit_hash >= ? AND d.commit_hash < ?) x
       JOIN deployments d ON d.id = x.id
       WHERE EXISTS (SELECT 1 FROM transactions t WHERE t.deployment_id = x.id))
     WHERE place = 1 ORDER BY id DESC LIMIT 10`,
  );
  const hashes = db
    .prepare<[number], string>(
      `SELECT hash FROM transactions WHERE deployment_id = ? AND hash IS NOT NULL ORDER BY position`,
    )
    .pluck();
  return {
    byId(id: number): SentBy | null {
      const row = byId.get(id);
      return row ? sentBy(row) : null;
    },
    /** The latest of each project, of up to ten. @param digits the first ones of the commit */
    atCommit: (digits: string): SentBy[] =>
      atCommit.all(digits, `${digits}${LAST}`).map((row) => sentBy(row)),
    /** Of what a deployment has sent, in that order. */
    hashesOf: (deployment: number): string[] => hashes.all(deployment),
  };
}

export type GasStore = ReturnType<typeof gasStore>;

const sentBy = ({ id, number, projectId, project, target, title, commit }: Row): SentBy => ({
  deployment: { id, number, target, title, project: { id: projectId, name: project } },
  commit,
});
