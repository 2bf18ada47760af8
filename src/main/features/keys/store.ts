import type { Db } from '../../db/open.ts';

/** What is known of a key beside its keystore. */
export interface KeyRow {
  name: string;
  address: string | null;
  /** Its password; null: the user has it. */
  sealed: string | null;
  /** Wrong passwords in a row. */
  failures: number;
  /** Of the last wrong one; Unix time, ms. */
  failedAt: number | null;
}

export function keysStore(db: Db) {
  const all = db.prepare<[], KeyRow>(
    'SELECT name, address, sealed, failures, failed_at AS failedAt FROM keys',
  );
  const put = db.prepare<[KeyRow]>(
    `INSERT INTO keys (name, address, sealed, failures, failed_at)
     VALUES (@name, @address, @sealed, @failures, @failedAt)
     ON CONFLICT (name) DO UPDATE SET address = excluded.address, sealed = excluded.sealed,
       failures = excluded.failures, failed_at = excluded.failed_at`,
  );
  const remove = db.prepare<[string]>('DELETE FROM keys WHERE name = ?');
  return {
    all: (): KeyRow[] => all.all(),
    put: (row: KeyRow): void => void put.run(row),
    remove: (name: string): void => void remove.run(name),
    sealed: (): string[] => all.all().flatMap(({ sealed }) => sealed ?? []),
  };
}

export type KeysStore = ReturnType<typeof keysStore>;
