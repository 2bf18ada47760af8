import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { findTool } from '#main/engines/process/tools.ts';
import { compileEntries } from '#main/features/compile-cache/entries.ts';
import { compileCacheService } from '#main/features/compile-cache/service.ts';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import type { Kept } from '#main/kinds/compile-cache.ts';
import { forge } from '#main/kinds/foundry/tools.ts';
import { sha256 } from '#main/lib/sha256.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { copyFixture, type Fixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { made } from '#test/harness/made.ts';
import { openBench, startAnvil } from '../kinds/bench.ts';

let core: TestApp;
let client: Client;
let fixture: Fixture;
let project: number;
let pristine: { path: string } & AsyncDisposable;

beforeAll(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  fixture = await copyFixture('token-vault', { git: true });
  project = (await client.projects.add({ path: fixture.folder, name: 'vault' })).id;
  const first = await deploy();
  expect(compileOf(first)).toBe('done');
  await kept(1);
  pristine = await temporaryFolder();
  cpSync(fixture.folder, `${pristine.path}/project`, { recursive: true, preserveTimestamps: true });
  cpSync(root(), `${pristine.path}/kept`, { recursive: true, preserveTimestamps: true });
}, 60_000);

afterAll(async () => {
  await core?.[Symbol.asyncDispose]();
  await fixture?.[Symbol.asyncDispose]();
  await pristine?.[Symbol.asyncDispose]();
});

/** Compiled, and kept: as it was after the first deploy, down to the times of files. */
beforeEach(async () => {
  await client.settings.set({ compileCacheTtl: 3600 });
  for (const [at, before] of [
    [fixture.folder, `${pristine.path}/project`],
    [root(), `${pristine.path}/kept`],
  ] as const) {
    rmSync(at, { recursive: true, force: true });
    cpSync(before, at, { recursive: true, preserveTimestamps: true });
  }
});

async function deploy(id = project): Promise<DeploymentDetail> {
  const { id: run } = await client.deployments.start({ project: id, target: 'local' });
  for await (const _ of await client.deployments.watch({ id: run, after: 0 })) {
    // Only its end matters.
  }
  const ended = await client.deployments.get({ id: run });
  expect(ended.failure).toBeNull();
  return ended;
}

const compileOf = (run: DeploymentDetail) => run.phases.find((p) => p.id === 'compile')?.status;

async function said(run: DeploymentDetail): Promise<string | undefined> {
  const events = await client.deployments.logs({ id: run.id, after: 0, limit: 1000 });
  const lines = events.flatMap((event) => (event.type === 'log' ? event.text : []));
  return lines.find((line) => line.startsWith('Compile cache'));
}

const kept = (entries: number) =>
  vi.waitFor(
    async () => expect((await client.compileCache.status()).entries).toBe(entries),
    30_000,
  );

const clean = (folder = fixture.folder) =>
  execFileSync(findTool(forge).path, ['clean'], { cwd: folder });

const edit = (name: string, change: (text: string) => string) => {
  const file = path.join(fixture.folder, name);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
};

/** What the library that they edit was compiled to. */
const compiledTo = () =>
  sha256(readFileSync(path.join(fixture.folder, 'out/FeeMath.sol/FeeMath.json')));

test('the same sources again: nothing to compile, the run says so and touches nothing', async () => {
  const notes = path.join(fixture.folder, 'cache/solidity-files-cache.json');
  const before = readFileSync(notes);
  const run = await deploy();
  expect(compileOf(run)).toBe('skipped');
  expect(await said(run)).toMatch(
    /^Compile cache: nothing to compile \([0-9a-f]{12}, kept \d+ s ago\)\.$/,
  );
  expect(readFileSync(notes)).toEqual(before);
});

test('what forge clean took away is put back', async () => {
  const code = compiledTo();
  clean();
  const run = await deploy();
  expect(compileOf(run)).toBe('skipped');
  expect(await said(run)).toMatch(/\d+ files put back\)\.$/);
  expect(compiledTo()).toBe(code);
  expect(made(run).contracts.map((c) => c.name)).toEqual(['Token', 'Vault']);
});

test('another clone of the same repository compiles nothing', async () => {
  await using folder = await temporaryFolder();
  const clone = path.join(folder.path, 'clone');
  cpSync(fixture.folder, clone, {
    recursive: true,
    filter: (f) => !/\/(out|cache|broadcast)$/.test(f),
  });
  const { id } = await client.projects.add({ path: clone, name: 'clone' });
  const run = await deploy(id);
  expect(compileOf(run)).toBe('skipped');
  await client.projects.remove({ project: id });
});

