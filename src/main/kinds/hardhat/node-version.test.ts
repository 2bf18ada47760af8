import path from 'node:path';
import { expect, test } from 'vitest';
import { projectFiles } from '#main/lib/project-files.ts';
import { writtenFolder } from '#test/harness/written-folder.ts';
import { neededNode, wantedNode } from './node-version.ts';

test.each([
  [{ '.nvmrc': 'v22.11.0\n' }, '22.11.0', '.nvmrc'],
  [{ '.nvmrc': '20' }, '>=20.0.0 <21.0.0-0', '.nvmrc'],
  [{ '.nvmrc': 'lts/jod' }, '>=22.0.0 <23.0.0-0', '.nvmrc'],
  [{ '.node-version': '24.1.0 # new' }, '24.1.0', '.node-version'],
  [{ 'package.json': { engines: { node: '>=18' } } }, '>=18.0.0', 'package.json'],
  [
    { '.nvmrc': '20', '.node-version': '18', 'package.json': { engines: { node: '16' } } },
    '>=20.0.0 <21.0.0-0',
    '.nvmrc',
  ],
])('%j', async (files, range, file) => {
  await using folder = await writtenFolder(files);
  expect(wantedNode(projectFiles(folder.path))).toEqual({ range, file });
});

test.each([
  ['lts/*'],
  ['lts/unheard-of'],
  ['node'],
  [''],
  ['*'],
  ['x'.repeat(5000)],
  [`>${'='.repeat(900)}1`],
])('%.20s asks for none', async (text) => {
  await using folder = await writtenFolder({ '.nvmrc': text });
  expect(wantedNode(projectFiles(folder.path))).toBeUndefined();
});

test('what the root of a monorepo asks for counts below it', async () => {
  await using folder = await writtenFolder({
    '.git/HEAD': '',
    '.nvmrc': '22',
    'packages/a/package.json': {},
  });
  expect(wantedNode(projectFiles(path.join(folder.path, 'packages/a')))?.file).toBe('.nvmrc');
});

test('only version 3 needs a newer one', () => {
  expect([2, 3, 4, undefined].map(neededNode)).toEqual([
    undefined,
    '>=22.13.0',
    '>=22.13.0',
    undefined,
  ]);
});
