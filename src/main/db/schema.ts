import type Database from 'better-sqlite3';

/** Version of a database's schema; 0 for a new one. */
export const schemaOf = (db: Database.Database): number =>
  db.pragma('user_version', { simple: true }) as number;
