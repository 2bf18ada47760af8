/**
 * A data folder as a released version left it when the machine went off: made by driving that
 * version through its contract, with real chains and compilers. It holds every sort of row:
 *
 * - 1–18 have ended: succeeded, failed, cancelled and interrupted ones, with retries, arguments,
 *   several contracts, another chain, a remote network, a fork, and a part of them reverted
 * - 19 was running and 20 and 21 were waiting
 * - 22 is of a still older version, whose later columns were never written
 *
 * `<schema>.sql` is its database, and `<schema>.json` what that version answered about it once 19
 * to 21 were deleted. Projects lie in /projects, which needn't be there.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { appRoot } from '#main/lib/app-root.ts';
import { temporaryFolder } from '#test/harness/folder.ts';

const fixtures = path.join(appRoot(), 'test/fixtures/released');

/** The schema that the version had. */
export const releasedSchema = 22;
export const unfinished = [19, 20, 21] as const;
/** What its addresses and secrets, all made up, are sealed under. */
const key = '0123456789abcdef'.repeat(4);

export interface Answer {
  call: string;
  input: unknown;
  answer: unknown;
}

export const releasedAnswers = (): Answer[] =>
  JSON.parse(readFileSync(path.join(fixtures, `0${releasedSchema}.json`), 'utf8'));

export interface ReleasedFolder extends AsyncDisposable {
  home: string;
  file: string;
  /** The database as it was. Close it. */
  before(): Database.Database;
}

/** @param change of the dump and of the database, before today's code sees it */
export async function releasedFolder(
  change: { sql?: (dump: string) => string; rows?: string } = {},
): Promise<ReleasedFolder> {
  const folder = await temporaryFolder();
  const file = path.join(folder.path, 'drydock.db');
  const dump = readFileSync(path.join(fixtures, `0${releasedSchema}.sql`), 'utf8');
  const fill = (name: string) => {
    const db = new Database(name);
    // For the tables that the search index is made of.
    db.unsafeMode();
    db.exec(change.sql?.(dump) ?? dump);
    db.unsafeMode(false);
    db.exec(change.rows ?? '');
    return db;
  };
  writeFileSync(file, '', { mode: 0o600 });
  fill(file).close();
  writeFileSync(path.join(folder.path, 'secret.key'), key, { mode: 0o600 });
  return {
    home: folder.path,
    file,
    before: () => fill(':memory:'),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}
