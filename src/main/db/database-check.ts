import Database from 'better-sqlite3';
import { openBeside } from './open-beside.ts';
import { schemaOf } from './schema.ts';
import type { Task, TaskResults } from './tasks.ts';

const MOST_PROBLEMS = 20;

/** Table by table, the small ones first, so that a budget of time covers as many as it can. */
export function check(task: Task & { do: 'check' }): TaskResults['check'] {
  const end = task.budgetMs === null ? Number.POSITIVE_INFINITY : performance.now() + task.budgetMs;
  const pragma = task.depth === 'full' ? 'integrity_check' : 'quick_check';
  let db: Database.Database | undefined;
  try {
    db = openBeside(task.file);
    if (task.budgetMs === null) return { complete: true, problems: problemsOf(db, pragma) };
    for (const name of tablesBySize(db)) {
      if (performance.now() > end) return { complete: false, problems: [] };
      const problems = problemsOf(db, `${pragma}("${name.replaceAll('"', '""')}")`);
      if (problems.length > 0) return { complete: true, problems };
    }
    return { complete: true, problems: [] };
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { complete: true, problems: [(error as Error).message] };
  } finally {
    db?.close();
  }
}

/** The journal and what a full-text index keeps are by far the largest; counting them all is slow. */
function tablesBySize(db: Database.Database): string[] {
  const rows = db
    .prepare<[], { name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'
       ORDER BY name = 'journal', name LIKE '%\\_data' ESCAPE '\\', name`,
    )
    .all();
  return rows.map(({ name }) => name);
}

/** Makes a copy a single file without a log beside it, and looks at all of it. */
export function settled(file: string): { schema: number; problems: string[] } {
  const db = new Database(file, { fileMustExist: true });
  try {
    db.pragma('journal_mode = DELETE');
    const problems = problemsOf(db, 'integrity_check');
    if (problems.length === 0) {
      const loose = db.pragma('foreign_key_check') as { table: string; parent: string }[];
      problems.push(
        ...loose
          .slice(0, MOST_PROBLEMS)
          .map(({ table, parent }) => `a row of ${table} belongs to none of ${parent}`),
      );
    }
    return { schema: schemaOf(db), problems };
  } finally {
    db.close();
  }
}

function problemsOf(db: Database.Database, pragma: string): string[] {
  const rows = db.pragma(pragma) as Record<string, string>[];
  const lines = rows.map((row) => String(Object.values(row)[0]));
  return lines.length === 1 && lines[0] === 'ok' ? [] : lines.slice(0, MOST_PROBLEMS);
}

export function isDamage(error: unknown): boolean {
  const code = String((error as { code?: unknown } | null)?.code);
  return /^(SQLITE_CORRUPT|SQLITE_NOTADB|Z_DATA_ERROR|Z_BUF_ERROR)/.test(code);
}
