import type { Db } from '../../db/open.ts';

export interface ProjectRow {
  id: number;
  name: string;
  path: string;
  kind: 'foundry';
  addedAt: number;
}

const columns = 'id, name, path, kind, added_at AS addedAt';

export function projectsStore(db: Db) {
  const all = db.prepare<[], ProjectRow>(
    `SELECT ${columns} FROM projects ORDER BY name COLLATE NOCASE`,
  );
  const byId = db.prepare<[number], ProjectRow>(`SELECT ${columns} FROM projects WHERE id = ?`);
  const byName = db.prepare<[string], ProjectRow>(`SELECT ${columns} FROM projects WHERE name = ?`);
  const byPath = db.prepare<[string], ProjectRow>(`SELECT ${columns} FROM projects WHERE path = ?`);
  const insert = db.prepare<Omit<ProjectRow, 'id'>, ProjectRow>(
    `INSERT INTO projects (name, path, kind, added_at) VALUES (@name, @path, @kind, @addedAt)
     RETURNING ${columns}`,
  );
  const remove = db.prepare('DELETE FROM projects WHERE id = ?');

  return {
    all: () => all.all(),
    byId: (id: number) => byId.get(id),
    byName: (name: string) => byName.get(name),
    byPath: (path: string) => byPath.get(path),
    insert: (row: Omit<ProjectRow, 'id'>) => insert.get(row) as ProjectRow,
    remove: (id: number) => void remove.run(id),
    /** Runs `work` under the write lock, so that what it read still holds when it writes. */
    exclusively: <T>(work: () => T): T => db.transaction(work).immediate(),
  };
}

export type ProjectsStore = ReturnType<typeof projectsStore>;
