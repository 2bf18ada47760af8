import { mkdir, rename, symlink } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { projectFiles } from '#main/lib/project-files.ts';
import { type WrittenFolder, writtenFolder } from '#test/harness/written-folder.ts';
import { hardhatVersion } from './hardhat-version.ts';

const versionIn = (folder: WrittenFolder, at = '.') =>
  hardhatVersion(projectFiles(path.join(folder.path, at)));

test('what is installed counts, whatever was asked for', async () => {
  await using folder = await writtenFolder({
    'package.json': { devDependencies: { hardhat: '^3.0.0' } },
    'node_modules/hardhat/package.json': { version: '2.29.1' },
  });
  expect(versionIn(folder)).toEqual({
    major: 2,
    installed: { version: '2.29.1', folder: path.join(folder.path, 'node_modules/hardhat') },
    range: '^3.0.0',
  });
});

test('in a monorepo it is found above', async () => {
  await using folder = await writtenFolder({
    '.git/HEAD': '',
    'package.json': { devDependencies: { hardhat: '2.29.1' } },
    'node_modules/hardhat/package.json': { version: '2.29.1' },
    'packages/contracts/package.json': {},
  });
  expect(versionIn(folder, 'packages/contracts')).toEqual({
    major: 2,
    installed: { version: '2.29.1', folder: path.join(folder.path, 'node_modules/hardhat') },
    range: '2.29.1',
  });
});

test('a link within the repository is followed, as pnpm makes them, and one out of it is not', async () => {
  await using folder = await writtenFolder({
    'project/store/hardhat/package.json': { version: '3.18.0' },
    'project/.git/HEAD': '',
    'project/node_modules/other/package.json': {},
  });
  const link = path.join(folder.path, 'project/node_modules/hardhat');
  await symlink('../store/hardhat', link);
  expect(versionIn(folder, 'project').major).toBe(3);
  await rename(path.join(folder.path, 'project/store'), path.join(folder.path, 'outside'));
  await mkdir(path.join(folder.path, 'project/store'));
  await symlink('../../outside/hardhat', path.join(folder.path, 'project/store/hardhat'));
  expect(versionIn(folder, 'project').installed).toBeNull();
});

test.each([
  ['^3.0.0', 3],
  ['>=2.20 <3', 2],
  ['2', 2],
  ['latest', undefined],
  ['*', undefined],
  ['workspace:*', undefined],
  ['catalog:', undefined],
  ['npm:other@2.0.0', undefined],
  [' '.repeat(190), undefined],
])('the range %j is of version %s', async (range, major) => {
  await using folder = await writtenFolder({
    'package.json': { dependencies: { hardhat: range } },
  });
  expect(versionIn(folder)).toEqual({ major, installed: null, range });
});

test('nothing is known where nothing is said', async () => {
  await using folder = await writtenFolder({
    'package.json': '{',
    'node_modules/hardhat/package.json': { version: 'newest' },
  });
  expect(versionIn(folder)).toEqual({ major: undefined, installed: null, range: null });
});
