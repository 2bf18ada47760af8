import type { Db } from '../../db/open.ts';

/** The key of an Etherscan-like API, sealed. */
export function abiSourcesStore(db: Db) {
  const get = db.prepare<[], { sealed: string }>(
    `SELECT sealed FROM abi_source_keys WHERE source = 'etherscan'`,
  );
  const put = db.prepare(
    `INSERT INTO abi_source_keys (source, sealed) VALUES ('etherscan', ?)
     ON CONFLICT (source) DO UPDATE SET sealed = excluded.sealed`,
  );
  const remove = db.prepare(`DELETE FROM abi_source_keys WHERE source = 'etherscan'`);
  return {
    sealed: (): string[] => get.all().map(({ sealed }) => sealed),
    get: (): string | null => get.get()?.sealed ?? null,
    put: (sealed: string): void => void put.run(sealed),
    remove: (): void => void remove.run(),
  };
}

export type AbiSourcesStore = ReturnType<typeof abiSourcesStore>;
