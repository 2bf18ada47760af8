import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { JournalEvent } from '#main/shared/run.ts';
import { openDoctor } from '#main/without-core.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { skipAloud } from '#test/harness/skip.ts';
import {
  failingDisk,
  type SmallDisk,
  smallDisk,
  whyNoFailingDisk,
  whyNoMount,
} from '#test/harness/small-disk.ts';

const cleanups: (() => PromiseLike<void> | void)[] = [];
afterEach(async () => {
  const failed: unknown[] = [];
  for (const cleanup of cleanups.splice(0).reverse()) {
    await Promise.resolve()
      .then(cleanup)
      .catch((error: unknown) => failed.push(error));
  }
  expect(failed).toEqual([]);
});

function disk(mebibytes: number): SmallDisk {
  const made = smallDisk(mebibytes);
  cleanups.push(() => made[Symbol.dispose]());
  return made;
}

async function open(home: string): Promise<{ core: TestApp; client: Client }> {
  const core = await openTestApp({ home });
  const { client } = await openDoor('in-process', core.app);
  cleanups.push(async () => {
    for (const chain of await client.chains.list().catch(() => [])) {
      if (chain.status !== 'stopped') await client.chains.stop({ chain: chain.name });
    }
    await core[Symbol.asyncDispose]();
  });
  return { core, client };
}

async function journalOf(client: Client, id: number): Promise<JournalEvent[]> {
  const all: JournalEvent[] = [];
  for await (const batch of await client.deployments.watch({ id })) all.push(...batch);
  return all;
}

const unusable = { code: 'DATA_FOLDER_UNUSABLE' };

describe.skipIf(skipAloud('full and read-only disks', whyNoMount()))('a full disk', () => {
  test('refuses to open, says why, and opens once there is room', async () => {
    const small = disk(16);
    small.fill();
    const home = path.join(small.path, 'data');
    await expect(openTestApp({ home })).rejects.toMatchObject({
      ...unusable,
      message: expect.stringContaining('the disk is full'),
    });
    const report = await openDoctor(small.path).run();
    expect(report.checks.find((c) => c.id === 'disk')).toMatchObject({ status: 'error' });
    small.free();
    const { client } = await open(home);
    expect(await client.app.info()).toMatchObject({ storage: 'ok' });
  });

  test('an open core says so, refuses what it can not record, and goes on when there is room', async () => {
    const small = disk(24);
    const { client } = await open(path.join(small.path, 'data'));
    await client.chains.start({ chain: 'local' });
    await client.chains.snapshot({ chain: 'local', name: 'before' });
    await client.chains.mine({ chain: 'local', blocks: 3 });
    small.fill();

    expect((await client.app.info()).storage).toBe('full');
    expect((await client.doctor.run()).checks.find((c) => c.id === 'disk')?.status).toBe('error');
    expect((await client.data.stats()).disk.state).toBe('full');
    await expect(client.backups.create()).rejects.toMatchObject(unusable);
    await expect(exhausted(client)).rejects.toMatchObject(unusable);
    // What was there can still be read.
    expect((await client.chains.snapshots({ chain: 'local' })).map((s) => s.name)).toContain(
      'before',
    );

    small.free();
    expect((await client.app.info()).storage).toBe('ok');
    await client.settings.set({ theme: 'dark' });
    const snapshot = await client.chains.snapshot({ chain: 'local', name: 'after' });
    expect(snapshot.durable).toBe(true);
    expect((await client.backups.create()).kind).toBe('manual');
    const { blockNumber } = await client.chains
      .revert({ chain: 'local', snapshot: 'before' })
      .then(({ snapshot: to }) => to);
    expect(blockNumber).toBe(0);
  });

  test('a snapshot whose state finds no room is not called saved, and leaves no half file', async () => {
    const small = disk(24);
    const home = path.join(small.path, 'data');
    const { client } = await open(home);
    await client.chains.start({ chain: 'local' });
    await client.chains.mine({ chain: 'local', blocks: 400 });
    await client.settings.set({ theme: 'dark' });
    // Room for the record, not for the state.
    small.fill(64 * 1024);
    const taken = await client.chains.snapshot({ chain: 'local', name: 'squeezed' });
    expect(taken).toMatchObject({ durable: false });
    expect(readdirSync(path.join(home, 'chains', 'local', 'snapshots'))).toEqual([]);
    small.free();
    expect((await client.chains.snapshot({ chain: 'local', name: 'roomy' })).durable).toBe(true);
  });

  test('a run on a disk that fills up ends as not recorded, and the next one works', async () => {
    await using fixture = await copyFixture('token-vault', { compiled: true });
    const small = disk(32);
    const { client } = await open(path.join(small.path, 'data'));
    const { id: project } = await client.projects.add({ path: fixture.folder });
    const first = await client.deployments.start({ project, target: 'local' });
    await journalOf(client, first.id);
    expect((await client.deployments.get({ id: first.id })).status).toBe('succeeded');

    const second = await client.deployments.start({ project, target: 'local' });
    while ((await client.deployments.get({ id: second.id })).status === 'queued') await sleep(1);
    small.fill();
    // The log has pages to go yet: they are used up here.
    await exhausted(client).catch(() => undefined);
    // Nothing shows that the run has met the full disk, since it can't be written down.
    await sleep(1500);
    expect((await client.app.info()).storage).toBe('full');
    small.free();

    while (!(await ended(client, second.id))) await sleep(50);
    expect(await client.deployments.get({ id: second.id })).toMatchObject({
      status: 'failed',
      failure: { message: expect.stringMatching(/disk/) },
    });

    const third = await client.deployments.start({ project, target: 'local' });
    await journalOf(client, third.id);
    expect((await client.deployments.get({ id: third.id })).status).toBe('succeeded');
  });
});

