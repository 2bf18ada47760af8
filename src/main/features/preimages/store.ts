import type { Db } from '../../db/open.ts';
import { bytesOf, hexOf } from '../../eth/hex-bytes.ts';
import { KEY_REACH, type StorageKey } from '../../eth/inside/storage-keys.ts';

/** A transaction whose keys are not found yet, in its block. */
export interface Postponed {
  hash: string;
  block: string;
}

export function preimagesStore(db: Db) {
  const addNetwork = db.prepare(
    'INSERT INTO preimage_networks (name) VALUES (?) ON CONFLICT (name) DO NOTHING',
  );
  const networkId = db.prepare<[string], { id: number }>(
    'SELECT id FROM preimage_networks WHERE name = ?',
  );
  const removeNetwork = db.prepare('DELETE FROM preimage_networks WHERE name = ?');
  const add = db.prepare<[number, Buffer, Buffer, Buffer]>(
    `INSERT INTO preimages (network_id, address, hash, input) VALUES (?, ?, ?, ?)
     ON CONFLICT (network_id, address, hash) DO NOTHING`,
  );
  const of = db.prepare<[{ network: string; address: Buffer }], { hash: Buffer; input: Buffer }>(
    `SELECT p.hash, p.input FROM preimage_networks n
     JOIN preimages p ON p.network_id = n.id AND p.address = @address
     WHERE n.name = @network ORDER BY p.id`,
  );
  const before = db.prepare<[{ network: string; address: Buffer; slot: Buffer }], { hash: Buffer }>(
    `SELECT p.hash FROM preimage_networks n
     JOIN preimages p ON p.network_id = n.id AND p.address = @address AND p.hash <= @slot
     WHERE n.name = @network ORDER BY p.hash DESC LIMIT 1`,
  );
  const count = db.prepare<[number], { count: number }>(
    'SELECT count(*) AS count FROM preimages WHERE network_id = ?',
  );
  const removeOldest = db.prepare<[number, number]>(
    `DELETE FROM preimages WHERE id IN (
       SELECT id FROM preimages WHERE network_id = ? ORDER BY id LIMIT ?)`,
  );
  const removeOrphans = db.prepare<[number]>(
    `DELETE FROM preimages WHERE id IN (
       SELECT p.id FROM preimages p
       WHERE NOT EXISTS (SELECT 1 FROM preimage_networks n WHERE n.id = p.network_id) LIMIT ?)`,
  );

  const postpone = db.prepare<[number, Buffer, Buffer, Buffer]>(
    `INSERT INTO postponed_keys (network_id, address, hash, block_hash) VALUES (?, ?, ?, ?)
     ON CONFLICT (network_id, address, hash)
     DO UPDATE SET block_hash = excluded.block_hash, refused = 0`,
  );
  const postponed = db.prepare<
    [{ network: string; address: Buffer }],
    { hash: Buffer; block: Buffer; refused: number }
  >(
    `SELECT p.hash, p.block_hash AS block, p.refused FROM preimage_networks n
     JOIN postponed_keys p ON p.network_id = n.id AND p.address = @address
     WHERE n.name = @network ORDER BY p.id DESC`,
  );
  const found = db.prepare<[{ network: string; hash: Buffer }]>(
    `DELETE FROM postponed_keys WHERE hash = @hash
       AND network_id = (SELECT id FROM preimage_networks WHERE name = @network)`,
  );
  const refuse = db.prepare<[{ network: string; hash: Buffer }]>(
    `UPDATE postponed_keys SET refused = 1 WHERE hash = @hash
       AND network_id = (SELECT id FROM preimage_networks WHERE name = @network)`,
  );
  const forgetOldest = db.prepare<[{ network: number; most: number }]>(
    `DELETE FROM postponed_keys WHERE id IN (
       SELECT id FROM postponed_keys WHERE network_id = @network
       ORDER BY id DESC LIMIT -1 OFFSET @most)`,
  );
  const removeOrphansPostponed = db.prepare<[number]>(
    `DELETE FROM postponed_keys WHERE id IN (
       SELECT p.id FROM postponed_keys p
       WHERE NOT EXISTS (SELECT 1 FROM preimage_networks n WHERE n.id = p.network_id) LIMIT ?)`,
  );

  return {
    /** Notes that a transaction has hashed for the storage of contracts what is not known. */
    postpone: db.transaction(
      (network: string, { hash, block }: Postponed, addresses: readonly string[], most: number) => {
        addNetwork.run(network);
        const { id } = networkId.get(network) as { id: number };
        for (const address of addresses)
          postpone.run(id, bytesOf(address), bytesOf(hash), bytesOf(block));
        forgetOldest.run({ network: id, most });
      },
    ).immediate,
    /** The newest first. */
    postponed: (network: string, address: string): (Postponed & { refused: boolean })[] =>
      postponed.all({ network, address: bytesOf(address) }).map(({ hash, block, refused }) => ({
        ...{ hash: hexOf(hash), block: hexOf(block), refused: refused === 1 },
      })),
    found: (network: string, hash: string): void =>
      void found.run({ network, hash: bytesOf(hash) }),
    refuse: (network: string, hash: string): void =>
      void refuse.run({ network, hash: bytesOf(hash) }),
    /** Adds those that are not known, and deletes the oldest of the network beyond so many. */
    add: db.transaction((network: string, keys: readonly StorageKey[], most: number): void => {
      addNetwork.run(network);
      const { id } = networkId.get(network) as { id: number };
      let added = 0;
      for (const { address, hash, input } of keys) {
        added += add.run(id, bytesOf(address), bytesOf(hash), bytesOf(input)).changes;
      }
      if (added === 0) return;
      const over = (count.get(id)?.count ?? 0) - most;
      if (over > 0) removeOldest.run(id, over);
    }).immediate,
    /** In the order in which they were found. */
    of: (network: string, address: string): [hash: string, input: string][] =>
      of
        .all({ network, address: bytesOf(address) })
        .map(({ hash, input }) => [hexOf(hash), hexOf(input)]),
    /** Whether a slot lies behind a known hash of its contract. */
    explains(network: string, address: string, slot: bigint): boolean {
      const key = Buffer.from(slot.toString(16).padStart(64, '0'), 'hex');
      const found = before.get({ network, address: bytesOf(address), slot: key });
      return found !== undefined && slot - BigInt(hexOf(found.hash)) < KEY_REACH;
    },
    removeNetwork: (network: string): void => void removeNetwork.run(network),
    /** Deletes up to so many of networks that are gone. Returns how many. */
    removeOrphans: (limit: number): number =>
      removeOrphans.run(limit).changes + removeOrphansPostponed.run(limit).changes,
  };
}

export type PreimagesStore = ReturnType<typeof preimagesStore>;
