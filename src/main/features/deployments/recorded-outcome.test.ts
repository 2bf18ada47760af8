import { readdirSync, rmSync, truncateSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openTestApp } from '#test/harness/app.ts';
import { openDoor } from '#test/harness/doors.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { made } from '#test/harness/made.ts';
import type { Transaction } from '../../shared/result.ts';

const SENT = 3;

/** What Drydock's records know about the run, and what its file still says. */
type Noted = 'planned' | 'nothing';

/** A run that was recorded to its end, as it is when core and tool are killed midway. */
async function killedInTheMiddle(home: string, folder: string, noted: Noted) {
  const core = await openTestApp({ home });
  const { client } = await openDoor('in-process', core.app);
  const { id: project } = await client.projects.add({ path: folder });
  const { id } = await client.deployments.start({
    project,
    target: 'local',
    input: { script: 'script/Many.s.sol', sig: 'run(uint256)', args: [`${SENT}`] },
  });
  for await (const _ of await client.deployments.watch({ id })) {
    // The result doesn't matter, only that it ended.
  }
  expect((await client.deployments.get({ id })).failure).toBeNull();
  await core[Symbol.asyncDispose]();

  const results = path.join(folder, 'broadcast/Many.s.sol/31337');
  for (const name of readdirSync(results)) {
    if (name === 'run-latest.json') truncateSync(path.join(results, name), 200);
    else rmSync(path.join(results, name));
  }
  const db = new Database(path.join(home, 'drydock.db'));
  const row = db.prepare('SELECT phases FROM deployments WHERE id = ?').get(id) as {
    phases: string;
  };
  const phases = (JSON.parse(row.phases) as { id: string; status: string }[]).map((phase) =>
    phase.id === 'broadcast' ? { ...phase, status: 'running' } : phase,
  );
  db.prepare(
    `UPDATE deployments SET status = 'running', live = NULL, ended_at = NULL, phases = ?,
       owner = '{"pid":1,"startedAt":"gone"}' WHERE id = ?`,
  ).run(JSON.stringify(phases), id);
  db.prepare('DELETE FROM contracts WHERE deployment_id = ?').run(id);
  if (noted === 'nothing') db.prepare('DELETE FROM transactions WHERE deployment_id = ?').run(id);
  const all = db
    .prepare('SELECT position, data FROM transactions WHERE deployment_id = ?')
    .all(id) as {
    position: number;
    data: string;
  }[];
  for (const { position, data } of all.slice(1)) {
    const planned: Transaction = {
      ...(JSON.parse(data) as Transaction),
      ...{ hash: null, blockNumber: null, gasUsed: null, gasPrice: null },
      ...{ status: 'queued', verified: false },
    };
    db.prepare(
      'UPDATE transactions SET hash = NULL, data = ? WHERE deployment_id = ? AND position = ?',
    ).run(JSON.stringify(planned), id, position);
  }
  db.close();
  return id;
}

test.each([
  ['planned', 'succeeded', SENT],
  ['nothing', 'interrupted', 0],
] as const)(
  'half a file, and %s in our records: the run is %s, and nothing is sent again',
  async (noted, status, found) => {
    await using home = await temporaryFolder();
    await using fixture = await copyFixture('broken', { compiled: true });
    const id = await killedInTheMiddle(home.path, fixture.folder, noted);
    const core = await openTestApp({ home: home.path, follow: true });
    const { client } = await openDoor('in-process', core.app);
    try {
      const run = await client.deployments.get({ id });
      expect(run).toMatchObject({ status, attempt: 1 });
      expect(
        made(run).transactions.filter((t) => t.verified && t.status === 'success'),
      ).toHaveLength(found);
      expect(made(run).contracts.filter((c) => c.verified && c.name === 'Gate')).toHaveLength(
        found,
      );
      expect(await client.deployments.queue()).toEqual({ running: [], waiting: [] });
      expect((await client.chains.get({ chain: 'local' })).blockNumber).toBe(SENT);
    } finally {
      await client.chains.stop({ chain: 'local' });
      await core[Symbol.asyncDispose]();
    }
  },
);

const DAY_MS = 24 * 3_600_000;

const GONE = { pid: 4194000, startedAt: 'gone' };

/** As when Docker stopped midway: the run has ended, and its processes may still run. */
function lost(home: string, id: number, endedAt: number, ref: object = GONE): void {
  const db = new Database(path.join(home, 'drydock.db'));
  const failure = { code: 'ENGINE_UNAVAILABLE', message: 'The Docker daemon went away.' };
  db.prepare(
    `UPDATE deployments SET status = 'failed', ended_at = ?, failure = ?, dead_letter = 1, owner = NULL,
       process = ? WHERE id = ?`,
  ).run(endedAt, JSON.stringify(failure), JSON.stringify(ref), id);
  db.close();
}

