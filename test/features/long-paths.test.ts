import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { isFinal } from '#main/shared/final.ts';
import { openTestApp } from '#test/harness/app.ts';
import { openDoor } from '#test/harness/doors.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { made } from '#test/harness/made.ts';

/** Longer than the 260 characters of Windows, and than the 108 bytes of a socket's name. */
const deep = path.join(...Array.from({ length: 4 }, (_, at) => `${at} ${'långt ナ'.repeat(9)}`));

test('a data folder and a project may lie deeper than 260 characters', async () => {
  await using around = await temporaryFolder();
  await using fixture = await copyFixture('token-vault', { compiled: true });
  const folder = path.join(around.path, 'project', deep);
  await mkdir(path.dirname(folder), { recursive: true });
  // With its times: what is compiled stays so.
  const whole = { recursive: true, verbatimSymlinks: true, preserveTimestamps: true };
  await cp(fixture.folder, folder, whole);
  await using core = await openTestApp({ home: path.join(around.path, 'data', deep) });
  const { client } = await openDoor('in-process', core.app);

  const { id: project } = await client.projects.add({ path: folder, name: 'deep' });
  const { id } = await client.deployments.start({ project, target: 'local' });
  await vi.waitFor(async () => {
    expect(isFinal((await client.deployments.get({ id })).status)).toBe(true);
  });
  const run = await client.deployments.get({ id });
  expect(run.status, run.failure?.message).toBe('succeeded');
  const { contracts } = made(run);
  expect(contracts.length).toBeGreaterThan(0);
  expect((await client.chains.get({ chain: 'local' })).behindGateway).toBe(true);
  await client.chains.revert({ chain: 'local' });
  await client.chains.stop({ chain: 'local' });
});
