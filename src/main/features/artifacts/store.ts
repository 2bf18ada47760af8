import type { Db } from '../../db/open.ts';
import type { EntryKind, PackedArtifact, PackedEntry } from './packed.ts';

/** A file as it was last read. */
export interface KnownFile {
  path: string;
  stamp: string;
}

export interface ReadFile extends KnownFile {
  rank: number;
  /** null: it holds none. */
  artifact: PackedArtifact | null;
}

export type PackedDetailRow = Pick<PackedArtifact, 'detail' | 'completeness'>;

/** `last`: the last id that was counted; null: there was none. */
export interface Sizes {
  bytes: number;
  last: number | null;
}

/** An artifact without what is packed. */
export interface ArtifactRow {
  id: number;
  name: string;
  source: string;
  /** In bytes; 0: none. */
  creationLength: number;
  runtimeLength: number;
  /** Unix time, ms, since when no file has it. */
  goneAt: number | null;
}

export interface CandidateRow {
  id: number;
  name: string;
  source: string;
  code: Uint8Array;
}

export interface FileRow {
  projectId: number;
  project: string;
  path: string;
  rank: number;
}

const columns = `a.id, a.name, a.source, a.creation_length AS creationLength,
  a.runtime_length AS runtimeLength, a.gone_at AS goneAt`;

/**
 * The project asked about first, then other projects' own, then what packages bring, then what no
 * file has any more; of those alike the newest.
 */
const likeliest = `coalesce((SELECT min(f.rank + 10 * (f.project_id IS NOT @project))
    FROM artifact_files f WHERE f.artifact_id = a.id), 1000), a.id DESC`;

const MOST_CANDIDATES = 300;
const MOST_ENTRIES = 30;

