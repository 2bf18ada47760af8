import type { Db } from '../../db/open.ts';
import type { NetworkKind } from './contract.ts';

export interface NetworkRow {
  name: string;
  kind: NetworkKind;
  chainId: number | null;
  sealedUrl: string | null;
  forkBlock: number | null;
  keepChainId: boolean;
  port: number | null;
}

export interface HeaderRow {
  network: string;
  /** In lower case. */
  name: string;
  sealedValue: string;
}

type Stored = Omit<NetworkRow, 'keepChainId'> & { keepChainId: number };

const columns = `name, kind, chain_id AS chainId, sealed_url AS sealedUrl, fork_block AS forkBlock,
  keep_chain_id AS keepChainId, port`;

export function networksStore(db: Db) {
  const all = db.prepare<[], Stored>(`SELECT ${columns} FROM networks ORDER BY name`);
  const byName = db.prepare<[string], Stored>(`SELECT ${columns} FROM networks WHERE name = ?`);
  const put = db.prepare<Stored>(
    `INSERT INTO networks (name, kind, chain_id, sealed_url, fork_block, keep_chain_id, port)
     VALUES (@name, @kind, @chainId, @sealedUrl, @forkBlock, @keepChainId, @port)
     ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, chain_id = excluded.chain_id,
       sealed_url = excluded.sealed_url, fork_block = excluded.fork_block,
       keep_chain_id = excluded.keep_chain_id, port = excluded.port`,
  );
  const remove = db.prepare('DELETE FROM networks WHERE name = ?');
  const headers = db.prepare<[], HeaderRow>(
    'SELECT network, name, sealed_value AS sealedValue FROM network_headers ORDER BY name',
  );
  const putHeader = db.prepare<HeaderRow>(
    `INSERT OR REPLACE INTO network_headers (network, name, sealed_value)
     VALUES (@network, @name, @sealedValue)`,
  );
  const removeHeader = db.prepare('DELETE FROM network_headers WHERE network = ? AND name = ?');
  const row = (stored: Stored): NetworkRow => ({
    ...stored,
    keepChainId: stored.keepChainId === 1,
  });

  return {
    all: () => all.all().map(row),
    sealed: () => [
      ...all.all().flatMap(({ sealedUrl }) => sealedUrl ?? []),
      ...headers.all().map(({ sealedValue }) => sealedValue),
    ],
    byName: (name: string) => {
      const stored = byName.get(name);
      return stored && row(stored);
    },
    put: (network: NetworkRow) =>
      void put.run({ ...network, keepChainId: network.keepChainId ? 1 : 0 }),
    remove: (name: string) => void remove.run(name),
    /** Those of all networks. A network that is removed loses its own. */
    headers: () => headers.all(),
    putHeader: (header: HeaderRow) => void putHeader.run(header),
    removeHeader: (network: string, name: string) => void removeHeader.run(network, name),
    transaction: <T>(work: () => T): T => db.transaction(work).immediate(),
  };
}

export type NetworksStore = ReturnType<typeof networksStore>;
