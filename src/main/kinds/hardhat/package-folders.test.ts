import { rename, symlink } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { projectFiles } from '#main/lib/project-files.ts';
import { writtenFolder } from '#test/harness/written-folder.ts';
import { packageFolders } from './package-folders.ts';

async function foldersOf(files: Record<string, unknown>, project = '.') {
  await using folder = await writtenFolder({ '.git/HEAD': '', ...files });
  const found = packageFolders(projectFiles(path.join(folder.path, project)));
  return found.map((one) => path.relative(folder.path, one).replaceAll('\\', '/')).sort();
}

const ofTools = {
  'package-lock.json': '{}',
  'packages/a/package.json': {},
  'packages/b-tools/package.json': {},
  'packages/no-package/index.js': '',
  'apps/deep/er/package.json': {},
  'node_modules/packages/package.json': {},
};

test.each([
  ['a project alone', { 'package.json': {} }, ['node_modules']],
  [
    'a list of patterns',
    { ...ofTools, 'package.json': { workspaces: ['packages/*', '../elsewhere', '!packages/a'] } },
    ['node_modules', 'packages/a/node_modules', 'packages/b-tools/node_modules'],
  ],
  [
    'the object of yarn',
    { ...ofTools, 'package.json': { workspaces: { packages: ['./packages/*-tools/'] } } },
    ['node_modules', 'packages/b-tools/node_modules'],
  ],
  [
    'all levels',
    { ...ofTools, 'package.json': { workspaces: ['apps/**'] } },
    ['apps/deep/er/node_modules', 'node_modules'],
  ],
  [
    'the file of pnpm',
    {
      ...ofTools,
      'pnpm-workspace.yaml':
        'packages:\n  # all\n  - "packages/a"\n  - apps/*/er # deep\nother:\n  - x\n',
    },
    ['apps/deep/er/node_modules', 'node_modules', 'packages/a/node_modules'],
  ],
])('%s', async (_, files, expected) => {
  expect(await foldersOf(files)).toEqual(expected);
});

test('a package that nothing names has a folder of its own, beside that of the root', async () => {
  expect(await foldersOf(ofTools, 'packages/a')).toEqual([
    'node_modules',
    'packages/a/node_modules',
  ]);
});

test('no link is followed, and one in the place of the packages is said', async () => {
  await using folder = await writtenFolder({
    'project/.git/HEAD': '',
    'project/package.json': { workspaces: ['packages/*'] },
    'project/packages/here/package.json': {},
    'out/package.json': {},
  });
  const project = path.join(folder.path, 'project');
  await symlink(path.join(folder.path, 'out'), path.join(project, 'packages', 'out'), 'junction');
  const look = () => packageFolders(projectFiles(project));
  expect(look()).toHaveLength(2);
  await rename(path.join(folder.path, 'out'), path.join(folder.path, 'modules'));
  await symlink(path.join(folder.path, 'modules'), path.join(project, 'node_modules'), 'junction');
  expect(look).toThrow(/node_modules is a link.*Replace it by a folder/);
});
