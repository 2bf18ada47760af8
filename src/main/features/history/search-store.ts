import { stripVTControlCharacters } from 'node:util';
import { journalRows } from '../../db/journal-rows.ts';
import type { Db } from '../../db/open.ts';
import type { ResultFamily } from '../../shared/kind.ts';
import type { Summary } from '../../shared/result.ts';
import type { Findable } from './match.ts';

/** The most rows of the index for one deployment; part of the schema. */
const PARTS = 4096;
/** Lines of a log per row of the index, unless the log is very long. */
const PART_LINES = 2000;

/** Lines that a person can read: not phases, not transactions as JSON. */
const readable = new Set(['stdout', 'stderr', 'drydock', 'command', 'warning']);

/** A row of the index: a deployment, or a part of its log when that is long. */
export interface Part {
  row: number;
  deployment: number;
  part: number;
}

export interface About {
  texts: string[];
  family: ResultFamily;
  summary: Summary | null;
}

export function searchStore(db: Db) {
  const pending = db.prepare<[number], { id: number }>(
    'SELECT deployment_id AS id FROM deployment_unindexed ORDER BY deployment_id LIMIT ?',
  );
  const pendingCount = db.prepare<[], { n: number }>(
    'SELECT count(*) AS n FROM (SELECT 1 FROM deployment_unindexed LIMIT 1000)',
  );
  const running = db.prepare<[], { id: number }>(
    "SELECT id FROM deployments WHERE status IN ('running', 'cancelling') LIMIT 1",
  );
  const about = db.prepare<
    [number],
    {
      project: string;
      target: string;
      title: string;
      input: string;
      family: ResultFamily;
      summary: string | null;
      commit: string | null;
      branch: string | null;
      note: string | null;
      tags: string | null;
    }
  >(
    `SELECT p.name AS project, d.target, d.title, d.input, d.family, d.result AS summary,
       d.commit_hash AS "commit", d.branch, n.note,
       (SELECT group_concat(tag, ' ') FROM deployment_tags t WHERE t.deployment_id = d.id) AS tags
     FROM deployments d JOIN projects p ON p.id = d.project_id
     LEFT JOIN deployment_notes n ON n.deployment_id = d.id WHERE d.id = ?`,
  );
  const journal = journalRows(db);
  const indexed = db.prepare<[number], { partLines: number }>(
    'SELECT part_lines AS partLines FROM deployment_indexed WHERE deployment_id = ?',
  );
  const clear = db.prepare('DELETE FROM deployment_search WHERE rowid BETWEEN ? AND ?');
  const add = db.prepare('INSERT OR REPLACE INTO deployment_search (rowid, words) VALUES (?, ?)');
  const setIndexed = db.prepare(
    `INSERT INTO deployment_indexed (deployment_id, part_lines)
     SELECT id, @partLines FROM deployments WHERE id = @id
     ON CONFLICT DO UPDATE SET part_lines = excluded.part_lines`,
  );
  const done = db.prepare('DELETE FROM deployment_unindexed WHERE deployment_id = ?');
  const forgetWords = db.prepare('DELETE FROM deployment_indexed WHERE deployment_id = ?');
  const indexAgain = db.prepare('INSERT OR IGNORE INTO deployment_unindexed VALUES (?)');
  const merge = db.prepare(
    "INSERT INTO deployment_search (deployment_search, rank) VALUES ('merge', ?)",
  );
  const totalChanges = db.prepare<[], { n: number }>('SELECT total_changes() AS n');
  const match = db.prepare<[string, number, number], { row: number }>(
    `SELECT rowid AS row FROM deployment_search
     WHERE deployment_search MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?`,
  );

  const row = (deployment: number, part: number) => deployment * PARTS + part;
  const lines = (id: number, after: number, upTo: number): Findable[] =>
    journal
      .read(id, after, upTo - after, upTo)
      .filter(({ type }) => readable.has(type))
      .map(({ seq, type, data }) => ({ seq, text: plain(type, data) }));

  return {
    pending: (limit: number) => pending.all(limit).map(({ id }) => id),
    pendingCount: () => pendingCount.get()?.n ?? 0,
    isRunning: () => running.get() !== undefined,

    /** How a log is divided into rows. */
    shape(id: number): { last: number; lines: number; parts: number } {
      const last = journal.lastSeq(id);
      const lines = Math.max(PART_LINES, Math.ceil(last / (PARTS - 1)));
      return { last, lines, parts: Math.max(1, Math.ceil(last / lines)) };
    },

    /**
     * What is known of a deployment besides its log and its result; undefined when it no longer
     * exists.
     */
    about(id: number): About | undefined {
      const known = about.get(id);
      if (!known) return undefined;
      const texts = [
        known.note,
        known.tags,
        `${known.project} on ${known.target}`,
        titleWords(known.title, JSON.parse(known.input)),
        [known.branch, known.commit].filter(Boolean).join(' '),
      ];
      return {
        texts: texts.flatMap((text) => text || []),
        family: known.family,
        summary: known.summary === null ? null : (JSON.parse(known.summary) as Summary),
      };
    },

    /** Readable lines with `after` < seq ≤ `upTo`, without colours. */
    lines,

    /** The log lines of a row of the index. */
    linesOf({ deployment, part }: Part): Findable[] {
      const size = indexed.get(deployment)?.partLines ?? PART_LINES;
      return lines(deployment, part * size, (part + 1) * size);
    },

    /** Adds or replaces a row. */
    add: (id: number, part: number, words: string) => void add.run(row(id, part), words),
    /** Removes it from the list of what has to be indexed. Returns false when it is not on it. */
    finish(id: number, shape: { lines: number; parts: number }): boolean {
      const again = indexed.get(id) !== undefined;
      done.run(id);
      if (setIndexed.run({ id, partLines: shape.lines }).changes === 0) return false;
      if (again) clear.run(row(id, shape.parts), row(id, PARTS - 1));
      return true;
    },
    /** Removes a deployment's words, and puts it on the list again. */
    indexAnew: db.transaction((id: number) => {
      forgetWords.run(id);
      indexAgain.run(id);
    }).immediate,
    /** Removes a deployment that no longer exists from the list. */
    forget: (id: number) => void done.run(id),
    /** A bounded piece of index maintenance. Returns whether there was anything to do. */
    merge(pages: number): boolean {
      const before = totalChanges.get()?.n ?? 0;
      merge.run(pages);
      return (totalChanges.get()?.n ?? 0) - before >= 2;
    },

    /** Rows of the index, newest first, below the row `below`. */
    match: (query: string, below: number, limit: number): Part[] =>
      match.all(query, below, limit).map(({ row }) => ({
        row,
        deployment: Math.floor(row / PARTS),
        part: row % PARTS,
      })),
    /** The first row of a deployment; rows below it belong to older ones. */
    firstRow: (deployment: number) => row(deployment, 0),

    transaction: <T>(work: () => T): T => db.transaction(work).immediate(),
  };
}

export type SearchStore = ReturnType<typeof searchStore>;

function plain(type: string, data: string): string {
  if (type === 'command') return (JSON.parse(data) as { command: string }).command;
  if (type === 'warning') return (JSON.parse(data) as { message: string }).message;
  return data.includes('\x1b') ? stripVTControlCharacters(data) : data;
}

/** What was deployed, and the values that were given for it, except for switches. */
function titleWords(title: string, input: Record<string, unknown>): string {
  const known = title.split(' ');
  const values = Object.values(input)
    .flat()
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .map(String);
  return [title, ...values.filter((value) => !known.includes(value))].join(' ');
}
