import { readdirSync, readFileSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { appRoot } from '#main/lib/app-root.ts';
import { filesToRun, projectFiles } from '#main/lib/project-files.ts';
import { writtenFolder } from '#test/harness/written-folder.ts';
import { choicesOf } from './choices.ts';

const fixtures = path.join(appRoot(), 'test/fixtures/hardhat');

async function read(files: Record<string, unknown>, named?: string) {
  await using folder = await writtenFolder(files);
  return choicesOf(projectFiles(folder.path), named).entries;
}

test.each(readdirSync(fixtures))('what %s is known to deploy is offered', (name) => {
  const { project = '.', deploys } = JSON.parse(
    readFileSync(path.join(fixtures, name, 'expected.json'), 'utf8'),
  ) as { project?: string; deploys: { entry: string; call?: string }[] };
  const { entries } = choicesOf(projectFiles(path.join(fixtures, name, project)));
  const offered = entries.filter((one) => !one.leftOut && !one.problem);
  for (const { entry, call } of deploys) {
    const found = offered.find(({ value }) => value === entry);
    expect(found?.calls.map(({ value }) => value)).toContain(call ?? found?.calls[0]?.value);
  }
  expect(new Set(offered.map(({ value }) => value))).toEqual(
    new Set(deploys.map(({ entry }) => entry)),
  );
  expect(entries.filter((one) => one.isDefault).map(({ value }) => value)).toEqual([
    deploys[0]?.entry,
  ]);
});

test('a module comes with its parameters, and those of the modules that it uses', async () => {
  const entries = await read({
    'ignition/modules/Main.ts': `import inner from "./parts/inner.js";
      export default buildModule("Main", (m) => { m.useModule(inner); m.getParameter("by", 7n); });`,
    'ignition/modules/parts/inner.ts': `import main from '../Main';
      export default buildModule("Inner", (m) => { m.getParameter("owner"); });`,
    'ignition/modules/types.d.ts': '',
    'ignition/modules/util.ts': 'export const x = 1;',
  });
  expect(entries.map(({ value, leftOut }) => [value, leftOut])).toEqual([
    ['ignition/modules/Main.ts', undefined],
    ['ignition/modules/parts/inner.ts', undefined],
    ['ignition/modules/util.ts', 'It builds no module.'],
  ]);
  expect(entries[0]).toMatchObject({
    label: 'Main',
    group: 'Ignition modules',
    calls: [
      {
        value: 'deploy',
        isDefault: true,
        parameters: [
          { name: 'Main.by', type: 'uint256', default: '7' },
          { name: 'Inner.owner', type: 'string' },
        ],
      },
    ],
  });
});

test('the default is the module that no other one uses', async () => {
  const files = {
    'ignition/modules/A.js':
      "const b = require('./B'); module.exports = buildModule('A', (m) => ({}))",
    'ignition/modules/B.js': "module.exports = buildModule('B', (m) => ({}))",
    'scripts/deploy.js': '',
  };
  const standard = (entries: Awaited<ReturnType<typeof read>>) =>
    entries.filter((one) => one.isDefault).map(({ value }) => value);
  expect(standard(await read(files))).toEqual(['ignition/modules/A.js']);
  const { 'ignition/modules/A.js': _, ...others } = files;
  expect(standard(await read({ ...others, 'ignition/modules/C.js': "buildModule('C')" }))).toEqual([
    'scripts/deploy.js',
  ]);
});

test('hardhat-deploy is one entry with a call for each tag', async () => {
  const files = {
    'package.json': { devDependencies: { 'hardhat-deploy': '1.0.4' } },
    'deploy/1.ts': 'func.tags = ["token", "all"]',
    'deploy/more/2.ts': 'func.tags = ["sale", "all"]',
  };
  expect(await read(files)).toMatchObject([
    {
      value: 'deploy',
      isDefault: true,
      calls: [
        { value: 'deploy', isDefault: true },
        { value: 'deploy --tags all' },
        { value: 'deploy --tags sale' },
        { value: 'deploy --tags token' },
      ],
    },
  ]);
  expect(await read({ ...files, 'package.json': {} })).toEqual([]);
});

test('a script that is a part of another one is not offered', async () => {
  const entries = await read({
    'scripts/deploy.ts': "import { x } from './lib/x.js'",
    'scripts/lib/x.ts': "import '../deploy'; import './x'",
    'scripts/verify.ts': '',
    'scripts/deploy.test.ts': '',
    'scripts/node_modules/y.js': '',
    'scripts/README.md': '',
  });
  expect(entries.map(({ value, label, leftOut }) => [value, label, leftOut])).toEqual([
    ['scripts/deploy.ts', 'deploy.ts', 'It is a part of scripts/lib/x.ts.'],
    ['scripts/lib/x.ts', 'lib/x.ts', 'It is a part of scripts/deploy.ts.'],
    ['scripts/verify.ts', 'verify.ts', undefined],
  ]);
});

test('a script that is named is listed wherever it lies', async () => {
  const files = { 'tools/ship.ts': '', 'tools/notes.txt': '' };
  expect(await read(files)).toEqual([]);
  expect(await read(files, 'tools/ship.ts')).toMatchObject([
    { value: 'tools/ship.ts', label: 'tools/ship.ts', isDefault: false },
  ]);
  for (const name of ['tools/notes.txt', 'tools/none.ts', '../x.ts', '/etc/passwd', 'tools']) {
    expect(await read(files, name)).toEqual([]);
  }
});

test('a link that leads out of the folder is listed with its reason, and followed once the code runs', async () => {
  await using folder = await writtenFolder({
    'outside/M.ts': 'buildModule("M", (m) => m.getParameter("secret"))',
    'project/ignition/modules/x.md': '',
    'project/scripts/x.md': '',
  });
  const project = path.join(folder.path, 'project');
  await symlink('../../../outside/M.ts', path.join(project, 'ignition/modules/M.ts'));
  await symlink('../../outside/M.ts', path.join(project, 'scripts/s.ts'));
  await symlink('../../outside', path.join(project, 'scripts/all'));
  const { entries } = choicesOf(projectFiles(project));
  expect(entries.map(({ value, calls }) => [value, calls])).toEqual([
    ['ignition/modules/M.ts', []],
    ['scripts/s.ts', []],
  ]);
  expect(entries[0]?.problem).toMatch(/leads out of/);
  expect(choicesOf(filesToRun(project)).entries[0]?.calls[0]?.parameters).toEqual([
    { name: 'M.secret', type: 'string' },
  ]);
});

test('what is too large is offered, unread', async () => {
  const filler = `// ${'x'.repeat(70_000)}`;
  const entries = await read({
    'package.json': { dependencies: { 'hardhat-deploy': '1' } },
    'deploy/1.js': filler,
    'ignition/modules/M.ts': filler,
    'scripts/deploy.ts': filler,
  });
  expect(
    entries.map(({ value, note, calls }) => [value, note !== undefined, calls.length]),
  ).toEqual([
    ['deploy', true, 1],
    ['ignition/modules/M.ts', true, 1],
    ['scripts/deploy.ts', false, 1],
  ]);
});

test('many large sources are read up to a limit', async () => {
  const many = Array.from({ length: 25 }, (_, n) => [
    `ignition/modules/M${n}.ts`,
    `buildModule("M${n}", (m) => 1);${'(<`${'.repeat(12_000)}`,
  ]);
  const entries = await read(Object.fromEntries(many));
  expect(entries.length).toBe(25);
  expect(entries.some(({ note }) => note?.includes('more scripts than can be read'))).toBe(true);
});