/** What compilers have left, found by code, selector, topic and name. */
export function artifactsStore(db: Db) {
  const scanOf = db.prepare<[number], { stamp: string; last: number }>(
    'SELECT stamp, last_deployment AS last FROM artifact_scans WHERE project_id = ?',
  );
  const putScan = db.prepare(
    `INSERT INTO artifact_scans (project_id, stamp, last_deployment) VALUES (@project, @stamp, @last)
     ON CONFLICT (project_id) DO UPDATE
       SET stamp = excluded.stamp, last_deployment = excluded.last_deployment`,
  );
  const isProject = db.prepare<[number], { id: number }>('SELECT id FROM projects WHERE id = ?');
  const files = db.prepare<[number], KnownFile>(
    'SELECT path, stamp FROM artifact_files WHERE project_id = ?',
  );
  const removeFile = db.prepare('DELETE FROM artifact_files WHERE project_id = ? AND path = ?');
  const addFile = db.prepare(
    `INSERT INTO artifact_files (project_id, path, stamp, rank, artifact_id)
     VALUES (@project, @path, @stamp, @rank, @artifact)`,
  );
  const idOf = db.prepare<[Uint8Array], { id: number; completeness: number }>(
    'SELECT id, completeness FROM artifacts WHERE hash = ?',
  );
  const add = db.prepare<[Omit<PackedArtifact, 'entries' | 'sources'>], { id: number }>(
    `INSERT INTO artifacts (hash, name, source, creation_head, creation_length, runtime_length,
       creation_hash, code, detail, completeness)
     VALUES (@hash, @name, @source, @creationHead, @creationLength, @runtimeLength,
       @creationHash, @code, @detail, @completeness) RETURNING id`,
  );
  const putDetail = db.prepare(
    `UPDATE artifacts SET code = @code, detail = @detail, completeness = @completeness
     WHERE id = @id`,
  );
  const replaceDetail = db.prepare(
    'UPDATE artifacts SET detail = @detail, completeness = @completeness WHERE id = @id',
  );
  const entryId = db.prepare<[PackedEntry], { id: number }>(
    `SELECT id FROM artifact_entries
     WHERE hash = @hash AND mark = @mark AND kind = @kind AND entry = @entry`,
  );
  const addEntry = db.prepare<[PackedEntry], { id: number }>(
    `INSERT INTO artifact_entries (kind, hash, mark, entry) VALUES (@kind, @hash, @mark, @entry)
     RETURNING id`,
  );
  const addSignature = db.prepare<[number | undefined, number]>(
    'INSERT OR IGNORE INTO artifact_signatures (entry_id, artifact_id) VALUES (?, ?)',
  );
  const addSource = db.prepare<[{ hash: Uint8Array; text: Uint8Array }]>(
    `INSERT INTO artifact_sources (hash, text) VALUES (@hash, @text)
     ON CONFLICT (hash) DO NOTHING`,
  );
  const removeUses = db.prepare('DELETE FROM artifact_source_uses WHERE artifact_id = ?');
  const addUse = db.prepare(
    `INSERT OR IGNORE INTO artifact_source_uses (artifact_id, source_id)
     SELECT @artifact, id FROM artifact_sources WHERE hash = @hash`,
  );
  const newestEnded = db.prepare<[number], { id: number | null }>(
    'SELECT max(id) AS id FROM deployments WHERE project_id = ? AND ended_at IS NOT NULL',
  );
  const addDeployed = db.prepare(
    `INSERT OR IGNORE INTO artifact_deployments (deployment_id, artifact_id)
     SELECT d.id, a.id FROM deployments d
     JOIN contracts c ON c.deployment_id = d.id
     JOIN artifacts a ON a.name = c.name
     JOIN artifact_files f ON f.artifact_id = a.id AND f.project_id = d.project_id
     WHERE d.project_id = @project AND d.id > @after AND d.id <= @upTo`,
  );

  const byRuntime = db.prepare<[{ length: number; project: number | null }], CandidateRow>(
    `SELECT a.id, a.name, a.source, a.code FROM artifacts a WHERE a.runtime_length = @length
       AND a.runtime_length > 0
     ORDER BY ${likeliest} LIMIT ${MOST_CANDIDATES}`,
  );
  const creationLengths = db.prepare<[Uint8Array, number], { length: number }>(
    `SELECT DISTINCT creation_length AS length FROM artifacts
     WHERE creation_head IN (x'', ?) AND creation_length <= ?`,
  );
  const byCreation = db.prepare<[Record<string, unknown>], CandidateRow>(
    `SELECT a.id, a.name, a.source, a.code FROM artifacts a
     WHERE a.creation_head IN (x'', @head) AND a.creation_length = @length
       AND (a.creation_hash IS NULL OR a.creation_hash = @hash)
     ORDER BY ${likeliest} LIMIT ${MOST_CANDIDATES}`,
  );
  const entries = db.prepare<
    [{ kind: EntryKind; hash: Uint8Array; project: number | null }],
    { entry: string }
  >(
    `SELECT e.entry, min(coalesce((SELECT min(f.rank + 10 * (f.project_id IS NOT @project))
         FROM artifact_files f WHERE f.artifact_id = s.artifact_id), 1000)) AS likely
     FROM artifact_entries e JOIN artifact_signatures s ON s.entry_id = e.id
     WHERE e.hash = @hash AND e.kind = @kind
     GROUP BY e.id ORDER BY likely, count(*) DESC, e.id LIMIT ${MOST_ENTRIES}`,
  );
  const eventsNamed = db.prepare<[{ name: string; project: number | null }], { entry: string }>(
    `SELECT e.entry, min(coalesce((SELECT min(f.rank + 10 * (f.project_id IS NOT @project))
         FROM artifact_files f WHERE f.artifact_id = s.artifact_id), 1000)) AS likely
     FROM artifact_entries e JOIN artifact_signatures s ON s.entry_id = e.id
     WHERE e.kind = 'event' AND json_extract(e.entry, '$.name') = @name
     GROUP BY e.id ORDER BY likely, e.id LIMIT ${MOST_ENTRIES}`,
  );
  const byId = db.prepare<[number], ArtifactRow & { code: Uint8Array; detail: Uint8Array }>(
    `SELECT ${columns}, a.code, a.detail FROM artifacts a WHERE a.id = ?`,
  );
  const sources = db.prepare<[number], { hash: Uint8Array; text: Uint8Array }>(
    `SELECT s.hash, s.text FROM artifact_source_uses u JOIN artifact_sources s ON s.id = u.source_id
     WHERE u.artifact_id = ?`,
  );
  const filesOf = db.prepare<[number], FileRow>(
    `SELECT f.project_id AS projectId, p.name AS project, f.path, f.rank
     FROM artifact_files f JOIN projects p ON p.id = f.project_id WHERE f.artifact_id = ?
     ORDER BY f.rank, f.project_id, f.path`,
  );
  const projectOf = db.prepare<[{ id: number; project: number | null }], { name: string }>(
    `SELECT p.name FROM (
       SELECT project_id, rank FROM artifact_files WHERE artifact_id = @id UNION ALL
       SELECT d.project_id, 1000 FROM artifact_deployments a
       JOIN deployments d ON d.id = a.deployment_id WHERE a.artifact_id = @id) of
     JOIN projects p ON p.id = of.project_id
     ORDER BY p.id IS NOT @project, of.rank, p.id LIMIT 1`,
  );
  const named = db.prepare<[{ name: string; project: number | null }], ArtifactRow>(
    `SELECT ${columns} FROM artifacts a WHERE a.name = @name
       AND EXISTS (SELECT 1 FROM artifact_files f WHERE f.artifact_id = a.id
         AND (@project IS NULL OR f.project_id = @project))
     ORDER BY ${likeliest}`,
  );
  const ofProject = db.prepare<[number], ArtifactRow & { path: string; rank: number }>(
    `SELECT ${columns}, f.path, f.rank FROM artifact_files f JOIN artifacts a ON a.id = f.artifact_id
     WHERE f.project_id = ? ORDER BY f.rank, a.name, f.path`,
  );

  const sizes = {
    artifacts: sizesIn(db, 'artifacts', 'length(code) + length(detail)'),
    sources: sizesIn(db, 'artifact_sources', 'length(text)'),
  };
  const goneBefore = db.prepare<[number, number], { id: number }>(
    `SELECT id FROM artifacts a WHERE gone_at IS NOT NULL AND gone_at <= ?
       AND NOT EXISTS (SELECT 1 FROM artifact_deployments d WHERE d.artifact_id = a.id) LIMIT ?`,
  );
  const oldestGone = db.prepare<[number], { id: number; bytes: number }>(
    `SELECT id, length(code) + length(detail) AS bytes FROM artifacts a WHERE gone_at IS NOT NULL
     ORDER BY EXISTS (SELECT 1 FROM artifact_deployments d WHERE d.artifact_id = a.id), gone_at
     LIMIT ?`,
  );
  const remove = db.prepare('DELETE FROM artifacts WHERE id = ? AND gone_at IS NOT NULL');
  const unused = {
    entries: unusedIn(db, 'artifact_entries', 'artifact_signatures', 'entry_id'),
    sources: unusedIn(db, 'artifact_sources', 'artifact_source_uses', 'source_id'),
  };

  function idFor(artifact: PackedArtifact): number {
    const { entries: all, sources: texts, ...row } = artifact;
    const known = idOf.get(row.hash);
    if (known && known.completeness > row.completeness) return known.id;
    const id = known?.id ?? add.get(row)?.id;
    if (id === undefined) throw new Error('an artifact was not stored');
    const { code, detail, completeness } = row;
    if (known) putDetail.run({ id, code, detail, completeness });
    else {
      for (const entry of all) {
        addSignature.run((entryId.get(entry) ?? addEntry.get(entry))?.id, id);
      }
    }
    removeUses.run(id);
    for (const source of texts) {
      addSource.run(source);
      addUse.run({ artifact: id, hash: source.hash });
    }
    return id;
  }

  function noteDeployed(project: number): void {
    const scan = scanOf.get(project);
    const upTo = newestEnded.get(project)?.id ?? 0;
    if (!scan || upTo <= scan.last) return;
    addDeployed.run({ project, after: scan.last, upTo });
    putScan.run({ project, stamp: scan.stamp, last: upTo });
  }

  return {
    /** Runs what writes as one. */
    transaction: <T>(work: () => T): T => db.transaction(work).immediate(),

    scan: (project: number): string | null => scanOf.get(project)?.stamp ?? null,
    files: (project: number): KnownFile[] => files.all(project),

    /** In place of what was read of the file before. Does nothing for a project that is gone. */
    putFile(project: number, { path, stamp, rank, artifact }: ReadFile): void {
      if (!isProject.get(project)) return;
      const id = artifact && idFor(artifact);
      removeFile.run(project, path);
      addFile.run({ project, path, stamp, rank, artifact: id });
    },
    removeFile: (project: number, path: string) => void removeFile.run(project, path),

    /** In place of what was packed before, with more of it. */
    putDetail(id: number, { detail, completeness }: PackedDetailRow): void {
      replaceDetail.run({ id, detail, completeness });
    },

    /** All files are read, as they were with this stamp. */
    finish: db.transaction((project: number, stamp: string) => {
      if (!isProject.get(project)) return;
      putScan.run({ project, stamp, last: scanOf.get(project)?.last ?? 0 });
      noteDeployed(project);
    }).immediate,

    /** What runs have deployed that have ended since the last time is known by name. */
    noteDeployed: db.transaction(noteDeployed).immediate,

    /** Of so many after that id, as they are packed. */
    bytes: (table: 'artifacts' | 'sources', after: number, count: number): Sizes =>
      sizes[table].get(after, count) ?? { bytes: 0, last: null },
    /** Those that no file has had since then or longer (Unix time, ms), and no recorded run deployed. */
    goneBefore: (at: number, limit: number): number[] =>
      goneBefore.all(at, limit).map(({ id }) => id),
    /** Of those that no file has; the ones that recorded runs deployed last. */
    oldestGone: (limit: number) => oldestGone.all(limit),
    remove: db.transaction((ids: readonly number[]) => {
      for (const id of ids) remove.run(id);
    }).immediate,
    /**
     * Looks at so many from that id on, and removes what no artifact has any more. Returns where to
     * go on; null: that was all.
     */
    removeUnused(table: 'entries' | 'sources', from: number, count: number): number | null {
      const { newest, removeBetween } = unused[table];
      const upTo = from + count;
      removeBetween.run(from, upTo);
      return upTo >= (newest.get()?.id ?? 0) ? null : upTo;
    },

    byRuntime: (length: number, project: number | null): CandidateRow[] =>
      byRuntime.all({ length, project }),
    /** Of the creation codes that begin like this, the lengths in bytes. */
    creationLengths: (head: Uint8Array, most: number): number[] =>
      creationLengths.all(head, most).map(({ length }) => length),
    /** @param hash of the first `length` bytes */
    byCreation: (
      head: Uint8Array,
      length: number,
      hash: Uint8Array,
      project: number | null,
    ): CandidateRow[] => byCreation.all({ head, length, hash, project }),
    /** JSON, the likeliest first. */
    entries: (kind: EntryKind, hash: Uint8Array, project: number | null): string[] =>
      entries.all({ kind, hash, project }).map(({ entry }) => entry),
    eventsNamed: (name: string, project: number | null): string[] =>
      eventsNamed.all({ name, project }).map(({ entry }) => entry),
    byId: (id: number) => byId.get(id),
    sources: (id: number) => sources.all(id),
    filesOf: (id: number): FileRow[] => filesOf.all(id),
    /** The name of a project that has it, or else had it when a run deployed it. */
    projectOf: (id: number, project: number | null): string | null =>
      projectOf.get({ id, project })?.name ?? null,
    /** Those that a file has, of one project or of all. */
    named: (name: string, project: number | null): ArtifactRow[] => named.all({ name, project }),
    ofProject: (project: number) => ofProject.all(project),
  };
}

const sizesIn = (db: Db, table: string, bytes: string) =>
  db.prepare<[after: number, count: number], Sizes>(
    `SELECT coalesce(sum(bytes), 0) AS bytes, max(id) AS last
     FROM (SELECT id, ${bytes} AS bytes FROM ${table} WHERE id > ? ORDER BY id LIMIT ?)`,
  );

const unusedIn = (db: Db, table: string, uses: string, column: string) => ({
  newest: db.prepare<[], { id: number | null }>(`SELECT max(id) AS id FROM ${table}`),
  removeBetween: db.prepare<[number, number]>(
    `DELETE FROM ${table} WHERE id > ? AND id <= ?
       AND NOT EXISTS (SELECT 1 FROM ${uses} u WHERE u.${column} = ${table}.id)`,
  ),
});

export type ArtifactsStore = ReturnType<typeof artifactsStore>;
