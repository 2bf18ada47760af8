import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { writtenFolder } from '#test/harness/written-folder.ts';
import { detectHardhat } from './detect.ts';
import { projectsBelow } from './projects-below.ts';
import { whatRuns } from './what-runs.ts';

const two = {
  'package.json': { devDependencies: { hardhat: '^2.29.0' } },
  'node_modules/hardhat/package.json': { version: '2.29.1' },
};

const three = {
  'hardhat.config.ts': '',
  'package.json': { type: 'module', devDependencies: { hardhat: '^3.0.0' } },
  'node_modules/hardhat/package.json': { version: '3.18.0' },
};

async function problemsOf(files: Record<string, unknown>) {
  await using folder = await writtenFolder(files);
  return (await detectHardhat(folder.path))?.problems;
}

test.each(['js', 'cjs', 'mjs', 'ts', 'cts', 'mts'])(
  'hardhat.config.%s tells it',
  async (ending) => {
    await using folder = await writtenFolder({ ...two, [`hardhat.config.${ending}`]: 'throw 1' });
    expect(await detectHardhat(folder.path)).toEqual({
      kind: 'hardhat',
      label: 'Hardhat',
      path: folder.path,
      evidence: [
        `hardhat.config.${ending}`,
        'Hardhat 2.29.1 is installed in node_modules/hardhat.',
      ],
      problems: [],
    });
  },
);

test('of several configurations it is the one that Hardhat takes', async () => {
  await using folder = await writtenFolder({ 'hardhat.config.js': '', 'hardhat.config.ts': '' });
  expect((await detectHardhat(folder.path))?.evidence[0]).toBe('hardhat.config.ts');
});

test('a foundry.toml beside it is in nobody’s way', async () => {
  expect(await problemsOf({ ...three, 'foundry.toml': '' })).toEqual([]);
});

test('a folder without a configuration is none', async () => {
  await using folder = await writtenFolder({ 'package.json': {}, 'hardhat.config.json': '{}' });
  await mkdir(path.join(folder.path, 'hardhat.config.js'));
  expect(await detectHardhat(folder.path)).toBeNull();
});

test('packages that are not installed are no obstacle: a deploy installs them', async () => {
  const { 'node_modules/hardhat/package.json': _, ...bare } = three;
  await using folder = await writtenFolder({ ...bare, 'pnpm-lock.yaml': '' });
  const found = await detectHardhat(folder.path);
  expect(found?.problems).toEqual([]);
  expect(found?.evidence.at(-1)).toContain('A deploy installs it first, with `pnpm install`.');
});

describe('what stands in the way', () => {
  test('a package.json that does not list Hardhat', async () => {
    expect(await problemsOf({ 'hardhat.config.js': '', 'package.json': {} })).toEqual([
      'Hardhat is not installed, and no package.json lists it. Add it with `npm install --save-dev hardhat`.',
    ]);
  });

  test('a package.json that is no JSON', async () => {
    expect(await problemsOf({ 'hardhat.config.js': '', 'package.json': '{{{' })).toEqual([
      'package.json is not valid JSON, so what the project uses is not known. Correct it, and try again.',
    ]);
  });

  test('version 3 outside of an ES module', async () => {
    expect(await problemsOf({ ...three, 'package.json': {} })).toEqual([
      'Hardhat 3 needs "type": "module" in package.json. Add it there.',
    ]);
  });

  test('version 3 in a project that asks for an old Node', async () => {
    expect(await problemsOf({ ...three, '.nvmrc': 'v20.19.0' })).toEqual([
      'Hardhat 3 needs Node 22.13.0 or newer, and .nvmrc asks for another one (20.19.0). Change it there.',
    ]);
    expect(await problemsOf({ ...three, '.nvmrc': '22' })).toEqual([]);
    expect(await problemsOf({ ...two, 'hardhat.config.js': '', '.nvmrc': '18' })).toEqual([]);
  });
});

test('a link that leads out of the folder is not read', async () => {
  await using folder = await writtenFolder({
    'elsewhere/package.json': { version: '3.18.0' },
    'project/hardhat.config.js': '',
    'project/node_modules/x': '',
  });
  const project = path.join(folder.path, 'project');
  await symlink('../../elsewhere', path.join(project, 'node_modules/hardhat'));
  await symlink('../elsewhere/package.json', path.join(project, 'package.json'));
  const found = await detectHardhat(project);
  expect(found?.evidence).toEqual(['hardhat.config.js']);
});

test('projects below, the nearest first, and none among what is installed', async () => {
  await using folder = await writtenFolder({
    'contracts/hardhat.config.ts': '',
    'packages/hardhat/hardhat.config.cjs': '',
    'packages/nextjs/package.json': {},
    'node_modules/x/hardhat.config.js': '',
  });
  expect(projectsBelow(folder.path)).toEqual([
    path.join(folder.path, 'contracts'),
    path.join(folder.path, 'packages/hardhat'),
  ]);
});

test('what of the folder a deploy runs', async () => {
  await using installed = await writtenFolder(three);
  expect(whatRuns(installed.path)).toEqual([
    'Node runs hardhat.config.ts and every plugin that it loads, then the script or module that is deployed.',
    'All of them can read and change files, read environment variables, start programs and use the network.',
  ]);
  await using bare = await writtenFolder({ 'hardhat.config.js': '', 'package-lock.json': '{}' });
  expect(whatRuns(bare.path)[0]).toBe(
    "npm ci first installs the packages that it lists; scripts of theirs don't run as it does.",
  );
  expect(whatRuns(path.join(bare.path, 'gone'))).toHaveLength(2);
});

test('packages that Yarn keeps in archives stand in the way, and are known from its lock file', async () => {
  const packed = {
    'hardhat.config.js': '',
    'package.json': { devDependencies: { hardhat: '^2.22.0' } },
    '.pnp.cjs': '',
    'yarn.lock': '"hardhat@npm:^2.22.0":\n  version: 2.29.1\n  resolution: "hardhat@npm:2.29.1"\n',
  };
  await using folder = await writtenFolder(packed);
  const candidate = await detectHardhat(folder.path);
  expect(candidate?.evidence).toEqual(['hardhat.config.js', 'yarn.lock has Hardhat 2.29.1.']);
  expect(candidate?.problems).toEqual([expect.stringContaining('nodeLinker: node-modules')]);
  expect(await problemsOf({ ...packed, ...two })).toEqual([]);
});
