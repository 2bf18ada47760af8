import type { Db } from '../../db/open.ts';

/** What a variable is for; null: for all. */
export interface Scope {
  project: number | null;
  target: string | null;
}

export interface VariableRow extends Scope {
  name: string;
  /** null: its value is looked up where `reference` says. */
  sealed: string | null;
  reference: string | null;
  secret: boolean;
  note: string;
  changedAt: number;
}

/** With the name of its project. */
export interface FoundVariable extends VariableRow {
  projectName: string | null;
}

type Stored<Row> = Omit<Row, 'secret'> & { secret: number };

const select = `SELECT v.project_id AS project, p.name AS projectName, v.target, v.name, v.sealed,
    v.reference, v.secret, v.note, v.changed_at AS changedAt
  FROM variables v LEFT JOIN projects p ON p.id = v.project_id`;

/** Those of a project go with it. */
export function environmentsStore(db: Db) {
  const all = db.prepare<[], Stored<FoundVariable>>(`${select} ORDER BY v.name`);
  const one = db.prepare<[Scope & { name: string }], Stored<FoundVariable>>(
    `${select} WHERE v.project_id IS @project AND v.target IS @target AND v.name = @name`,
  );
  const remove = db.prepare<[Scope & { name: string }]>(
    'DELETE FROM variables WHERE project_id IS @project AND target IS @target AND name = @name',
  );
  const insert = db.prepare<[Stored<VariableRow>]>(
    `INSERT INTO variables (project_id, target, name, sealed, reference, secret, note, changed_at)
     VALUES (@project, @target, @name, @sealed, @reference, @secret, @note, @changedAt)`,
  );
  const removeTarget = db.prepare<[string]>('DELETE FROM variables WHERE target = ?');
  const sealed = db.prepare<[], { sealed: string }>(
    'SELECT sealed FROM variables WHERE sealed IS NOT NULL',
  );
  const row = (stored: Stored<FoundVariable>): FoundVariable => ({
    ...stored,
    secret: stored.secret === 1,
  });

  return {
    all: () => all.all().map(row),
    get(scope: Scope, name: string): FoundVariable | undefined {
      const stored = one.get({ project: scope.project, target: scope.target, name });
      return stored && row(stored);
    },
    /** In place of the one with the same name and scope. */
    put: db.transaction((variable: VariableRow) => {
      const { project, target, name, secret } = variable;
      remove.run({ project, target, name });
      insert.run({ ...variable, secret: secret ? 1 : 0 });
    }),
    remove: ({ project, target }: Scope, name: string) =>
      remove.run({ project, target, name }).changes > 0,
    removeTarget: (target: string): number => removeTarget.run(target).changes,
    transaction: <T>(work: () => T): T => db.transaction(work).immediate(),
    sealed: (): string[] => sealed.all().map((found) => found.sealed),
  };
}

export type EnvironmentsStore = ReturnType<typeof environmentsStore>;
