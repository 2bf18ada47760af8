import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { RunRef } from '#main/engines/engine.ts';
import { isFinal } from '#main/shared/final.ts';
import type { DeploymentStatus } from '#main/shared/run.ts';
import { temporaryFolder } from '#test/harness/folder.ts';

const FILE = 'drydock.db';

/** Where a run may go from a status; the last ones are completed later, perhaps. */
const next: Record<DeploymentStatus, DeploymentStatus[]> = {
  queued: ['running', 'cancelled', 'interrupted', 'failed'],
  running: ['cancelling', 'queued', 'succeeded', 'failed', 'cancelled', 'interrupted'],
  cancelling: ['succeeded', 'failed', 'cancelled', 'interrupted'],
  succeeded: ['succeeded'],
  failed: ['failed', 'succeeded'],
  cancelled: ['cancelled', 'succeeded'],
  interrupted: ['interrupted', 'succeeded'],
};

/**
 * What is wrong with the records of a data folder whose core was killed, whatever it was doing. They
 * are looked at as a copy: the next core is to find them as they are.
 */
export async function recordsAtWork(home: string): Promise<string[]> {
  await using copy = await temporaryFolder();
  for (const name of [FILE, `${FILE}-wal`]) {
    await copyFile(path.join(home, name), path.join(copy.path, name));
  }
  return withDb(path.join(copy.path, FILE), (db) => always(db));
}

/** The same when no run is left that runs or waits. */
export const recordsAtRest = (home: string): string[] =>
  withDb(path.join(home, FILE), (db) => {
    const rows = db.prepare('SELECT id, status, process FROM deployments').all() as {
      id: number;
      status: DeploymentStatus;
      process: string | null;
    }[];
    return [
      ...always(db),
      ...rows.flatMap(({ id, status, process }) => [
        ...(isFinal(status) ? [] : [`deployment ${id} is ${status}`]),
        ...(process === null ? [] : [`deployment ${id} has the process ${process}`]),
      ]),
      ...found(db, 'is locked', 'SELECT key AS what FROM run_locks'),
      ...found(
        db,
        'ends its journal with something else than its status',
        `SELECT id AS what FROM deployments d WHERE json_extract((SELECT j.data FROM journal j
           WHERE j.deployment_id = d.id ORDER BY j.seq DESC LIMIT 1), '$.status') IS NOT d.status`,
      ),
    ];
  });

/** What is recorded of the processes of chains. */
export const runningChains = (home: string): RunRef[] =>
  withDb(path.join(home, FILE), (db) =>
    (
      db.prepare('SELECT process FROM chains WHERE process IS NOT NULL').all() as {
        process: string;
      }[]
    ).map((chain) => JSON.parse(chain.process) as RunRef),
  );

/** How many transactions are recorded to have succeeded. */
export const recordedTransactions = (home: string): number =>
  withDb(
    path.join(home, FILE),
    (db) =>
      db
        .prepare<[], { n: number }>(
          "SELECT count(*) AS n FROM transactions WHERE json_extract(data, '$.status') = 'success'",
        )
        .get()?.n ?? 0,
  );

function withDb<T>(file: string, work: (db: Database.Database) => T): T {
  const db = new Database(file, { readonly: true });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

function always(db: Database.Database): string[] {
  const integrity = db.pragma('integrity_check') as { integrity_check: string }[];
  return [
    ...integrity.map((row) => row.integrity_check).filter((said) => said !== 'ok'),
    ...found(
      db,
      'has gaps in its journal',
      `SELECT deployment_id AS what FROM journal GROUP BY deployment_id
       HAVING max(seq + lines - 1) <> sum(lines)`,
    ),
    ...courses(db),
  ];
}

/** A status is one of the journal, and each one follows from the one before. */
function courses(db: Database.Database): string[] {
  const rows = db.prepare('SELECT id, status FROM deployments').all() as {
    id: number;
    status: DeploymentStatus;
  }[];
  const statuses = db.prepare<[number], { status: DeploymentStatus }>(
    `SELECT json_extract(data, '$.status') AS status FROM journal
     WHERE deployment_id = ? AND type = 'status' ORDER BY seq`,
  );
  return rows.flatMap(({ id, status }) => {
    const course = statuses.all(id).map((entry) => entry.status);
    const isCourse =
      course[0] === 'queued' &&
      course.at(-1) === status &&
      course.slice(1).every((to, index) => next[course[index] as DeploymentStatus].includes(to));
    return isCourse ? [] : [`deployment ${id} is ${status} after ${course.join(', ')}`];
  });
}

const found = (db: Database.Database, words: string, sql: string): string[] =>
  (db.prepare(sql).all() as { what: string | number }[]).map(({ what }) => `${what} ${words}`);
