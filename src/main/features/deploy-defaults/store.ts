import type { Db } from '../../db/open.ts';
import type { KeptDefaults } from './contract.ts';

interface Row {
  target: string;
  input: string;
}

/** They go with their project. */
export function deployDefaultsStore(db: Db) {
  const all = db.prepare<[number], Row>(
    'SELECT target, input FROM deploy_defaults WHERE project_id = ? ORDER BY target',
  );
  const one = db.prepare<[number, string], Row>(
    'SELECT target, input FROM deploy_defaults WHERE project_id = ? AND target = ?',
  );
  const put = db.prepare(
    `INSERT INTO deploy_defaults (project_id, target, input) VALUES (?, ?, ?)
     ON CONFLICT (project_id, target) DO UPDATE SET input = excluded.input`,
  );
  const remove = db.prepare('DELETE FROM deploy_defaults WHERE project_id = ? AND target = ?');
  const removeTarget = db.prepare('DELETE FROM deploy_defaults WHERE target = ?');
  const parsed = ({ target, input }: Row): KeptDefaults => ({ target, input: JSON.parse(input) });

  return {
    all: (project: number) => all.all(project).map(parsed),
    of(project: number, target: string): KeptDefaults {
      const row = one.get(project, target);
      return row ? parsed(row) : { target, input: {} };
    },
    put: (project: number, { target, input }: KeptDefaults) =>
      void put.run(project, target, JSON.stringify(input)),
    remove: (project: number, target: string) => void remove.run(project, target),
    /** Returns how many projects had any. */
    removeTarget: (target: string) => removeTarget.run(target).changes,
  };
}

export type DeployDefaultsStore = ReturnType<typeof deployDefaultsStore>;
