import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDb } from '#main/db/open.ts';
import { allKinds } from '#main/kinds/all.ts';
import { Kinds } from '#main/kinds/kinds.ts';
import type { FolderId } from '#main/lib/same-folder.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { Libraries } from './libraries.ts';
import { projectsService } from './service.ts';
import { projectsStore } from './store.ts';
import { Trust } from './trust.ts';
import { trustStore } from './trust-store.ts';

/** Two folders that differ in the case of their letters, on a disk that knows folders so. */
async function twoFolders(folderId?: FolderId) {
  const folder = await temporaryFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const [home = '', one = '', other = ''] = ['home', 'vault', 'Vault'].map((name) =>
    path.join(folder.path, name),
  );
  for (const each of [home, one, other]) await mkdir(each, { recursive: true });
  for (const each of [one, other]) await writeFile(path.join(each, 'foundry.toml'), '');
  const db = openDb(home);
  const kinds = new Kinds(allKinds, { dataFolder: home });
  onTestFinished(async () => {
    await kinds.close();
    db.close();
  });
  const service = projectsService({
    store: projectsStore(db),
    trust: new Trust({ store: trustStore(db), mountedFolder: (project) => project }),
    libraries: new Libraries({
      host: () => Promise.reject(new Error('nothing is installed here')),
      folder: path.join(home, 'installs'),
    }),
    kinds,
    emit: () => undefined,
    changed: () => undefined,
    isBusy: async () => false,
    engine: async () => 'process',
    folderId,
  });
  return { service, one, other };
}

test('on a disk that ignores case, paths that differ in it are one project', async () => {
  const { service, one, other } = await twoFolders((folder) => folder.toLowerCase());
  const first = await service.add({ path: one });
  expect(await service.add({ path: other })).toMatchObject({ id: first.id, path: first.path });
  expect(service.list()).toHaveLength(1);
  expect(service.get(other).id).toBe(first.id);
});

test('on any other disk they are two', async () => {
  const { service, one, other } = await twoFolders((folder) => folder);
  const [first, second] = [await service.add({ path: one }), await service.add({ path: other })];
  expect(second.id).not.toBe(first.id);
  expect(service.get(other).id).toBe(second.id);
});

test('a project is renamed, coloured and put under a heading, each by itself', async () => {
  const { service, one, other } = await twoFolders();
  const { id } = await service.add({ path: one });
  await service.add({ path: other, name: 'second' });
  expect(service.edit({ project: id, color: 'teal' })).toMatchObject({ name: 'vault', group: '' });
  service.edit({ project: id, group: 'Mine' });
  expect(service.edit({ project: 'vault', name: 'treasury' })).toMatchObject({
    ...{ id, name: 'treasury', color: 'teal', group: 'Mine' },
  });
  expect(() => service.edit({ project: id, name: 'second' })).toThrow('Another project is called');
  expect(service.edit({ project: id, name: 'treasury', color: null })).toMatchObject({
    ...{ color: null, group: 'Mine' },
  });
});

test('projects are by name until one is moved, and new ones come last', async () => {
  const { service, one, other } = await twoFolders();
  const names = () => service.list().map(({ name }) => name);
  const b = await service.add({ path: one, name: 'b' });
  await service.add({ path: other, name: 'a' });
  expect(names()).toEqual(['a', 'b']);
  service.edit({ project: 'a', group: 'Mine' });
  expect(service.move(b.id, 'a').map(({ name, group }) => [name, group])).toEqual([
    ['b', 'Mine'],
    ['a', 'Mine'],
  ]);
  service.move('b', null);
  expect(names()).toEqual(['a', 'b']);
  expect(service.move('b', 'b').map(({ name }) => name)).toEqual(['a', 'b']);
});