async function ended(client: Client, id: number): Promise<boolean> {
  const { status } = await client.deployments.get({ id });
  return !['queued', 'running', 'cancelling'].includes(status);
}

/** Writes until the pages that the log has already are used up, and the disk has to give more. */
async function exhausted(client: Client): Promise<void> {
  for (let i = 0; i < 3000; i++) {
    await client.networks.save({
      name: `n${i}`,
      kind: 'remote',
      url: `https://rpc.example.org/${'x'.repeat(1500)}`,
    });
  }
}

describe.skipIf(skipAloud('full and read-only disks', whyNoMount()))('a read-only disk', () => {
  test('refuses to open, says why, and opens once it is writable', async () => {
    const small = disk(16);
    const home = path.join(small.path, 'data');
    const first = await openTestApp({ home });
    await first[Symbol.asyncDispose]();
    small.readOnly();
    await expect(openTestApp({ home })).rejects.toMatchObject({
      ...unusable,
      message: expect.stringContaining('read-only'),
    });
    const report = await openDoctor(home).run();
    expect(report.checks.find((c) => c.id === 'data-folder')).toMatchObject({ status: 'error' });
    small.writable();
    const { client } = await open(home);
    expect(await client.projects.list()).toEqual([]);
  });

  test('an open core that can write no backup says so, and goes on when it can', async () => {
    const small = disk(24);
    const home = path.join(small.path, 'data');
    const backupDisk = disk(8);
    mkdirSync(home, { recursive: true });
    symlinkSync(backupDisk.path, path.join(home, 'backups'));
    backupDisk.readOnly();
    const { client } = await open(home);
    await expect(client.backups.create()).rejects.toMatchObject({
      ...unusable,
      message: expect.stringContaining('read-only'),
    });
    backupDisk.writable();
    expect((await client.backups.create()).kind).toBe('manual');
    expect(existsSync(path.join(backupDisk.path, 'ballast'))).toBe(false);
  });
});

describe.skipIf(skipAloud('failing disks', whyNoFailingDisk()))('a disk that fails', () => {
  test('under an open core is named, crashes nothing, and the next core finds all there was', async () => {
    const broken = failingDisk();
    cleanups.push(() => broken[Symbol.dispose]());
    const home = path.join(broken.path, 'data');
    const core = await openTestApp({ home });
    const { client } = await openDoor('in-process', core.app);
    await client.settings.set({ theme: 'dark' });
    broken.sync();
    broken.fail();
    await expect(client.settings.set({ theme: 'light' })).rejects.toMatchObject(unusable);
    expect((await client.app.info()).storage).toBe('read-only');
    expect((await client.settings.get()).theme).toBe('dark');
    await expect(client.backups.create()).rejects.toMatchObject(unusable);
    await core[Symbol.asyncDispose]();

    broken.repair();
    const next = await openTestApp({ home });
    const again = await openDoor('in-process', next.app);
    expect(await again.client.settings.get()).toMatchObject({ theme: 'dark' });
    expect((await again.client.data.check()).state).toBe('ok');
    expect((await again.client.app.info()).storage).toBe('ok');
    await next[Symbol.asyncDispose]();
  });
});
