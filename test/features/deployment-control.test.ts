import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { tookTooLong } from '#main/features/deployments/failures.ts';
import { countsOf } from '#main/shared/result-parts.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Asked, asked } from '#test/harness/asked.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { copyFixture, type Fixture } from '#test/harness/fixture.ts';
import { made } from '#test/harness/made.ts';
import { rounds } from '#test/harness/rounds.ts';

let core: TestApp;
let client: Client;
let fixture: Fixture;
let project: number;
const many = (count: number) => ({
  script: 'script/Many.s.sol',
  sig: 'run(uint256)',
  args: [`${count}`],
});

beforeAll(async () => {
  core = await openTestApp({ follow: true });
  client = (await openDoor('in-process', core.app)).client;
  fixture = await copyFixture('broken', { git: true, compiled: true });
  project = (await client.projects.add({ path: fixture.folder })).id;
}, 60_000);

/** A chain that runs, with nothing on it. */
beforeEach(async () => {
  await client.chains
    .start({ chain: 'local', fresh: true })
    .catch(() => client.chains.restart({ chain: 'local', fresh: true }));
});

afterAll(async () => {
  await core?.[Symbol.asyncDispose]();
  await fixture?.[Symbol.asyncDispose]();
});

async function ended(id: number): Promise<DeploymentDetail> {
  for await (const _ of await client.deployments.watch({ id })) {
    // Only the end matters.
  }
  return client.deployments.get({ id });
}

const deploy = async (input: Partial<Asked>) =>
  ended((await client.deployments.start(asked({ project, ...input }))).id);

test('a run over its time limit is ended, with everything that it started, and says so', async () => {
  await client.deployments.setLimits({ project, limits: { broadcast: 3 } });
  const d = await deploy(many(3000));
  await client.deployments.setLimits({ project, limits: { broadcast: 1800 } });
  expect(d.status).toBe('failed');
  expect(d.failure?.code).toBe('TIMEOUT');
  expect(d.failure?.message).toContain('The phase Broadcast was ended');
  expect(d.failure?.fix?.call?.procedure).toBe('deployments.setLimits');
  expect(d.warnings.join()).toContain('left of its time limit');
  expect(d.phases.find((p) => p.id === 'broadcast')?.status).toBe('failed');
  expect(made(d).transactionCounts).toEqual(countsOf(made(d).transactions));
  const [ended] = await client.events.list({ types: ['deployment.ended'], limit: 1 });
  expect(ended).toMatchObject({ summary: d.summary });
}, 120_000);

test('a remedy names a project so that a shell runs nothing of its name', () => {
  const remedy = (name: string) => tookTooLong('run', 'run', 5, { id: 7, name }).fix?.command;
  expect(remedy('vault')).toBe('drydock deployment limits vault --run 10');
  for (const name of ['a; b', '$(b)', '-b', 'a b']) {
    expect(remedy(name)).toBe('drydock deployment limits 7 --run 10');
  }
});

test('a failed run is a dead letter until it is retried or dismissed', async () => {
  const failed = await deploy({ script: 'script/Reverts.s.sol', sig: 'run()' });
  const letters = async () =>
    (await client.deployments.list({ deadLetters: true })).items.map((d) => d.id);
  expect(await letters()).toContain(failed.id);
  const again = await ended((await client.deployments.retry({ id: failed.id })).id);
  expect(again).toMatchObject({ status: 'failed', trigger: 'retry', retryOf: failed.id });
  expect(await letters()).not.toContain(failed.id);
  expect(await letters()).toContain(again.id);
  const edited = await client.deployments.retry({ id: again.id, changes: { input: many(2) } });
  expect(await ended(edited.id)).toMatchObject({
    status: 'succeeded',
    input: { sig: 'run(uint256)' },
  });
  const other = await deploy({ script: 'script/CompileError.s.sol' });
  await client.deployments.dismiss({ id: other.id });
  expect(await letters()).not.toContain(other.id);
}, 120_000);

test('a redeploy needs the same clean commit, or the word that it may differ', async () => {
  const first = await deploy(many(1));
  // The first run has left files of its own in the folder.
  const dirty = (await client.projects.git({ project }))?.dirty ?? 0;
  if (dirty === 0 && first.dirty === 0) {
    const same = await client.deployments.redeploy({ id: first.id });
    expect(await ended(same.id)).toMatchObject({ status: 'succeeded', trigger: 'redeploy' });
  } else {
    const refused = client.deployments.redeploy({ id: first.id });
    await expect(refused).rejects.toMatchObject({ code: 'COMMIT_DIFFERS' });
  }
  const asItIs = await client.deployments.redeploy({ id: first.id, asItIsNow: true });
  expect(await ended(asItIs.id)).toMatchObject({ status: 'succeeded', commit: first.commit });
}, 60_000);

test('a redeploy that changes stand in the way of says that they do', async () => {
  const clean = await deploy(many(1));
  const file = path.join(fixture.folder, 'changed.txt');
  await writeFile(file, '');
  await expect(client.deployments.redeploy({ id: clean.id })).rejects.toMatchObject({
    code: 'COMMIT_DIFFERS',
    message: expect.stringContaining('has uncommitted changes. Stash them'),
  });
  const changed = await deploy(many(1));
  await rm(file);
  await expect(client.deployments.redeploy({ id: changed.id })).rejects.toMatchObject({
    code: 'COMMIT_DIFFERS',
    message: expect.stringContaining('with uncommitted changes, which no commit holds'),
  });
}, 60_000);

