import type { Db } from './open.ts';

/** `type` is the stream of a line (`data`: the line), or the type of an event (`data`: JSON). */
export interface JournalRow {
  seq: number;
  at: number;
  type: string;
  data: string;
}

export type NewJournalRow = Omit<JournalRow, 'seq'> & { isLine: boolean };

/** As a row of the table: lines of a stream that came together share one. */
interface Stored extends JournalRow {
  lines: number;
}

/** Few enough that any line is found quickly, and many enough that a loud tool is kept up with. */
const MOST_LINES = 500;
const MOST_CHARACTERS = 64 * 1024;
/** Lines that are further apart than this keep times of their own. */
const TOGETHER_MS = 10;

/** Writes and reads journals, whose rows may hold several lines; nobody else needs to know that. */
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

    /** `first`: the seq of the first; the others follow without gaps. */
    append(id: number, first: number, rows: Iterable<NewJournalRow>): void {
      let seq = first;
      let texts: string[] = [];
      let characters = 0;
      let head: NewJournalRow | undefined;
      const flush = () => {
        if (!head) return;
        const { at, type } = head;
        insert.run({ id, seq, at, type, data: texts.join('\n'), lines: texts.length });
        seq += texts.length;
      };
      for (const row of rows) {
        const joins =
          head?.isLine &&
          row.isLine &&
          row.type === head.type &&
          row.at - head.at <= TOGETHER_MS &&
          texts.length < MOST_LINES &&
          characters + row.data.length <= MOST_CHARACTERS &&
          !row.data.includes('\n') &&
          !(texts.length === 1 && head.data.includes('\n'));
        if (joins) {
          texts.push(row.data);
          characters += row.data.length;
          continue;
        }
        flush();
        head = row;
        texts = [row.data];
        characters = row.data.length;
      }
      flush();
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
