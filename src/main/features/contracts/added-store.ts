import type { Db } from '../../db/open.ts';

/** A contract that the user has added. */
export interface AddedRow {
  network: string;
  /** With its checksum. */
  address: string;
  name: string;
  /** JSON. */
  abi: string;
  /** Unix time, ms. */
  addedAt: number;
}

const columns = 'network, address, name, abi, added_at AS addedAt';

/** Contracts that no project here has deployed. */
export function addedStore(db: Db) {
  const put = db.prepare<AddedRow>(
    `INSERT INTO added_contracts (network, address, name, abi, added_at)
     VALUES (@network, @address, @name, @abi, @addedAt)
     ON CONFLICT (network, address) DO UPDATE SET name = excluded.name, abi = excluded.abi`,
  );
  const at = db.prepare<[string, string], AddedRow>(
    `SELECT ${columns} FROM added_contracts WHERE network = ? AND address = ?`,
  );
  const named = db.prepare<[string, string], AddedRow>(
    `SELECT ${columns} FROM added_contracts WHERE network = ? AND name = ?`,
  );
  const called = db.prepare<[{ network: string | null; name: string }], AddedRow>(
    `SELECT ${columns} FROM added_contracts
     WHERE lower(name) = lower(@name) AND (@network IS NULL OR network = @network) LIMIT 1`,
  );
  const all = db.prepare<[{ network: string | null }], AddedRow>(
    `SELECT ${columns} FROM added_contracts WHERE @network IS NULL OR network = @network
     ORDER BY network, name`,
  );
  const remove = db.prepare('DELETE FROM added_contracts WHERE network = ? AND address = ?');
  const removeAll = db.prepare('DELETE FROM added_contracts WHERE network = ?');
  return {
    /** In the place of what was added at the address before. */
    put: (row: AddedRow): void => void put.run(row),
    at: (network: string, address: string): AddedRow | null => at.get(network, address) ?? null,
    named: (network: string, name: string): AddedRow | null => named.get(network, name) ?? null,
    /** With a name in any case, on a network or on any. */
    called: (network: string | null, name: string): AddedRow | null =>
      called.get({ network, name }) ?? null,
    all: (network: string | null): AddedRow[] => all.all({ network }),
    remove: (network: string, address: string): void => void remove.run(network, address),
    removeAll: (network: string): void => void removeAll.run(network),
    /** No other core writes meanwhile. */
    transaction: <T>(work: () => T): T => db.transaction(work).immediate(),
  };
}

export type AddedStore = ReturnType<typeof addedStore>;
