import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { openDb } from '#main/db/open.ts';
import { rpc } from '#main/eth/rpc.ts';
import { lead } from '#main/features/app/lease.ts';
import { leaseStore } from '#main/features/app/store.ts';
import type { ProcessRef } from '#main/lib/process-ref.ts';
import { Processes } from '#main/lib/processes/processes.ts';
import type { AppError } from '#main/shared/errors.ts';
import { openTestApp } from '#test/harness/app.ts';
import { openDoor } from '#test/harness/doors.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { startHostProcess } from '#test/harness/host-process.ts';

const run = promisify(execFile);
const cli = path.resolve(import.meta.dirname, '../../out/main/cli.js');

test('a second host on a data folder tells the address of the first, and a command uses it', async () => {
  await using home = await temporaryFolder();
  const first = await startHostProcess(home.path);
  try {
    const env = { ...process.env, DRYDOCK_HOME: home.path };
    const { stdout } = await run(process.execPath, [cli, 'host', '--json'], { env });
    const { pid } = await first.client.app.info();
    expect(pid).toBe(first.child.pid);
    const told = JSON.parse(stdout) as { url: string; token: string };
    const answer = await fetch(`${told.url}/api/info`, {
      headers: { authorization: `Bearer ${told.token}` },
    });
    expect(((await answer.json()) as { pid: number }).pid).toBe(pid);
    // The browser has been asked by the time that the command ends.
    const [seen, browser] = ['seen', 'browser'].map((name) => path.join(home.path, 'run', name));
    await writeFile(browser as string, `#!/bin/sh\nprintf '%s' "$1" > ${seen}\n`, { mode: 0o755 });
    const withBrowser = {
      ...env,
      BROWSER: browser,
      DISPLAY: undefined,
      WAYLAND_DISPLAY: undefined,
    };
    await run(process.execPath, [cli, 'host', '--open'], { env: withBrowser });
    await expect
      .poll(() => readFile(seen as string, 'utf8').catch(() => ''))
      .toContain(`${told.url}/?code=`);
    await run(process.execPath, [cli, 'network', 'add', 'other', '--kind', 'local'], { env });
    expect((await first.client.networks.list()).map((n) => n.name)).toContain('other');
  } finally {
    await first.stop();
  }
});

test('the next one takes over when the leader was killed', async () => {
  await using home = await temporaryFolder();
  const first = await startHostProcess(home.path);
  await first.kill();
  const second = await startHostProcess(home.path);
  try {
    expect((await second.client.app.info()).pid).toBe(second.child.pid);
  } finally {
    await second.stop();
  }
});

test('a run that another core cancels says so in its journal before it ends', async () => {
  await using home = await temporaryFolder();
  await using fixture = await copyFixture('broken', { compiled: true });
  const first = await startHostProcess(home.path);
  const { projects, chains, deployments } = first.client;
  try {
    const { id: project } = await projects.add({ path: fixture.folder });
    const { rpcUrl } = await chains.start({ chain: 'local' });
    // Each of its transactions waits a second for its block.
    await rpc(rpcUrl as string)('evm_setIntervalMining', [1]);
    const input = { script: 'script/Many.s.sol', sig: 'run(uint256)', args: ['60'] };
    const { id } = await deployments.start({ project, target: 'local', input });
    await vi.waitFor(
      async () => {
        const { phases } = await deployments.get({ id });
        expect(phases.find(({ status }) => status === 'running')?.id).toBe('broadcast');
      },
      { timeout: 60_000, interval: 50 },
    );
    await using second = await openTestApp({ home: home.path });
    const { client } = await openDoor('in-process', second.app);
    expect(await client.deployments.cancel({ id })).toMatchObject({ status: 'cancelled' });
    const journal = await client.deployments.logs({ id });
    expect(journal.flatMap((one) => (one.type === 'status' ? [one.status] : []))).toEqual([
      ...['queued', 'running', 'cancelling', 'cancelled'],
    ]);
  } finally {
    await chains.stop({ chain: 'local' });
    await first.stop();
  }
}, 120_000);

test('a core that takes over while another one looks whether the leader is gone stays the leader', async () => {
  await using home = await temporaryFolder();
  const db = openDb(home.path);
  const store = leaseStore(db);
  const [one, two, three] = [1, 2, 3].map((pid) => ({ pid, startedAt: `core ${pid}` })) as [
    ProcessRef,
    ProcessRef,
    ProcessRef,
  ];
  const startTime = async (pid: number) => {
    if (pid !== one.pid) return `core ${pid}`;
    // The first has ended; the third is quicker than the second.
    store.take(three, Date.now(), () => false);
    return undefined;
  };
  const { isAlive, isGone } = new Processes(startTime);
  store.take(one, Date.now(), () => false);
  const logger = pino({ level: 'silent' });
  const second = lead({ store, owner: two, isAlive, isGone, logger, onLost: () => undefined });
  await expect(second).rejects.toMatchObject({ code: 'CORE_RUNNING' });
  await expect(second).rejects.toThrow('process 3');
  expect(store.holder()).toEqual(three);
  db.close();
});

test('one leads; a lease that is not renewed runs out, and its holder learns of it', async () => {
  await using home = await temporaryFolder();
  const db = openDb(home.path);
  const store = leaseStore(db);
  const one = { pid: 1, startedAt: 'one' };
  const two = { pid: 2, startedAt: 'two' };
  const parts = {
    store,
    isAlive: async () => true,
    isGone: () => false,
    logger: pino({ level: 'silent' }),
    onLost: () => undefined,
  };
  const release = await lead({ ...parts, owner: one });
  const refused = async (): Promise<AppError | undefined> => {
    try {
      (await lead({ ...parts, owner: two }))();
      return undefined;
    } catch (error) {
      return error as AppError;
    }
  };
  expect((await refused())?.code).toBe('CORE_RUNNING');
  expect((await refused())?.message).toContain('process 1');
  store.renew(one, Date.now() - 60_000);
  expect(await refused()).toBeUndefined();
  expect(store.renew(one, Date.now())).toBe(false);
  release();
  db.close();
});
