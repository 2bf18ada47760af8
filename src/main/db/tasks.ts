import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  openSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { copyFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { constants, createGunzip, createGzip } from 'node:zlib';
import Database from 'better-sqlite3';
import { schemaOf } from './schema.ts';

/** What a worker does with a database file over a connection of its own. */
export type Task =
  | { do: 'backup'; from: string; scratch: string; to: string }
  | { do: 'unpack'; from: string; to: string }
  | { do: 'check'; file: string; depth: CheckDepth; budgetMs: number | null }
  | { do: 'checkpoint'; file: string }
  | { do: 'keep-clear'; file: string; pages: number }
  | { do: 'query'; file: string; sql: string; params: readonly (string | number)[] };

/** `quick` leaves out whether indexes and tables agree. */
export type CheckDepth = 'quick' | 'full';

export interface Answers {
  backup: { schema: number; databaseBytes: number; bytes: number };
  unpack: { schema: number; problems: string[] };
  /** `complete`: false when the time ran out before every table was looked at. */
  check: { complete: boolean; problems: string[] };
  checkpoint: null;
  'keep-clear': never;
  query: Record<string, unknown>[];
}

export async function runTask(task: Task): Promise<Answers[Task['do']]> {
  switch (task.do) {
    case 'backup':
      return backup(task);
    case 'unpack':
      return unpack(task);
    case 'check':
      return check(task);
    case 'checkpoint':
      checkpoint(task.file);
      return null;
    case 'keep-clear':
      return keepClear(task);
    case 'query':
      return query(task);
  }
}

/** Pages in one step of a copy. */
const STEP_PAGES = 512;
/** So much is written before it is forced to the disk: a full write cache stalls every writer. */
const SYNC_EVERY_BYTES = 4 * 1024 * 1024;
const PIECE_BYTES = 256 * 1024;
const REMOVE_BYTES = 32 * 1024 * 1024;
const MOST_PROBLEMS = 20;
const MOST_PASSES = 20;
const CLEAR_EVERY_MS = 250;

/** Reads only, beside whoever writes. */
function openBeside(file: string): Database.Database {
  const db = new Database(file, { fileMustExist: true, timeout: 5000 });
  db.pragma('query_only = ON');
  return db;
}

/**
 * One consistent state of the database, taken while others write to it. The copy is checked whole,
 * compressed, read back and compared before this resolves; both files are on the disk then.
 */
async function backup(task: Task & { do: 'backup' }): Promise<Answers['backup']> {
  await copy(task.from, task.scratch);
  const { schema, problems } = settled(task.scratch);
  if (problems.length > 0) throw damaged(problems);
  const databaseBytes = statSync(task.scratch).size;
  const source = createHash('sha256');
  await pipeline(
    createReadStream(task.scratch, { highWaterMark: PIECE_BYTES }),
    async function* (pieces: AsyncIterable<Buffer>) {
      for await (const piece of pieces) {
        source.update(piece);
        yield piece;
      }
    },
    createGzip({ level: constants.Z_BEST_SPEED, chunkSize: PIECE_BYTES }),
    durably(task.to),
  );
  const readBack = createHash('sha256');
  await pipeline(
    createReadStream(task.to, { highWaterMark: PIECE_BYTES }),
    createGunzip({ chunkSize: PIECE_BYTES }),
    readBack,
  );
  if (readBack.digest('hex') !== source.digest('hex')) {
    throw new Error('the backup reads differently from what was written');
  }
  removeGently(task.scratch);
  return { schema, databaseBytes, bytes: statSync(task.to).size };
}

/** Bit by bit: to give a large file back at once keeps the disk from everybody else. */
function removeGently(file: string): void {
  for (let size = statSync(file).size; size > 0; size -= REMOVE_BYTES) truncateSync(file, size);
  rmSync(file);
}

/** Page by page inside one read transaction: what others write meanwhile isn't seen, nor held up. */
async function copy(from: string, to: string): Promise<void> {
  const db = openBeside(from);
  let target: number | undefined;
  try {
    db.exec('BEGIN');
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    await db.backup(to, {
      progress: () => {
        target ??= openSync(to, 'r+');
        fdatasyncSync(target);
        return STEP_PAGES;
      },
    });
    db.exec('COMMIT');
  } finally {
    if (target !== undefined) closeSync(target);
    db.close();
  }
  checkpoint(from);
}

/** Moves what piled up in the log while it was being read, so that no writer has to. */
function checkpoint(file: string): void {
  const db = new Database(file, { fileMustExist: true, timeout: 0 });
  try {
    clear(db);
  } finally {
    db.close();
  }
}

/**
 * Again and again, as others write meanwhile: only when nothing is left does the next writer begin
 * the log anew. Never holds a writer up.
 */
function clear(db: Database.Database): void {
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const [row] = db.pragma('wal_checkpoint(PASSIVE)') as { log: number; checkpointed: number }[];
    if (!row || row.checkpointed >= row.log) return;
  }
}