test('a branch that is switched to and back is compiled once, and never mistaken', async () => {
  const code = compiledTo();
  edit('src/FeeMath.sol', (text) => text.replace('WHOLE / 10', 'WHOLE / 5'));
  const other = await deploy();
  expect(compileOf(other)).toBe('done');
  const otherCode = compiledTo();
  expect(otherCode).not.toBe(code);
  await kept(2);
  execFileSync('git', ['stash', '--quiet'], { cwd: fixture.folder });
  const back = await deploy();
  expect([compileOf(back), compiledTo()]).toEqual(['skipped', code]);
  execFileSync('git', ['stash', 'pop', '--quiet'], { cwd: fixture.folder });
  const again = await deploy();
  expect([compileOf(again), compiledTo()]).toEqual(['skipped', otherCode]);
}, 30_000);

test('what the user has compiled besides stays compiled', async () => {
  writeFileSync(
    path.join(fixture.folder, 'src/Aside.sol'),
    'pragma solidity ^0.8.0;\ncontract Aside {}\n',
  );
  const program = findTool(forge).path;
  const build = () =>
    execFileSync(program, ['build', '--offline'], {
      cwd: fixture.folder,
      env: { ...process.env, HOME: path.join(core.home, 'compilers', compiler()) },
      encoding: 'utf8',
    });
  build();
  rmSync(path.join(fixture.folder, 'out/Token.sol'), { recursive: true });
  expect(compileOf(await deploy())).toBe('skipped');
  expect(build()).toContain('No files changed, compilation skipped');
  rmSync(path.join(fixture.folder, 'src/Aside.sol'));
});

const compiler = () =>
  readdirSync(path.join(core.home, 'compilers')).find((n) => /^\d/.test(n)) ?? '';

test.each<[string, () => void]>([
  [
    'a dependency',
    () =>
      edit('node_modules/@openzeppelin/contracts/utils/Context.sol', (text) =>
        text.replace(
          'abstract contract Context {',
          'abstract contract Context {\n    error Never();',
        ),
      ),
  ],
  ['foundry.toml', () => edit('foundry.toml', (text) => `${text}optimizer = true\n`)],
])('%s that has changed is a miss', async (_, change) => {
  const before = readFileSync(
    path.join(fixture.folder, 'node_modules/@openzeppelin/contracts/utils/Context.sol'),
  );
  change();
  clean();
  const run = await deploy();
  expect([compileOf(run), await said(run)]).toEqual(['done', undefined]);
  await kept(2);
  writeFileSync(
    path.join(fixture.folder, 'node_modules/@openzeppelin/contracts/utils/Context.sol'),
    before,
  );
});

test('what is over its time is a miss, and is removed', async () => {
  const long = new Date(Date.now() - 3_700_000);
  for (const file of entryFiles('entry.json')) utimesSync(file, long, long);
  expect(await client.compileCache.status()).toMatchObject({ entries: 0 });
  clean();
  expect(compileOf(await deploy())).toBe('done');
  await kept(1);
  expect(entryFiles('entry.json')).toHaveLength(1);
});

test('0 s is off', async () => {
  await client.settings.set({ compileCacheTtl: 0 });
  expect(await client.compileCache.status()).toMatchObject({ enabled: false, entries: 0 });
  clean();
  expect(compileOf(await deploy())).toBe('done');
});

test('cleared: nothing is kept, and the next deploy compiles', async () => {
  const { bytes } = await client.compileCache.status();
  expect(bytes).toBeGreaterThan(100_000);
  expect(await client.compileCache.clear()).toEqual({ entries: 1, bytes });
  expect(await client.compileCache.status()).toMatchObject({ enabled: true, entries: 0, bytes: 0 });
  clean();
  expect(compileOf(await deploy())).toBe('done');
});

test('a damaged entry is not put back', async () => {
  for (const file of entryFiles('0')) writeFileSync(file, '{}');
  clean();
  const run = await deploy();
  expect([compileOf(run), await said(run)]).toEqual(['done', undefined]);
});

test('when forge compiles all the same, the run says what was', async () => {
  edit('foundry.toml', (text) => `${text}force = true\n`);
  expect(compileOf(await deploy())).toBe('done');
  await kept(2);
  const run = await deploy();
  expect(compileOf(run)).toBe('done');
});

