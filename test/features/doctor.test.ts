import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { DaemonState } from '#main/engines/docker/daemon.ts';
import { dockerCheck } from '#main/engines/docker/docker-check.ts';
import { type DoctorDependencies, doctorService } from '#main/features/doctor/service.ts';
import { temporaryFolder } from '#test/harness/folder.ts';

const noDocker: DaemonState = {
  status: 'missing',
  endpoint: null,
  source: null,
  version: null,
  rootless: false,
  os: null,
  problem: 'No Docker daemon was found.',
  lost: false,
};

const doctor = (parts: Partial<DoctorDependencies> & { dataFolder: string }) =>
  doctorService({
    machine: [dockerCheck(async () => noDocker)],
    ...parts,
  });

test('a check that fails keeps its name, whichever it is', async () => {
  await using folder = await temporaryFolder();
  const broken = async () => {
    throw new Error('not today');
  };
  const { status, checks } = await doctor({
    dataFolder: folder.path,
    machine: [dockerCheck(broken)],
    more: async () => [
      {
        id: 'first',
        title: 'First',
        look: async () => ({ status: 'ok', detail: '', remedy: null }),
      },
      { id: 'second', title: 'Second', look: broken },
    ],
  }).run();
  expect(status).toBe('error');
  for (const [id, title] of [
    ['docker', 'Docker'],
    ['second', 'Second'],
  ]) {
    expect(checks).toContainEqual(
      expect.objectContaining({ id, title, status: 'error', detail: 'not today' }),
    );
  }
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
});

test('a data folder that is not there yet is no fault of the disk', async () => {
  await using folder = await temporaryFolder();
  const dataFolder = path.join(folder.path, 'a', 'b', 'data');
  for (let round = 0; round < 5; round++) {
    const { checks } = await doctor({ dataFolder }).run();
    for (const id of ['data-folder', 'disk']) {
      expect(checks.find((check) => check.id === id)).not.toMatchObject({ status: 'error' });
    }
    rmSync(path.join(folder.path, 'a'), { recursive: true });
  }
});

test('many at the same time find the same, and leave nothing', async () => {
  await using folder = await temporaryFolder();
  const found = new Set<string | undefined>();
  /** Again and again, so that each is at another place than the others. */
  const look = async () => {
    for (let round = 0; round < 25; round++) {
      const { checks } = await doctor({ dataFolder: folder.path }).run();
      found.add(checks.find(({ id }) => id === 'data-folder')?.detail);
    }
  };
  await Promise.all(Array.from({ length: 8 }, look));
  expect([...found]).toEqual([`${folder.path} is writable`]);
  expect(readdirSync(folder.path)).toEqual([]);
});

test('Docker that is absent is neither a fault nor ticked as if it were there', async () => {
  await using folder = await temporaryFolder();
  const { status, checks } = await doctor({ dataFolder: folder.path }).run();
  expect(checks.find(({ id }) => id === 'docker')).toMatchObject({
    status: 'absent',
    remedy: null,
  });
  expect(status).not.toBe('absent');
});
