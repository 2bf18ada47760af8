import type { Db } from '../../db/open.ts';

/** Contracts that stand at the top of lists. */
export function pinsStore(db: Db) {
  const put = db.prepare(
    `INSERT INTO pinned_contracts (network, address, pinned_at) VALUES (?, ?, ?)
     ON CONFLICT (network, address) DO NOTHING`,
  );
  const remove = db.prepare('DELETE FROM pinned_contracts WHERE network = ? AND address = ?');
  const removeAll = db.prepare('DELETE FROM pinned_contracts WHERE network = ?');
  const all = db.prepare<[{ network: string | null }], { network: string; address: string }>(
    `SELECT network, address FROM pinned_contracts WHERE @network IS NULL OR network = @network
     ORDER BY pinned_at, network, address`,
  );
  const has = db.prepare<[string, string], { n: number }>(
    'SELECT 1 AS n FROM pinned_contracts WHERE network = ? AND address = ?',
  );
  return {
    has: (network: string, address: string): boolean => has.get(network, address) !== undefined,
    /** @param address with its checksum */
    put: (network: string, address: string): void => void put.run(network, address, Date.now()),
    remove: (network: string, address: string): void => void remove.run(network, address),
    removeAll: (network: string): void => void removeAll.run(network),
    all: (network: string | null) => all.all({ network }),
  };
}

export type PinsStore = ReturnType<typeof pinsStore>;
