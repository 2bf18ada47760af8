import type { Db } from '../../db/open.ts';
import { bytesOf, hexOf } from '../../eth/hex-bytes.ts';
import { KEY_REACH, type StorageKey } from '../../eth/inside/storage-keys.ts';

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

  return {
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
    removeOrphans: (limit: number): number => removeOrphans.run(limit).changes,
  };
}

export type PreimagesStore = ReturnType<typeof preimagesStore>;
