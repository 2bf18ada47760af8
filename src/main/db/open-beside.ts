import Database from 'better-sqlite3';

/** Reads only, beside a writer. */
export function openBeside(file: string): Database.Database {
  const db = new Database(file, { fileMustExist: true, timeout: 5000 });
  db.pragma('query_only = ON');
  return db;
}
