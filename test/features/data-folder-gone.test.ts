import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openTestApp } from '#test/harness/app.ts';
import { type DoorName, doorNames, openDoor } from '#test/harness/doors.ts';
import { temporaryFolder } from '#test/harness/folder.ts';

/** A core that stays open, on a folder that is moved about; put back at the end to be closed. */
async function openCore(door: DoorName) {
  const folder = await temporaryFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const home = path.join(folder.path, 'data');
  const moved = path.join(folder.path, 'moved');
  const core = await openTestApp({ home, follow: true });
  onTestFinished(() => core[Symbol.asyncDispose]());
  const { client, ...open } = await openDoor(door, core.app);
  onTestFinished(() => open[Symbol.asyncDispose]());
  return { home, moved, client };
}

const refused = {
  code: 'DATA_FOLDER_UNUSABLE',
  message: expect.stringContaining('was moved or deleted while Drydock has it open'),
};

test.each(doorNames)(
  'a data folder that is moved away: %s says so, records nothing, and goes on when it is back',
  async (door) => {
    const { home, moved, client } = await openCore(door);
    const changes = await client.app.changes();
    await changes.next();
    await client.settings.set({ theme: 'dark' });
    renameSync(home, moved);

    await expect(client.settings.set({ theme: 'light' })).rejects.toMatchObject(refused);
    await expect(client.networks.save({ name: 'new', kind: 'local' })).rejects.toMatchObject(
      refused,
    );
    expect((await client.app.info()).storage).toBe('gone');
    expect((await client.settings.get()).theme).toBe('dark');
    await expect(client.data.stats()).rejects.toMatchObject(refused);
    const { checks } = await client.doctor.run();
    expect(checks.find(({ id }) => id === 'data-folder')).toMatchObject({
      status: 'error',
      detail: expect.stringContaining('was moved or deleted'),
    });
    expect(existsSync(home)).toBe(false);
    // Work can be ended all the same.
    await expect(client.deployments.cancel({ id: 7 })).rejects.toMatchObject({
      code: 'DEPLOYMENT_NOT_FOUND',
    });

    renameSync(moved, home);
    expect((await client.app.info()).storage).toBe('ok');
    expect((await client.settings.set({ theme: 'light' })).theme).toBe('light');
    await changes.return();
  },
);

test('pages are told of it without asking', async () => {
  const { home, moved, client } = await openCore('web socket');
  const changes = await client.app.changes();
  await changes.next();
  renameSync(home, moved);
  for await (const batch of changes) {
    if (batch.some(({ topic }) => topic === 'data')) break;
  }
  expect((await client.app.info()).storage).toBe('gone');
  renameSync(moved, home);
});

test('another folder or database in its place is not taken for it', async () => {
  const { home, moved, client } = await openCore('in-process');
  renameSync(home, moved);
  mkdirSync(home);
  writeFileSync(path.join(home, 'drydock.db'), '');
  await expect(client.settings.set({ theme: 'light' })).rejects.toMatchObject(refused);
  rmSync(home, { recursive: true });
  renameSync(moved, home);

  const database = path.join(home, 'drydock.db');
  renameSync(database, moved);
  await expect(client.settings.set({ theme: 'light' })).rejects.toMatchObject(refused);
  writeFileSync(database, '');
  await expect(client.settings.set({ theme: 'light' })).rejects.toMatchObject(refused);
  rmSync(database);
  renameSync(moved, database);
  expect((await client.settings.set({ theme: 'light' })).theme).toBe('light');
});
