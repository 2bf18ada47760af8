import os from 'node:os';
import { describe, expect, it } from 'vitest';
import { type Db, openDb } from '#main/db/open.ts';
import { daysCsv } from '#main/shared/days-csv.ts';
import { openTestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { seedProject, seedRun } from '#test/harness/history.ts';

const DAY = 86_400_000;

/** At noon: no change of the clocks makes it another day. */
const noon = (daysAgo: number): number => new Date().setHours(12, 0, 0, 0) - daysAgo * DAY;

interface Opened extends AsyncDisposable {
  db: Db;
  client: Client;
}

/** A core of its own, and its database from beside it. */
async function open(): Promise<Opened> {
  const core = await openTestApp();
  const { client } = await openDoor('in-process', core.app);
  const db = openDb(core.home);
  return {
    ...{ db, client },
    async [Symbol.asyncDispose]() {
      db.close();
      await core[Symbol.asyncDispose]();
    },
  };
}

const phases = (db: Db, run: number, list: object[]) =>
  db.prepare('UPDATE deployments SET phases = ? WHERE id = ?').run(JSON.stringify(list), run);

describe('insights', () => {
  it('counts how runs ended by day and project, and measures those that succeeded', async () => {
    await using core = await open();
    const { db, client } = core;
    const vault = seedProject(db, 'vault');
    const market = seedProject(db, 'market');
    const first = seedRun(db, vault, { createdAt: noon(1), commit: 'abc', live: false });
    seedRun(db, vault, { createdAt: noon(1), commit: 'abc', status: 'failed' });
    seedRun(db, vault, { createdAt: noon(0), commit: 'def', status: 'interrupted' });
    seedRun(db, market, { createdAt: noon(0), status: 'cancelled' });
    seedRun(db, market, { createdAt: noon(40) });
    seedRun(db, market, { createdAt: noon(0), status: 'running' });
    db.prepare('UPDATE deployments SET dirty = 0').run();
    phases(db, first, [
      { id: 'compile', status: 'skipped', startedAt: 1, durationMs: 2 },
      { id: 'broadcast', status: 'done', startedAt: 1, durationMs: 700 },
      { id: 'record', status: 'waiting', startedAt: null, durationMs: null },
    ]);

    const told = await client.insights.runs({ days: 30 });
    expect(told.total).toEqual({ succeeded: 1, failed: 2, cancelled: 1 });
    expect(told.days).toHaveLength(30);
    expect(told.days.slice(-2)).toMatchObject([
      { succeeded: 1, failed: 1, cancelled: 0 },
      { succeeded: 0, failed: 1, cancelled: 1 },
    ]);
    expect(told.duration).toEqual({ median: 1000, p90: 1000 });
    expect(told.phases).toEqual([
      { id: 'broadcast', ran: 1, skipped: 0, duration: { median: 700, p90: 700 } },
      { id: 'compile', ran: 0, skipped: 1, duration: null },
    ]);
    expect(told.projects).toMatchObject([
      { project: { name: 'vault' }, succeeded: 1, failed: 2, unsteady: 1 },
      { project: { name: 'market' }, cancelled: 1, duration: null, unsteady: 0 },
    ]);
    expect(daysCsv(told).split('\r\n').at(-2)).toMatch(/^\d{4}-\d\d-\d\d,0,1,1$/);

    const alone = await client.insights.runs({ days: 365, project: 'market' });
    expect(alone.total).toEqual({ succeeded: 1, failed: 0, cancelled: 1 });
    expect(alone.projects).toHaveLength(1);
  });

  it('does not call runs of changed sources, or of other inputs, unsteady', async () => {
    await using core = await open();
    const { db, client } = core;
    const vault = seedProject(db, 'vault');
    seedRun(db, vault, { commit: 'abc' });
    const failed = seedRun(db, vault, { commit: 'abc', status: 'failed' });
    const unsteady = async () => (await client.insights.runs({})).projects[0]?.unsteady;
    db.prepare('UPDATE deployments SET dirty = 2').run();
    expect(await unsteady()).toBe(0);
    db.prepare('UPDATE deployments SET dirty = 0').run();
    expect(await unsteady()).toBe(1);
    db.prepare(`UPDATE deployments SET input = '{"sig":"other()"}' WHERE id = ?`).run(failed);
    expect(await unsteady()).toBe(0);
  });

  it('names of every project and target the newest run that is in place', async () => {
    await using core = await open();
    const { db, client } = core;
    const vault = seedProject(db, 'vault');
    seedRun(db, vault, { live: true });
    const newest = seedRun(db, vault, { live: true, contracts: [{ name: 'A', address: '0xa' }] });
    seedRun(db, vault, { live: false });
    const forked = seedRun(db, vault, { live: true, network: 'base' });
    const standing = await client.insights.standing();
    expect(standing.map(({ deployment }) => [deployment.id, deployment.target])).toEqual([
      [forked, 'base'],
      [newest, 'local'],
    ]);
    expect(standing[1]?.summary).toMatchObject({ family: 'contracts', contractCount: 1 });
  });

  it('knows the memory and the disk of the machine', async () => {
    await using core = await open();
    const { memory, disk } = await core.client.insights.machine();
    expect(memory.totalBytes).toBeLessThanOrEqual(os.totalmem());
    for (const { totalBytes, availableBytes } of [memory, disk]) {
      expect(availableBytes).toBeGreaterThan(0);
      expect(totalBytes).toBeGreaterThanOrEqual(availableBytes);
    }
  });
});
