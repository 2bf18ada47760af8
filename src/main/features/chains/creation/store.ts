import type { Db } from '../../../db/open.ts';

/** How a chain was created; null: as anvil does by default. */
export interface CreationRow {
  hardfork: string | null;
  chainId: number | null;
  /** How many development accounts it has. */
  accounts: number | null;
  /** Of each of them, in ether. */
  balance: number | null;
  sealedMnemonic: string | null;
}

export interface KeptCreation extends CreationRow {
  id: number;
  chain: string;
}

const columns = `id, chain, hardfork, chain_id AS chainId, accounts, balance,
  sealed_mnemonic AS sealedMnemonic`;

/** How chains were created, and those that their snapshots were taken of. */
export function creationsStore(db: Db) {
  const ofChain = db.prepare<[string], KeptCreation>(
    `SELECT ${columns} FROM chain_creations
     WHERE id = (SELECT creation FROM chains WHERE name = ?)`,
  );
  const all = db.prepare<[], KeptCreation>(`SELECT ${columns} FROM chain_creations ORDER BY id`);
  const insert = db.prepare<CreationRow & { chain: string }, { id: number }>(
    `INSERT INTO chain_creations (chain, hardfork, chain_id, accounts, balance, sealed_mnemonic)
     VALUES (@chain, @hardfork, @chainId, @accounts, @balance, @sealedMnemonic) RETURNING id`,
  );
  const reseal = db.prepare('UPDATE chain_creations SET sealed_mnemonic = ? WHERE id = ?');
  const prune = db.prepare(
    `DELETE FROM chain_creations WHERE chain = ?
       AND id NOT IN (SELECT creation FROM chains WHERE creation IS NOT NULL
                      UNION SELECT creation FROM snapshots WHERE creation IS NOT NULL)`,
  );

  return {
    /** undefined: it was created as anvil does by default, or never. */
    of(chain: string): CreationRow | undefined {
      const { id: _id, chain: _chain, ...row } = ofChain.get(chain) ?? {};
      return 'hardfork' in row ? (row as CreationRow) : undefined;
    },
    all: () => all.all(),
    sealed: () => all.all().flatMap(({ sealedMnemonic }) => sealedMnemonic ?? []),
    /** Returns its id, for the record of the chain. */
    add: (chain: string, row: CreationRow) => (insert.get({ ...row, chain }) as { id: number }).id,
    reseal: (id: number, sealed: string) => void reseal.run(sealed, id),
    /** Deletes those that neither the chain nor any snapshot of it was made with. */
    prune: (chain: string) => void prune.run(chain),
  };
}

export type CreationsStore = ReturnType<typeof creationsStore>;
