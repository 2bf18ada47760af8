import type Database from 'better-sqlite3';
import { AppError } from '../shared/errors.ts';
import { migrations } from './migrations.ts';
import { schemaOf } from './schema.ts';

export const newestSchema = migrations.length;

/** Brings the schema to the newest version, whole or not at all. Forward only. */
export function migrate(db: Database.Database, steps: readonly string[] = migrations): void {
  if (schemaOf(db) === steps.length) return;
  db.transaction(() => {
    // Read again under the write lock: another core may have been faster.
    const from = schemaOf(db);
    if (from > steps.length) {
      throw new AppError(
        'DATA_FOLDER_UNUSABLE',
        `The data folder was written by a newer Drydock (schema ${from}, this one knows ${steps.length}). Update Drydock, or set DRYDOCK_HOME to another folder.`,
      );
    }
    for (const sql of steps.slice(from)) db.exec(sql);
    db.pragma(`user_version = ${steps.length}`);
  }).immediate();
}
