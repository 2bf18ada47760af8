import type { Db } from '#main/db/open.ts';

/** Labels so many addresses as if a user had: `berth 1`, `berth 2`, … on all networks. */
export function seedLabels(db: Db, count: number): void {
  const put = db.prepare(
    `INSERT INTO address_labels (address, network, label, folded, color, changed_at)
     VALUES (@address, '', @label, @label, NULL, @at)`,
  );
  db.transaction(() => {
    for (let i = 1; i <= count; i++) {
      // Digits alone: they are their own checksum.
      put.run({ address: `0x${String(i).padStart(40, '0')}`, label: `berth ${i}`, at: i * 1000 });
    }
  })();
}
