import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { openDb } from '#main/db/open.ts';
import { lead } from '#main/features/app/lease.ts';
import { leaseStore } from '#main/features/app/store.ts';
import type { AppError } from '#main/kit/errors.ts';
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

test('one leads; a lease that is not renewed runs out, and its holder learns of it', async () => {
  await using home = await temporaryFolder();
  const db = openDb(home.path);
  const store = leaseStore(db);
  const one = { pid: 1, startedAt: 'one' };
  const two = { pid: 2, startedAt: 'two' };
  const parts = {
    store,
    isAlive: () => true,
    logger: pino({ level: 'silent' }),
    onLost: () => undefined,
  };
  const release = lead({ ...parts, owner: one });
  const refused = (): AppError | undefined => {
    try {
      lead({ ...parts, owner: two })();
      return undefined;
    } catch (error) {
      return error as AppError;
    }
  };
  expect(refused()?.code).toBe('CORE_RUNNING');
  expect(refused()?.message).toContain('process 1');
  store.renew(one, Date.now() - 60_000);
  expect(refused()).toBeUndefined();
  expect(store.renew(one, Date.now())).toBe(false);
  release();
  db.close();
});
