import type { Db } from '../../db/open.ts';
import type { EngineName } from '../../engines/engine.ts';

export interface ProjectRow {
  id: number;
  name: string;
  path: string;
  kind: string;
  addedAt: number;
  /** Where it runs; null: as the settings say. */
  engine: EngineName | null;
  /** The Dockerfile of its own image, relative to its folder; null: the standard image. */
  dockerfile: string | null;
  /**
   * The folder of its `.git` when it was added; '': it was in no repository; null: not looked up
   * yet.
   */
  repository: string | null;
}

type NewProject = Omit<ProjectRow, 'id' | 'engine' | 'dockerfile' | 'repository'>;

const columns = 'id, name, path, kind, added_at AS addedAt, engine, dockerfile, repository';

export function projectsStore(db: Db) {
  const all = db.prepare<[], ProjectRow>(
    `SELECT ${columns} FROM projects ORDER BY name COLLATE NOCASE`,
  );
  const byId = db.prepare<[number], ProjectRow>(`SELECT ${columns} FROM projects WHERE id = ?`);
  const byName = db.prepare<[string], ProjectRow>(`SELECT ${columns} FROM projects WHERE name = ?`);
  const byPath = db.prepare<[string], ProjectRow>(`SELECT ${columns} FROM projects WHERE path = ?`);
  const insert = db.prepare<NewProject, ProjectRow>(
    `INSERT INTO projects (name, path, kind, added_at) VALUES (@name, @path, @kind, @addedAt)
     RETURNING ${columns}`,
  );
  const setEngine = db.prepare('UPDATE projects SET engine = ? WHERE id = ?');
  const setDockerfile = db.prepare('UPDATE projects SET dockerfile = ? WHERE id = ?');
  const setRepository = db.prepare('UPDATE projects SET repository = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM projects WHERE id = ?');

  return {
    all: () => all.all(),
    byId: (id: number) => byId.get(id),
    byName: (name: string) => byName.get(name),
    byPath: (path: string) => byPath.get(path),
    insert: (row: NewProject) => insert.get(row) as ProjectRow,
    setEngine: (id: number, engine: EngineName | null) => void setEngine.run(engine, id),
    setDockerfile: (id: number, dockerfile: string | null) =>
      void setDockerfile.run(dockerfile, id),
    setRepository: (id: number, repository: string) => void setRepository.run(repository, id),
    remove: (id: number) => void remove.run(id),
    /** Runs `work` under the write lock, so that what it read is still true when it writes. */
    exclusively: <T>(work: () => T): T => db.transaction(work).immediate(),
  };
}

export type ProjectsStore = ReturnType<typeof projectsStore>;
