import type { Db } from '../../db/open.ts';
import type { NetworkEntry } from './contract.ts';

/** Why an account is in the list although it is none of the chain's own. */
export type EntryKind = 'watched' | 'impersonated';

const columns = 'network, address, note, since';

/** Addresses have their checksums. */
export function accountsStore(db: Db) {
  const all = db.prepare<[string, EntryKind], NetworkEntry>(
    `SELECT ${columns} FROM account_entries WHERE network = ? AND kind = ? ORDER BY since, address`,
  );
  const one = db.prepare<[string, EntryKind, string], NetworkEntry>(
    `SELECT ${columns} FROM account_entries WHERE network = ? AND kind = ? AND address = ?`,
  );
  const put = db.prepare<NetworkEntry & { kind: EntryKind }>(
    `INSERT INTO account_entries (network, kind, address, note, since)
     VALUES (@network, @kind, @address, @note, @since)
     ON CONFLICT (network, kind, address) DO UPDATE SET note = excluded.note`,
  );
  const remove = db.prepare<[string, EntryKind, string]>(
    'DELETE FROM account_entries WHERE network = ? AND kind = ? AND address = ?',
  );
  const removeAll = db.prepare('DELETE FROM account_entries WHERE network = ?');
  const networks = db
    .prepare<[EntryKind], string>('SELECT DISTINCT network FROM account_entries WHERE kind = ?')
    .pluck();
  return {
    /** In the order in which they were added. */
    all: (network: string, kind: EntryKind): NetworkEntry[] => all.all(network, kind),
    one: (network: string, kind: EntryKind, address: string): NetworkEntry | null =>
      one.get(network, kind, address) ?? null,
    /** One that is there keeps the time since when it is. */
    put: (kind: EntryKind, entry: NetworkEntry): void => void put.run({ ...entry, kind }),
    remove: (network: string, kind: EntryKind, address: string): void =>
      void remove.run(network, kind, address),
    /** Returns how many. */
    removeAll: (network: string): number => removeAll.run(network).changes,
    networksWith: (kind: EntryKind): string[] => networks.all(kind),
  };
}

export type AccountsStore = ReturnType<typeof accountsStore>;
