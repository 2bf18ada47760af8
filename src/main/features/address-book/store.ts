import type { Db } from '../../db/open.ts';
import { foldedLabel as folded } from '../../shared/folded-label.ts';
import type { LabelColor, LabelledAddress } from './contract.ts';

/** '' is every network: a key can't be null. */
type Row = Omit<LabelledAddress, 'network'> & { network: string };

const columns = 'address, network, label, color, changed_at AS changedAt';
const holdsOn = `network IN (@network, '')`;
/** The label of the one network comes first. */
const nearest = `ORDER BY network = '' LIMIT 1`;

/** Addresses have their checksums; a network that is null stands for all of them. */
export function addressBookStore(db: Db) {
  const list = db.prepare<[{ network: string | null; address: string | null }], Row>(
    `SELECT ${columns} FROM address_labels
     WHERE (@network IS NULL OR ${holdsOn}) AND (@address IS NULL OR address = @address)
     ORDER BY folded, network, address`,
  );
  const one = db.prepare<[string, string], Row>(
    `SELECT ${columns} FROM address_labels WHERE address = ? AND network = ?`,
  );
  const at = db.prepare<[{ network: string; address: string }], Row>(
    `SELECT ${columns} FROM address_labels WHERE address = @address AND ${holdsOn} ${nearest}`,
  );
  const named = db.prepare<[{ network: string; folded: string }], { address: string }>(
    `SELECT address FROM address_labels WHERE folded = @folded AND ${holdsOn} ${nearest}`,
  );
  const alike = db.prepare<[{ network: string; folded: string; limit: number }], Row>(
    `SELECT ${columns} FROM address_labels WHERE instr(folded, @folded) > 0 AND ${holdsOn}
     ORDER BY folded, network = '' LIMIT @limit`,
  );
  const other = db.prepare<[{ network: string; folded: string; address: string }], Row>(
    `SELECT ${columns} FROM address_labels
     WHERE folded = @folded AND address <> @address AND (@network = '' OR ${holdsOn}) LIMIT 1`,
  );
  const put = db.prepare<Row & { folded: string }>(
    `INSERT INTO address_labels (address, network, label, folded, color, changed_at)
     VALUES (@address, @network, @label, @folded, @color, @changedAt)
     ON CONFLICT (address, network) DO UPDATE SET label = excluded.label,
       folded = excluded.folded, color = excluded.color, changed_at = excluded.changed_at`,
  );
  const remove = db.prepare('DELETE FROM address_labels WHERE address = ? AND network = ?');
  const removeAll = db.prepare('DELETE FROM address_labels WHERE network = ?');

  return {
    /** Those that hold on a network, of one address or of all; by label. */
    list: (filter: { network?: string; address?: string }): LabelledAddress[] =>
      list.all({ network: filter.network ?? null, address: filter.address ?? null }).map(fromRow),
    /** Exactly of this network, or of all. */
    get(address: string, network: string | null): LabelledAddress | null {
      const row = one.get(address, network ?? '');
      return row ? fromRow(row) : null;
    },
    at(network: string, address: string): { label: string; color: LabelColor | null } | null {
      return at.get({ network, address }) ?? null;
    },
    addressOf: (network: string, label: string): string | null =>
      named.get({ network, folded: folded(label) })?.address ?? null,
    /** Those whose label contains a text. */
    alike: (network: string, text: string, limit: number): LabelledAddress[] =>
      alike.all({ network, folded: folded(text), limit }).map(fromRow),
    /** Another address with this label, on a network that both hold on. */
    other(label: string, network: string | null, address: string): LabelledAddress | null {
      const row = other.get({ folded: folded(label), network: network ?? '', address });
      return row ? fromRow(row) : null;
    },
    put: ({ network, ...row }: LabelledAddress): void =>
      void put.run({ ...row, network: network ?? '', folded: folded(row.label) }),
    remove: (address: string, network: string | null): void =>
      void remove.run(address, network ?? ''),
    /** Returns how many. */
    removeAll: (network: string): number => removeAll.run(network).changes,
    /** No other core writes meanwhile. */
    transaction: <T>(work: () => T): T => db.transaction(work).immediate(),
  };
}

export type AddressBookStore = ReturnType<typeof addressBookStore>;

const fromRow = ({ network, ...row }: Row): LabelledAddress => ({
  ...row,
  network: network === '' ? null : network,
});
