import { expect, test } from 'vitest';
import { projectFiles } from '#main/lib/project-files.ts';
import { writtenFolder } from '#test/harness/written-folder.ts';
import { manifestIn } from './manifest.ts';

async function read(content: unknown) {
  await using folder = await writtenFolder({ 'package.json': content });
  return manifestIn(projectFiles(folder.path), folder.path);
}

test('what is needed of a package.json', async () => {
  expect(
    await read({
      version: '1.2.3',
      type: 'module',
      engines: { node: '>=22' },
      packageManager: 'pnpm@10.4.1',
      dependencies: { viem: '2.0.0' },
      devDependencies: { hardhat: '^3.0.0' },
      peerDependencies: { hardhat: '*' },
    }),
  ).toEqual({
    version: '1.2.3',
    isModule: true,
    workspaces: [],
    node: '>=22',
    packageManager: 'pnpm@10.4.1',
    packages: { viem: '2.0.0', hardhat: '^3.0.0' },
  });
});

test.each([
  ['no JSON', '{ "version": '],
  ['nothing', ''],
  ['one that is too large', { filler: 'x'.repeat(200_000) }],
])('%s is not read', async (_, content) => {
  expect(await read(content)).toBeUndefined();
});

test.each([
  ['a list', []],
  ['null', 'null'],
  ['nesting without end', '['.repeat(50_000)],
  [
    'values of other kinds',
    {
      version: 3,
      engines: 'node',
      packageManager: {},
      type: ['module'],
      dependencies: { hardhat: { x: 1 }, other: 'x'.repeat(1000) },
    },
  ],
])('%s does no harm', async (_, content) => {
  const manifest = await read(content);
  expect(manifest?.packages ?? {}).toEqual({});
  expect(manifest?.isModule ?? false).toBe(false);
});
