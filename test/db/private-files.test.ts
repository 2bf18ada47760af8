import { chmodSync, lstatSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { databaseChecksFor } from '#main/features/data/doctor-checks.ts';
import { openTestApp } from '#test/harness/app.ts';
import { openDoor } from '#test/harness/doors.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { skipAloud } from '#test/harness/skip.ts';

const modeOf = (file: string) => (lstatSync(file).mode & 0o777).toString(8);

/** What others of the machine can reach of a folder, with its modes. */
function openIn(folder: string): string[] {
  return ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]
    .map((name) => path.join(folder, name))
    .filter((file) => !lstatSync(file).isSymbolicLink() && lstatSync(file).mode & 0o077)
    .map((file) => `${path.relative(folder, file) || '.'} ${modeOf(file)}`);
}

/** As a data folder looks that was copied, or made by a version of before. */
function openAll(folder: string): void {
  for (const name of ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) {
    const file = path.join(folder, name);
    if (lstatSync(file).isSymbolicLink()) continue;
    chmodSync(file, lstatSync(file).isDirectory() ? 0o755 : 0o644);
  }
}

async function used(home: string): Promise<void> {
  await using core = await openTestApp({ home });
  await using door = await openDoor('web socket', core.app);
  await door.client.networks.save({ name: 'far', kind: 'remote', url: 'https://key.example.org' });
  await door.client.backups.create();
  const snapshots = path.join(home, 'chains', 'local', 'snapshots');
  mkdirSync(snapshots, { recursive: true, mode: 0o700 });
  writeFileSync(path.join(snapshots, '1.json'), '{}', { mode: 0o600 });
}

const onWindows = process.platform === 'win32' ? 'this system knows no modes' : null;
describe.skipIf(skipAloud('modes of the data folder', onWindows))('a data folder', () => {
  test('and all that a core makes in it is its user’s alone', async () => {
    await using folder = await temporaryFolder();
    const home = path.join(folder.path, 'data');
    await using core = await openTestApp({ home });
    await using door = await openDoor('web socket', core.app);
    await door.client.networks.save({ name: 'far', kind: 'remote', url: 'https://a.example.org' });
    await door.client.backups.create();
    expect(readdirSync(home)).toEqual(
      expect.arrayContaining(['drydock.db', 'drydock.db-wal', 'drydock.db-shm', 'run', 'backups']),
    );
    expect(openIn(home)).toEqual([]);
  });

  test('that was open to others is closed at the start, in every corner, and that is noted', async () => {
    await using folder = await temporaryFolder();
    const home = path.join(folder.path, 'data');
    await used(home);
    openAll(home);

    await using core = await openTestApp({ home });
    await using door = await openDoor('in-process', core.app);
    expect(openIn(home)).toEqual([]);
    const [repair] = await door.client.doctor.repairs({});
    expect(repair?.text).toContain('Other users of this machine could read the data folder');
  });

  test('is looked through again at the next start, and by one that stays as a whole', async () => {
    await using folder = await temporaryFolder();
    const home = path.join(folder.path, 'data');
    await used(home);
    const [token, snapshot] = ['run/token', 'chains/local/snapshots/1.json'];
    for (const name of [token, snapshot, 'drydock.db']) chmodSync(path.join(home, name), 0o644);
    {
      await using core = await openTestApp({ home });
      await using door = await openDoor('in-process', core.app);
      expect(modeOf(path.join(home, token))).toBe('600');
      expect((await door.client.doctor.repairs({}))[0]?.text).toContain('drydock.db, run/token');
    }
    chmodSync(path.join(home, snapshot), 0o644);
    await using core = await openTestApp({ home, follow: true });
    expect(openIn(core.home)).toEqual([]);
  });

  test('that holds other things keeps its own mode, and the doctor says so; its files are closed', async () => {
    await using folder = await temporaryFolder();
    const home = path.join(folder.path, 'data');
    await used(home);
    const photo = path.join(home, 'photo.jpg');
    const elsewhere = path.join(folder.path, 'elsewhere');
    writeFileSync(photo, 'not of Drydock', { mode: 0o644 });
    writeFileSync(elsewhere, 'not of Drydock either', { mode: 0o644 });
    openAll(home);
    chmodSync(elsewhere, 0o644);
    symlinkSync(elsewhere, path.join(home, 'run', 'link'));

    await using core = await openTestApp({ home });
    expect(openIn(core.home)).toEqual(['. 755', 'photo.jpg 644']);
    expect(modeOf(elsewhere)).toBe('644');
    const check = databaseChecksFor(home).find(({ id }) => id === 'data-folder-modes');
    expect(await check?.look()).toMatchObject({
      status: 'warning',
      detail: expect.stringContaining('photo.jpg'),
    });
  });
});
