import type { Db } from '../../db/open.ts';
import type { ProcessRef } from '../../lib/process-ref.ts';

export interface LeaseRow {
  owner: ProcessRef;
  /** Unix time, ms. */
  renewedAt: number;
}

export function leaseStore(db: Db) {
  const get = db.prepare<[], { owner: string; renewedAt: number }>(
    'SELECT owner, renewed_at AS renewedAt FROM lease WHERE id = 1',
  );
  const put = db.prepare<[string, number]>(
    `INSERT INTO lease (id, owner, renewed_at) VALUES (1, ?, ?)
     ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, renewed_at = excluded.renewed_at`,
  );
  const renew = db.prepare<[number, string]>(
    'UPDATE lease SET renewed_at = ? WHERE id = 1 AND owner = ?',
  );
  const release = db.prepare<[string]>('DELETE FROM lease WHERE id = 1 AND owner = ?');

  const read = (): LeaseRow | undefined => {
    const row = get.get();
    return row && { ...row, owner: JSON.parse(row.owner) as ProcessRef };
  };
  return {
    holder: (): ProcessRef | undefined => read()?.owner,
    /** Takes the lease unless `isHeld` says that its holder still has it. Returns who has it. */
    take: db.transaction((owner: ProcessRef, now: number, isHeld: (row: LeaseRow) => boolean) => {
      const row = read();
      if (row && isHeld(row)) return row.owner;
      put.run(JSON.stringify(owner), now);
      return owner;
    }).immediate,
    /** False when another core has taken it. */
    renew: (owner: ProcessRef, now: number) => renew.run(now, JSON.stringify(owner)).changes === 1,
    release: (owner: ProcessRef) => void release.run(JSON.stringify(owner)),
  };
}

export type LeaseStore = ReturnType<typeof leaseStore>;
