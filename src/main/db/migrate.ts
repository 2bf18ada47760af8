import type Database from 'better-sqlite3';
import { AppError } from '../kit/errors.ts';
import { migrations } from './migrations.ts';

/** Brings the schema to the newest version, whole or not at all. Forward only. */
export function migrate(db: Database.Database): void {
  const version = () => db.pragma('user_version', { simple: true }) as number;
  if (version() === migrations.length) return;
  db.transaction(() => {
    // Read again under the write lock: another core may have been faster.
    const from = version();
    if (from > migrations.length) {
      throw new AppError(
        'DATA_FOLDER_UNUSABLE',
        `The data folder was written by a newer Drydock (schema ${from}, this one knows ${migrations.length}). Update Drydock, or set DRYDOCK_HOME to another folder.`,
      );
    }
    for (const sql of migrations.slice(from)) db.exec(sql);
    db.pragma(`user_version = ${migrations.length}`);
  }).immediate();
}
