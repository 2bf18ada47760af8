import { statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { type Checkpoints, checkpointsOf } from '#main/db/checkpoints.ts';
import { type Db, openDb } from '#main/db/open.ts';
import { backupsService } from '#main/features/backups/service.ts';
import { inSmallSteps } from '#main/lib/small-steps.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { type Figure, plainFigure } from './figure.ts';

const LINES_IN_A_RUN = 100_000;
const LINES_IN_A_BATCH = 20;
const MOST_STALL_MS = 50;

/**
 * A database of about `gigabytes`, written to all the time as by a deployment with a busy log, alone
 * and during a backup: the longest that a write took on the main connection, from the moment it was
 * due, so that a blocked thread counts like a blocked database.
 */
export async function backupStalls(gigabytes: number): Promise<Figure[]> {
  await using folder = await temporaryFolder();
  const home = folder.path;
  const db = openDb(home);
  try {
    fill(db, home, gigabytes * 2 ** 30);
    const size = statSync(path.join(home, 'drydock.db')).size;
    const checkpoints = checkpointsOf(db);
    const backups = backupsService({
      home,
      logger: pino({ level: 'silent' }),
      changed: () => undefined,
      beside: checkpoints.paused,
    });
    const closing = new AbortController();
    const clearing = checkpoints.keptClear(closing.signal).catch(() => undefined);
    const alone = await writing(db, () => sleep(5000));
    const before = performance.now();
    const during = await writing(db, () => backups.create('manual'));
    const took = (performance.now() - before) / 1000;
    const [backup] = backups.list().items;
    const pruning = await longestStep(db, checkpoints);
    await backups.close();
    closing.abort();
    await clearing;
    const gb = (size / 2 ** 30).toFixed(2);
    return [
      plainFigure(
        `longest write during a backup of ${gb} GB`,
        during.longest,
        'ms',
        MOST_STALL_MS,
        {
          writes: during.writes,
          over10ms: during.over10,
          backupSeconds: took,
          backupBytes: backup?.bytes ?? 0,
          databaseBytes: size,
        },
      ),
      plainFigure('longest write without a backup', alone.longest, 'ms', null, {
        writes: alone.writes,
        over10ms: alone.over10,
      }),
      plainFigure('longest write transaction of pruning', pruning, 'ms', 20),
    ];
  } finally {
    db.close();
  }
}

function fill(db: Db, home: string, bytes: number): void {
  db.prepare(
    `INSERT INTO projects (id, name, path, kind, added_at) VALUES (1, 'bench', '/bench', 'foundry', 0)`,
  ).run();
  const run = db.prepare(
    `INSERT INTO deployments (id, number, project_id, target, status, created_at, ended_at, phases)
     VALUES (?, ?, 1, 'local', 'succeeded', 0, 1, '[]')`,
  );
  const line = db.prepare(
    `INSERT INTO journal (deployment_id, seq, at, type, data) VALUES (?, ?, 0, 'stdout', ?)`,
  );
  db.pragma('synchronous = OFF');
  const file = path.join(home, 'drydock.db');
  for (let id = 1; statSync(file).size < bytes; id++) {
    db.transaction(() => {
      run.run(id, id);
      for (let seq = 1; seq <= LINES_IN_A_RUN; seq++) line.run(id, seq, textOf(id * seq));
    })();
    db.pragma('wal_checkpoint(TRUNCATE)');
  }
  db.pragma('synchronous = NORMAL');
}

/** Like a log: some of it always the same, some of it hashes that nothing compresses. */
function textOf(seed: number): string {
  const hash = (BigInt(seed) * 0x9e3779b97f4a7c15n).toString(16).padStart(64, '0').slice(-64);
  return `[${seed}] [Success] Hash: 0x${hash} Block: ${seed % 4096} Paid: 0.00256 ETH`;
}

/** Batches of lines every few milliseconds for as long as `work` takes. */
async function writing(
  db: Db,
  work: () => Promise<unknown>,
): Promise<{ longest: number; over10: number; writes: number }> {
  const line = db.prepare(
    `INSERT INTO journal (deployment_id, seq, at, type, data) VALUES (1, ?, 0, 'stdout', ?)`,
  );
  let seq =
    (db.prepare('SELECT max(seq) AS n FROM journal WHERE deployment_id = 1').get() as { n: number })
      .n + 1;
  let over = false;
  const end = work().finally(() => {
    over = true;
  });
  const times: number[] = [];
  while (!over) {
    const due = performance.now() + 2;
    await sleep(2);
    db.transaction(() => {
      for (let i = 0; i < LINES_IN_A_BATCH; i++) line.run(seq, textOf(seq++));
    }).immediate();
    times.push(performance.now() - due);
  }
  await end;
  return {
    longest: Math.max(...times),
    over10: times.filter((ms) => ms > 10).length,
    writes: times.length,
  };
}

/** Deletes a run's lines like pruning does, and gives the pages back. */
async function longestStep(db: Db, checkpoints: Checkpoints): Promise<number> {
  const remove = db.prepare(
    `DELETE FROM journal WHERE deployment_id = 2 AND seq IN (
       SELECT seq FROM journal WHERE deployment_id = 2 AND type IN ('stdout', 'stderr', 'drydock')
       ORDER BY seq LIMIT ?)`,
  );
  const times: number[] = [];
  const timed = (work: () => number) => {
    const before = performance.now();
    const done = work();
    times.push(performance.now() - before);
    return done;
  };
  await checkpoints.paused(() =>
    inSmallSteps((size) => timed(() => remove.run(size).changes), { first: 200, most: 20_000 }),
  );
  return Math.max(...times);
}