async function stopChain(home: string): Promise<void> {
  const core = await openTestApp({ home });
  const { client } = await openDoor('in-process', core.app);
  await client.chains.stop({ chain: 'local' });
  await core[Symbol.asyncDispose]();
}

test.each([
  ['planned', 'running', 'succeeded', null],
  ['nothing', 'running', 'failed', 'can not be told: look at the chain'],
  ['planned', 'stopped', 'failed', 'could not be checked against the chain'],
] as const)(
  'a lost run with half a file, %s in our records, its chain %s: it is %s',
  async (noted, chain, status, said) => {
    await using home = await temporaryFolder();
    await using fixture = await copyFixture('broken', { compiled: true });
    const id = await killedInTheMiddle(home.path, fixture.folder, noted);
    if (chain === 'stopped') await stopChain(home.path);
    // A chain that doesn't run is waited for, for a day at most.
    lost(home.path, id, Date.now() - 2 * DAY_MS);
    const core = await openTestApp({ home: home.path, follow: true });
    const { client } = await openDoor('in-process', core.app);
    try {
      const run = await client.deployments.get({ id });
      expect(run.status).toBe(status);
      if (said === null) expect(run.failure).toBeNull();
      else expect(run.failure?.message).toContain(said);
      expect((await client.deployments.list({ deadLetters: true })).items).toHaveLength(
        said === null ? 0 : 1,
      );
      const phases = run.phases.filter((p) => p.status === 'running' || p.status === 'waiting');
      expect(phases).toEqual([]);
      const events = await client.deployments.logs({ id });
      expect(JSON.stringify(events)).toContain('Everything of this run has ended now.');
    } finally {
      if (chain === 'running') await client.chains.stop({ chain: 'local' });
      await core[Symbol.asyncDispose]();
    }
  },
);

test('a lost run whose chain has only just stopped is waited for', async () => {
  await using home = await temporaryFolder();
  await using fixture = await copyFixture('broken', { compiled: true });
  const id = await killedInTheMiddle(home.path, fixture.folder, 'planned');
  await stopChain(home.path);
  lost(home.path, id, Date.now());
  await using core = await openTestApp({ home: home.path, follow: true });
  const { client } = await openDoor('in-process', core.app);
  expect((await client.deployments.get({ id })).failure?.message).toBe(
    'The Docker daemon went away.',
  );
  await client.chains.start({ chain: 'local' });
  await client.doctor.reconcile();
  expect((await client.deployments.get({ id })).status).toBe('succeeded');
  await client.chains.stop({ chain: 'local' });
});

test('a run to a remote network says that an earlier one may still be sending from a Docker that is gone', async () => {
  await using home = await temporaryFolder();
  await using fixture = await copyFixture('broken', { compiled: true });
  const before = process.env.DOCKER_HOST;
  process.env.DOCKER_HOST = `unix://${home.path}/absent.sock`;
  await using core = await openTestApp({ home: home.path });
  const { client } = await openDoor('in-process', core.app);
  try {
    const { rpcUrl } = await client.chains.start({ chain: 'local' });
    const [account] = await client.chains.accounts({ chain: 'local' });
    const url = rpcUrl as string;
    await client.networks.save({ name: 'far', kind: 'remote', chainId: 31337, url });
    const { id: project } = await client.projects.add({ path: fixture.folder });
    const deploy = async () => {
      const { id } = await client.deployments.start({
        project,
        target: 'far',
        input: {
          from: account?.address,
          script: 'script/Many.s.sol',
          sig: 'run(uint256)',
          args: ['1'],
        },
      });
      for await (const _ of await client.deployments.watch({ id })) {
        // The result doesn't matter, only that it ended.
      }
      return client.deployments.get({ id });
    };
    const first = await deploy();
    expect(first.warnings).toEqual([]);
    lost(home.path, first.id, Date.now(), { container: 'c0ffee', startedAt: 'then' });
    const second = await deploy();
    expect(second.warnings.join()).toContain(`#${first.number} may still be sending to far`);
    expect((await client.deployments.get({ id: first.id })).status).toBe('failed');
  } finally {
    await client.chains.stop({ chain: 'local' });
    if (before === undefined) delete process.env.DOCKER_HOST;
    else process.env.DOCKER_HOST = before;
  }
});
