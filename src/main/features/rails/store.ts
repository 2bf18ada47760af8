import type { Db } from '../../db/open.ts';
import type { Freeze, OpenDoor } from './contract.ts';

/** What was set for a network; null stands for the default. */
export interface RailsRow {
  network: string;
  production: boolean | null;
  doors: readonly OpenDoor[] | null;
  /** With their checksums. */
  senders: readonly string[] | null;
  /** Wei. */
  dailyLimit: string | null;
  confirmations: number | null;
  freeze: Freeze | null;
}

type Raw = { [K in keyof RailsRow]: K extends 'confirmations' ? number | null : string | null } & {
  network: string;
};

const JSON_FIELDS = ['production', 'doors', 'senders', 'freeze'] as const;

/** Rails of networks, by their names. */
export function railsStore(db: Db) {
  const get = db.prepare<[string], Raw>(
    `SELECT network, production, doors, senders, daily_limit AS dailyLimit, confirmations, freeze
     FROM network_rails WHERE network = ?`,
  );
  const put = db.prepare(
    `INSERT OR REPLACE INTO network_rails
       (network, production, doors, senders, daily_limit, confirmations, freeze)
     VALUES (@network, @production, @doors, @senders, @dailyLimit, @confirmations, @freeze)`,
  );
  const remove = db.prepare('DELETE FROM network_rails WHERE network = ?');
  return {
    get(network: string): RailsRow {
      const raw = get.get(network);
      return raw ? rowOf(raw) : defaults(network);
    },
    put(row: RailsRow): void {
      const texts = JSON_FIELDS.map((field) => [
        field,
        row[field] === null ? null : JSON.stringify(row[field]),
      ]);
      put.run({ ...row, ...Object.fromEntries(texts) });
    },
    remove: (network: string): void => void remove.run(network),
    transaction: <T>(work: () => T): T => db.transaction(work).immediate(),
  };
}

export type RailsStore = ReturnType<typeof railsStore>;

const defaults = (network: string): RailsRow => ({
  network,
  ...{ production: null, doors: null, senders: null, dailyLimit: null },
  ...{ confirmations: null, freeze: null },
});

const rowOf = ({ network, dailyLimit, confirmations, ...texts }: Raw): RailsRow => ({
  ...{ network, dailyLimit, confirmations },
  production: parsed(texts.production),
  doors: parsed(texts.doors),
  senders: parsed(texts.senders),
  freeze: parsed(texts.freeze),
});

const parsed = <T>(text: string | null): T | null => (text === null ? null : JSON.parse(text));
