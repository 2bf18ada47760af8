import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { checkpointsOf } from '#main/db/checkpoints.ts';
import { type Db, openDb } from '#main/db/open.ts';
import { temporaryFolder } from '#test/harness/folder.ts';

const left = (db: Db) => {
  const [row] = db.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
  return (row?.log ?? 0) - (row?.checkpointed ?? 0);
};

/** Pages that are written with what they hold already are not written. */
let round = 0;

function write(db: Db, pages: number): void {
  round++;
  const put = db.prepare('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)');
  db.transaction(() => {
    for (let i = 0; i < pages; i++) put.run(`filler ${i}`, String(round % 10).repeat(4000));
  })();
}

test('a thread clears the log, not the writer; after its end the writer does again', async () => {
  await using home = await temporaryFolder();
  const db = openDb(home.path);
  try {
    const checkpoints = checkpointsOf(db);
    const closing = new AbortController();
    const ended = checkpoints.keptClear(closing.signal);
    write(db, 6000);
    expect(left(db)).toBeGreaterThan(6000);
    while (left(db) > 0) await sleep(20);
    closing.abort(new Error('closed'));
    await expect(ended).rejects.toThrow('closed');
    write(db, 2000);
    expect(left(db)).toBe(0);
    await checkpoints.paused(async () => {
      write(db, 2000);
      expect(left(db)).toBeGreaterThan(2000);
    });
    write(db, 1);
    expect(left(db)).toBe(0);
  } finally {
    db.close();
  }
});
