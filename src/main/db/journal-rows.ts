import type { Db } from './open.ts';

/** `type` is the stream of a line (`data`: the line), or the type of an event (`data`: JSON). */
export interface JournalRow {
  seq: number;
  at: number;
  type: string;
  data: string;
}

/** Several lines, none with a line feed in it, or one text, whatever is in it. */
export interface NewJournalRow extends Pick<JournalRow, 'at' | 'type'> {
  lines: readonly string[];
}

/** As a row of the table: lines of a stream that came at the same time share one. */
interface Stored extends JournalRow {
  lines: number;
}

/** Few enough that any line is found quickly, and many enough that a loud tool is kept up with. */
const MOST_LINES = 500;
const MOST_CHARACTERS = 64 * 1024;

/** Writes and reads journals, whose rows may hold several lines; no other module knows that. */
export function journalRows(db: Db) {
  const insert = db.prepare<Stored & { id: number }>(
    `INSERT INTO journal (deployment_id, seq, at, type, data, lines)
     VALUES (@id, @seq, @at, @type, @data, @lines)`,
  );
  const from = db.prepare<{ id: number; after: number }, Stored>(
    `SELECT seq, at, type, data, lines FROM journal
     WHERE deployment_id = @id AND seq >= coalesce((SELECT max(seq) FROM journal
       WHERE deployment_id = @id AND seq <= @after + 1), 0)
     ORDER BY seq`,
  );
  const last = db.prepare<[number], { seq: number }>(
    `SELECT seq + lines - 1 AS seq FROM journal WHERE deployment_id = ?
     ORDER BY seq DESC LIMIT 1`,
  );

  return {
    /** 0 for an empty journal. */
    lastSeq: (id: number): number => last.get(id)?.seq ?? 0,

    /** `first`: the seq of the first line; the others follow without gaps. Returns the last one's. */
    append(id: number, first: number, rows: readonly NewJournalRow[]): number {
      let seq = first;
      for (const { at, type, lines } of rows) {
        for (let from = 0; from < lines.length; ) {
          const to = endOfRow(lines, from);
          const data = lines.slice(from, to).join('\n');
          insert.run({ id, seq, at, type, data, lines: to - from });
          seq += to - from;
          from = to;
        }
      }
      return seq - 1;
    },

    /** In order, those with `after` < seq ≤ `upTo`, so many at most. */
    read(id: number, after: number, limit: number, upTo = Number.MAX_SAFE_INTEGER): JournalRow[] {
      const found: JournalRow[] = [];
      for (const { lines, ...row } of from.iterate({ id, after })) {
        const texts = lines === 1 ? [row.data] : row.data.split('\n');
        for (let i = Math.max(0, after + 1 - row.seq); i < texts.length; i++) {
          if (found.length === limit || row.seq + i > upTo) return found;
          found.push({ ...row, seq: row.seq + i, data: texts[i] as string });
        }
        if (found.length === limit) return found;
      }
      return found;
    },
  };
}

/** Where the row ends that begins with `from`. */
function endOfRow(lines: readonly string[], from: number): number {
  const most = Math.min(lines.length, from + MOST_LINES);
  let characters = 0;
  let to = from;
  do characters += lines[to++]?.length ?? 0;
  while (to < most && characters + (lines[to]?.length ?? 0) <= MOST_CHARACTERS);
  return to;
}