test('a rollback says what else goes, and takes it', async () => {
  const first = await deploy(many(1));
  const second = await deploy(many(1));
  const plan = await client.deployments.rollback({ id: first.id, dryRun: true });
  expect(plan.gone.map((g) => g.id)).toEqual([second.id, first.id]);
  expect((await client.deployments.get({ id: second.id })).live).toBe(true);
  expect(plan.leftBehind).toBeNull();
  const { leftBehind } = await client.deployments.rollback({ id: first.id });
  const kept = (await client.chains.snapshots({ chain: 'local' })).find(
    ({ id }) => id === leftBehind?.id,
  );
  expect(kept?.deployments.map(({ id }) => id)).toContain(second.id);
  expect((await client.deployments.get({ id: first.id })).live).toBe(false);
  expect((await client.deployments.get({ id: second.id })).live).toBe(false);
}, 60_000);

test('the newest request can take the place of those that wait', async () => {
  const [running, waiting] = [
    await client.deployments.start(asked({ project, ...many(200) })),
    await client.deployments.start(asked({ project, ...many(1) })),
  ];
  const newest = await client.deployments.start(
    asked({ project, ...many(2), replaceWaiting: true }),
  );
  expect((await client.deployments.get({ id: waiting.id })).status).toBe('cancelled');
  expect((await ended(running.id)).status).toBe('succeeded');
  expect(await ended(newest.id)).toMatchObject({ status: 'succeeded' });
}, 60_000);

test('a chain that stands still is given up on by a cancel, and goes on afterwards', async () => {
  const { id } = await client.deployments.start(asked({ project, ...many(400) }));
  for await (const batch of await client.deployments.watch({ id })) {
    if (batch.some((e) => e.type === 'result')) break;
  }
  const { pid } = await client.chains.get({ chain: 'local' });
  process.kill(pid as number, 'SIGSTOP');
  const cancelling = client.deployments.cancel({ id });
  await vi.waitUntil(
    async () => (await client.deployments.get({ id })).status === 'cancelling',
    30_000,
  );
  process.kill(pid as number, 'SIGCONT');
  expect((await cancelling).status).toBe('cancelled');
  expect(await deploy(many(1))).toMatchObject({ status: 'succeeded' });
}, 60_000);

test('a revert from outside in mid-run is noticed: what is not there is not called deployed', async () => {
  const { rpcUrl } = await client.chains.get({ chain: 'local' });
  const call = rpc(rpcUrl as string);
  const evm = await call('evm_snapshot');
  const { id } = await client.deployments.start(asked({ project, ...many(300) }));
  for await (const batch of await client.deployments.watch({ id })) {
    const landed = batch.some(
      (e) =>
        e.type === 'result' &&
        e.result.family === 'contracts' &&
        e.result.transactions.some((t) => t.status === 'success'),
    );
    if (landed) break;
  }
  await call('evm_revert', [evm]);
  const d = await ended(id);
  expect(d.status).toBe('failed');
  // A revert that meets a block being mined makes anvil 1.7.1 end, once in some hundred times.
  expect(['CHAIN_REVERTED', 'INCOMPLETE', 'CHAIN_ENDED']).toContain(d.failure?.code);
  if (d.failure?.code === 'CHAIN_ENDED') return;
  for (const c of made(d).contracts.filter((one) => one.verified)) {
    expect(await call('eth_getCode', [c.address, 'latest'])).not.toBe('0x');
  }
}, 60_000);

test('many requests over twenty projects: each project in its order, all ended', async () => {
  const fixtures = await Promise.all(
    Array.from({ length: 20 }, () => copyFixture('broken', { compiled: true })),
  );
  try {
    const projects = await Promise.all(
      fixtures.map((f, i) => client.projects.add({ path: f.folder, name: `load-${i}` })),
    );
    await Promise.all(
      ['load-a', 'load-b', 'load-c'].map((name, i) =>
        client.networks.save({ name, kind: 'local', chainId: 40_000 + i }),
      ),
    );
    const asked: { id: number; project: number }[] = [];
    await Promise.all(
      projects.map(async ({ id: owner }, i) => {
        for (let n = 0; n < rounds(3, 10); n++) {
          const { id } = await client.deployments.start({
            project: owner,
            target: `load-${'abc'[i % 3]}`,
            input: { script: 'script/NoBroadcast.s.sol', snapshot: false },
          });
          asked.push({ id, project: owner });
        }
      }),
    );
    const results = await Promise.all(asked.map(({ id }) => ended(id)));
    expect(results.filter((d) => d.status !== 'succeeded').map((d) => d.failure)).toEqual([]);
    for (const { id: owner } of projects) {
      const own = results
        .filter((d) => d.project.id === owner)
        .sort((a, b) => (a.startedAt as number) - (b.startedAt as number));
      expect(own.map((d) => d.number)).toEqual(own.map((d) => d.number).sort((a, b) => a - b));
      for (const [i, d] of own.slice(1).entries()) {
        expect(d.startedAt).toBeGreaterThanOrEqual(own[i]?.endedAt as number);
      }
    }
    const ports = (await client.chains.list()).flatMap((c) =>
      c.status === 'running' ? [c.port] : [],
    );
    expect(new Set(ports).size).toBe(ports.length);
  } finally {
    for (const f of fixtures) await f[Symbol.asyncDispose]();
  }
}, 300_000);
