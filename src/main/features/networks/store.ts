import type { Db } from '../../db/open.ts';
import type { LabelColor } from '../address-book/contract.ts';
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

/** How lists show a network. */
export interface NetworkLook {
  name: string;
  /** What it is called there; empty: by its name. */
  label: string;
  color: LabelColor | null;
  /** The heading that it stands under; empty: none. */
  group: string;
  /** From the top; null: behind those that have one. */
  position: number | null;
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
  const looks = db.prepare<[], NetworkLook>(
    'SELECT name, label, color, in_group AS "group", position FROM network_looks',
  );
  const setLook = db.prepare<Omit<NetworkLook, 'position'>>(
    `INSERT INTO network_looks (name, label, color, in_group) VALUES (@name, @label, @color, @group)
     ON CONFLICT (name) DO UPDATE SET label = excluded.label, color = excluded.color,
       in_group = excluded.in_group`,
  );
  const setPosition = db.prepare(
    `INSERT INTO network_looks (name, position) VALUES (@name, @position)
     ON CONFLICT (name) DO UPDATE SET position = excluded.position`,
  );
  const removeLook = db.prepare('DELETE FROM network_looks WHERE name = ?');
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
    remove: db.transaction((name: string) => {
      remove.run(name);
      removeLook.run(name);
    }),
    looks: () => looks.all(),
    setLook: (look: Omit<NetworkLook, 'position'>) => void setLook.run(look),
    setPosition: (name: string, position: number) => void setPosition.run({ name, position }),
    /** Those of all networks. A network that is removed loses its own. */
    headers: () => headers.all(),
    putHeader: (header: HeaderRow) => void putHeader.run(header),
    removeHeader: (network: string, name: string) => void removeHeader.run(network, name),
    transaction: <T>(work: () => T): T => db.transaction(work).immediate(),
  };
}

export type NetworksStore = ReturnType<typeof networksStore>;