test('made by another compiler than the one that would be taken now, it is a miss', async () => {
  await using folder = await temporaryFolder();
  const service = compileCacheService({
    entries: compileEntries(folder.path),
    logger: core.app.logger,
    ttl: () => 3600,
    changed: () => undefined,
  });
  await using bench = await openBench({ compileCache: service.cache });
  await using chain = await startAnvil();
  await using own = await copyFixture('token-vault');
  const request = bench.request(own.folder, 'script/Deploy.s.sol:Deploy', 'run()', [], chain);
  const first = await bench.deploy(request);
  expect(first.exit.code).toBe(0);
  first.plan.ended();
  await service.close();
  clean(own.folder);
  const notes = async () => (await bench.forge.plan(request, bench.workspace)).notes;
  expect(await notes()).toContainEqual(
    expect.stringContaining('Compile cache: nothing to compile'),
  );
  clean(own.folder);
  const installed = path.join(bench.home, '.svm/0.8.99');
  mkdirSync(installed, { recursive: true });
  writeFileSync(path.join(installed, 'solc-0.8.99'), '');
  expect(await notes()).toEqual([expect.stringContaining('solc 0.8.99 (installed)')]);
  expect(existsSync(path.join(own.folder, 'out'))).toBe(false);
});

test('when there is no more room, what was not used for the longest time goes first', async () => {
  await using folder = await temporaryFolder();
  const service = compileCacheService({
    entries: compileEntries(folder.path),
    logger: core.app.logger,
    ttl: () => 3600,
    maxBytes: 250_000,
    changed: () => undefined,
  });
  const keys = async () => {
    await service.close();
    return service.cache.find('group').map(({ key }) => key);
  };
  const keep = async (key: string) => {
    const files = [new Uint8Array(100_000)];
    // The clock of files goes in steps of some milliseconds.
    await sleep(20);
    service.cache.keep(async () => ({ group: 'group', key, facts: {}, files }));
    await service.close();
  };
  await keep('first');
  await keep('second');
  const [, first] = service.cache.find('group');
  await sleep(20);
  service.cache.used(first as Kept);
  expect(await keys()).toEqual(['first', 'second']);
  await keep('third');
  expect(await keys()).toEqual(['third', 'first']);
});

test('a folder that a tool fills counts with what is in it, and goes as everything else does', async () => {
  await using folder = await temporaryFolder();
  let ttl = 3600;
  const service = compileCacheService({
    entries: compileEntries(path.join(folder.path, 'kept')),
    logger: core.app.logger,
    ttl: () => ttl,
    changed: () => undefined,
  });
  const made = (await service.cache.folder('tool')) as string;
  writeFileSync(path.join(made, 'code'), new Uint8Array(1000));
  expect(await service.status()).toMatchObject({ entries: 1, bytes: 1000 });
  writeFileSync(path.join(made, 'more'), new Uint8Array(500));
  expect(await service.status()).toMatchObject({ entries: 1, bytes: 1500 });
  const long = new Date(Date.now() - 3_700_000);
  const entry = path.join(path.dirname(made), 'entry.json');
  utimesSync(entry, long, long);
  expect(await service.status()).toMatchObject({ entries: 0 });
  expect(await service.cache.folder('tool')).toBe(made);
  expect(await service.clear()).toEqual({ entries: 1, bytes: 1500 });
  expect(existsSync(made)).toBe(false);
  expect(await service.cache.folder('tool')).toBe(made);
  expect(readdirSync(made)).toEqual([]);
  ttl = 0;
  expect(await service.cache.folder('tool')).toBeNull();
});

const root = () => path.join(core.home, 'compile-cache');

const entryFiles = (name: string) =>
  readdirSync(root(), { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === name)
    .map((file) => path.join(root(), file));

test('killed while it is written, an entry is none, and what is left of it is removed', async () => {
  const store = new URL('../../src/main/features/compile-cache/entries.ts', import.meta.url)
    .pathname;
  const writer = spawn(process.execPath, [
    ...['--experimental-strip-types', '--input-type=module', '-e'],
    `const { compileEntries } = await import(${JSON.stringify(store)});
    const files = Array.from({ length: 3000 }, () => new Uint8Array(100_000));
    await compileEntries(${JSON.stringify(root())}).write({ group: 'g', key: 'k', facts: {}, files });`,
  ]);
  const group = path.join(root(), 'g');
  await vi.waitUntil(() => existsSync(group) && readdirSync(group).length > 0, {
    timeout: 30_000,
    interval: 5,
  });
  writer.kill('SIGKILL');
  await once(writer, 'exit');
  const [part] = readdirSync(group);
  expect(part).toMatch(/^\.part-/);
  expect(await client.compileCache.status()).toMatchObject({ entries: 1 });
  const long = new Date(Date.now() - 3_600_000);
  utimesSync(path.join(root(), 'g', part as string), long, long);
  expect(await client.compileCache.status()).toMatchObject({ entries: 1 });
  expect(readdirSync(path.join(root(), 'g'))).toEqual([]);
}, 30_000);
