import type { Db } from '../../db/open.ts';
import type { EngineName } from '../../engines/engine.ts';
import type { LabelColor } from '../address-book/contract.ts';

export interface ProjectRow {
  id: number;
  name: string;
  path: string;
  kind: string;
  color: LabelColor | null;
  group: string;
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
  /** The chosen versions of toolchains, by their ids. */
  toolVersions: Record<string, string>;
}

type NewProject = Pick<ProjectRow, 'name' | 'path' | 'kind' | 'addedAt'>;
type Raw = Omit<ProjectRow, 'toolVersions'> & { toolVersions: string };

const columns = `id, name, path, kind, color, in_group AS "group", added_at AS addedAt, engine, dockerfile, repository,
  tool_versions AS toolVersions`;

const toRow = (raw: Raw): ProjectRow => ({ ...raw, toolVersions: JSON.parse(raw.toolVersions) });
const toRowIfAny = (raw: Raw | undefined): ProjectRow | undefined => raw && toRow(raw);

export function projectsStore(db: Db) {
  const all = db.prepare<[], Raw>(
    `SELECT ${columns} FROM projects ORDER BY position IS NULL, position, name COLLATE NOCASE`,
  );
  const byId = db.prepare<[number], Raw>(`SELECT ${columns} FROM projects WHERE id = ?`);
  const byName = db.prepare<[string], Raw>(`SELECT ${columns} FROM projects WHERE name = ?`);
  const byPath = db.prepare<[string], Raw>(`SELECT ${columns} FROM projects WHERE path = ?`);
  const insert = db.prepare<NewProject, Raw>(
    `INSERT INTO projects (name, path, kind, added_at) VALUES (@name, @path, @kind, @addedAt)
     RETURNING ${columns}`,
  );
  const edit = db.prepare(
    'UPDATE projects SET name = @name, color = @color, in_group = @group WHERE id = @id',
  );
  const setPosition = db.prepare('UPDATE projects SET position = ? WHERE id = ?');
  const setEngine = db.prepare('UPDATE projects SET engine = ? WHERE id = ?');
  const setDockerfile = db.prepare('UPDATE projects SET dockerfile = ? WHERE id = ?');
  const setToolVersions = db.prepare('UPDATE projects SET tool_versions = ? WHERE id = ?');
  const setRepository = db.prepare('UPDATE projects SET repository = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM projects WHERE id = ?');

  return {
    all: () => all.all().map(toRow),
    byId: (id: number) => toRowIfAny(byId.get(id)),
    byName: (name: string) => toRowIfAny(byName.get(name)),
    byPath: (path: string) => toRowIfAny(byPath.get(path)),
    insert: (row: NewProject) => toRow(insert.get(row) as Raw),
    edit: (row: Pick<ProjectRow, 'id' | 'name' | 'color' | 'group'>) => void edit.run(row),
    setPosition: (id: number, position: number) => void setPosition.run(position, id),
    setEngine: (id: number, engine: EngineName | null) => void setEngine.run(engine, id),
    setDockerfile: (id: number, dockerfile: string | null) =>
      void setDockerfile.run(dockerfile, id),
    setToolVersions: (id: number, versions: Record<string, string>) =>
      void setToolVersions.run(JSON.stringify(versions), id),
    setRepository: (id: number, repository: string) => void setRepository.run(repository, id),
    remove: (id: number) => void remove.run(id),
    /** Runs `work` under the write lock, so that what it read is still true when it writes. */
    exclusively: <T>(work: () => T): T => db.transaction(work).immediate(),
  };
}

export type ProjectsStore = ReturnType<typeof projectsStore>;