/** Until its thread is ended. */
async function keepClear({ file, pages }: Task & { do: 'keep-clear' }): Promise<never> {
  const db = new Database(file, { fileMustExist: true, timeout: 0 });
  for (;;) {
    await sleep(CLEAR_EVERY_MS);
    try {
      const [row] = db.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
      if (row && row.log - row.checkpointed > pages) clear(db);
    } catch {
      // A full disk, or somebody restores: looked at again.
    }
  }
}

/** Makes a copy a single file without a log beside it, and looks at all of it. */
function settled(file: string): { schema: number; problems: string[] } {
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

/** Makes a database file of a backup again. What is wrong with it is in `problems`. */
async function unpack(task: Task & { do: 'unpack' }): Promise<Answers['unpack']> {
  try {
    if (task.from.endsWith('.gz')) {
      await pipeline(
        createReadStream(task.from, { highWaterMark: PIECE_BYTES }),
        createGunzip({ chunkSize: PIECE_BYTES }),
        durably(task.to),
      );
    } else {
      await copyFile(task.from, task.to);
      if (existsSync(`${task.from}-wal`)) await copyFile(`${task.from}-wal`, `${task.to}-wal`);
    }
    const found = settled(task.to);
    const handle = openSync(task.to, 'r+');
    fsyncSync(handle);
    closeSync(handle);
    return found;
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { schema: 0, problems: [(error as Error).message] };
  }
}

/** Table by table, the small ones first, so that a budget of time covers as many as it can. */
function check(task: Task & { do: 'check' }): Answers['check'] {
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

function query(task: Task & { do: 'query' }): Answers['query'] {
  const db = openBeside(task.file);
  try {
    return db.prepare<unknown[], Record<string, unknown>>(task.sql).all(...task.params);
  } finally {
    db.close();
  }
}

function problemsOf(db: Database.Database, pragma: string): string[] {
  const rows = db.pragma(pragma) as Record<string, string>[];
  const lines = rows.map((row) => String(Object.values(row)[0]));
  return lines.length === 1 && lines[0] === 'ok' ? [] : lines.slice(0, MOST_PROBLEMS);
}

function isDamage(error: unknown): boolean {
  const code = String((error as { code?: unknown } | null)?.code);
  return /^(SQLITE_CORRUPT|SQLITE_NOTADB|Z_DATA_ERROR|Z_BUF_ERROR)/.test(code);
}

function damaged(problems: readonly string[]): Error {
  const error = new Error(problems[0] ?? 'the copy is damaged');
  return Object.assign(error, { code: 'SQLITE_CORRUPT' });
}

/** Writes a new file so that little is ever waiting to be written, and nothing once it ends. */
function durably(file: string) {
  return async (pieces: Readable | AsyncIterable<Buffer>): Promise<void> => {
    const handle = openSync(file, 'w', 0o600);
    try {
      let waiting = 0;
      for await (const piece of pieces as AsyncIterable<Buffer>) {
        writeSync(handle, piece);
        waiting += piece.length;
        if (waiting < SYNC_EVERY_BYTES) continue;
        fdatasyncSync(handle);
        waiting = 0;
      }
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  };
}
