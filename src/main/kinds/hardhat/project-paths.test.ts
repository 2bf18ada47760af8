import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { filesToRun, projectFiles } from '#main/lib/project-files.ts';
import { writtenFolder } from '#test/harness/written-folder.ts';
import { pathsOf, toldPaths, USUAL_PATHS } from './project-paths.ts';
import { sourceReader } from './source-reader.ts';

async function read(config: string) {
  await using folder = await writtenFolder({ 'hardhat.config.ts': config });
  const files = projectFiles(folder.path);
  return pathsOf(files, sourceReader(files));
}

test('folders that a configuration moves in literals are known', async () => {
  expect(
    await read(`const BUILD = './build/cache';
      export default defineConfig({
        networks: { other: { url: 'x' } },
        paths: { sources: "./src", 'artifacts': "./build/artifacts", cache: BUILD,
          deploy: ['deploy/a', "deploy/b"], deployments: 'records/', ignition: "./ign" },
      });`),
  ).toEqual({
    ...{ artifacts: 'build/artifacts', cache: 'build/cache', ignition: 'ign' },
    ...{ deployments: 'records', deploy: ['deploy/a', 'deploy/b'], sources: ['src'] },
  });
  expect(await read("module.exports = { paths: { deploy: 'scripts/deploy' } };")).toEqual({
    ...USUAL_PATHS,
    deploy: ['scripts/deploy'],
  });
});

test.each([
  ['nothing', 'export default {};'],
  ['no literal', 'export default { paths: { artifacts: path.join(a, "x"), cache: cacheOf(1), } };'],
  ['a part of an expression', 'export default { paths: { artifacts: "a" + b } };'],
  ['another root', 'export default { paths: { root: "..", artifacts: "a" } };'],
  [
    'folders outside',
    'export default { paths: { deployments: "../a", cache: "/tmp", ignition: "." } };',
  ],
  ['another type', 'export default { paths: { artifacts: 5, deploy: [1] } };'],
  ['an end that is missing', 'export default { paths: { artifacts: ['],
])('with %s they are the usual ones', async (_, config) => {
  expect(await read(config)).toEqual(USUAL_PATHS);
});

test('what is no literal leaves the others known', async () => {
  const config = `export default { paths: { artifacts: ['b', 'out'].join('/'), cache: { a: 1 },
    deploy: ['a', b()], ignition: './moved' } };`;
  expect(await read(config)).toEqual({ ...USUAL_PATHS, ignition: 'moved' });
});

test('artifacts are only read: they may lie anywhere', async () => {
  const { artifacts } = await read('export default { paths: { artifacts: "../shared/out" } };');
  expect(artifacts).toBe('../shared/out');
});

test('what a tool tells counts, but no folder outside of the project', async () => {
  await using folder = await writtenFolder({ 'in/file': '' });
  symlinkSync(path.dirname(folder.path), path.join(folder.path, 'out'));
  const told = (params: unknown) => toldPaths(filesToRun(folder.path), USUAL_PATHS, params);
  expect(told([{ artifacts: 'in/a', ignition: './in' }])).toEqual({
    ...{ ...USUAL_PATHS, artifacts: 'in/a', ignition: 'in' },
  });
  for (const ignition of ['out', 'out/new/one', '..', '../other', '/', '', '.', 5, null]) {
    expect(told([{ ignition }])).toEqual(USUAL_PATHS);
  }
  for (const params of [undefined, [], 'x', [null], [[]]])
    expect(told(params)).toEqual(USUAL_PATHS);
});
