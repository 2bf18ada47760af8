import type { Db } from '../../db/open.ts';
import { foldedLabel } from '../../shared/folded-label.ts';
import type { SavedCall } from './contract/saved-calls.ts';

/** A call as it was typed: a name in it stands for whatever has that name when it is run. */
export type SavedCallRow = Omit<SavedCall, 'address'>;

type Stored = Omit<SavedCallRow, 'arguments' | 'sends'> & { arguments: string; sends: number };

const columns = `name, network, contract, function, arguments, sender AS "from", value, sends,
  saved_at AS savedAt`;

/** Calls by name; a name is the same in any case. */
export function savedCallsStore(db: Db) {
  const all = db.prepare<[{ network: string | null }], Stored>(
    `SELECT ${columns} FROM saved_calls WHERE @network IS NULL OR network = @network
     ORDER BY network, folded`,
  );
  const one = db.prepare<[string, string], Stored>(
    `SELECT ${columns} FROM saved_calls WHERE network = ? AND folded = ?`,
  );
  const put = db.prepare<Stored & { folded: string }>(
    `INSERT INTO saved_calls
       (network, name, folded, contract, function, arguments, sender, value, sends, saved_at)
     VALUES
       (@network, @name, @folded, @contract, @function, @arguments, @from, @value, @sends, @savedAt)
     ON CONFLICT (network, folded) DO UPDATE SET name = excluded.name,
       contract = excluded.contract, function = excluded.function,
       arguments = excluded.arguments, sender = excluded.sender, value = excluded.value,
       sends = excluded.sends, saved_at = excluded.saved_at`,
  );
  const remove = db.prepare('DELETE FROM saved_calls WHERE network = ? AND folded = ?');
  const removeAll = db.prepare('DELETE FROM saved_calls WHERE network = ?');
  const stored = ({ sends, ...row }: SavedCallRow) => ({
    ...row,
    arguments: JSON.stringify(row.arguments),
    sends: sends ? 1 : 0,
    folded: foldedLabel(row.name),
  });

  return {
    all: (network: string | null): SavedCallRow[] => all.all({ network }).map(fromStored),
    get(network: string, name: string): SavedCallRow | null {
      const row = one.get(network, foldedLabel(name));
      return row ? fromStored(row) : null;
    },
    /** In the place of one with its name. */
    put: (row: SavedCallRow): void => void put.run(stored(row)),
    remove: (network: string, name: string): void => void remove.run(network, foldedLabel(name)),
    /** Returns how many. */
    removeAll: (network: string): number => removeAll.run(network).changes,
    /** No other core writes meanwhile. */
    transaction: <T>(work: () => T): T => db.transaction(work).immediate(),
  };
}

export type SavedCallsStore = ReturnType<typeof savedCallsStore>;

const fromStored = ({ arguments: given, sends, ...row }: Stored): SavedCallRow => ({
  ...row,
  arguments: JSON.parse(given),
  sends: sends === 1,
});
