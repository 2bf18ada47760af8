import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, realpath, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { processEngine } from '#main/engines/process/process-engine.ts';
import { allTools } from '#main/features/engines/machine.ts';
import { Libraries } from '#main/features/projects/libraries.ts';
import { missingLibraries } from '#main/kinds/foundry/missing-libraries.ts';
import type { LibraryStep } from '#main/kinds/libraries.ts';
import { processes } from '#main/lib/processes/processes.ts';
import { openTestApp } from '#test/harness/app.ts';
import { openDoor } from '#test/harness/doors.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';

const run = promisify(execFile);
const host = processEngine({ tools: allTools });

/** Disposed of at the end of the test. */
function untilEnd<T extends AsyncDisposable>(one: T): T {
  onTestFinished(() => one[Symbol.asyncDispose]());
  return one;
}

let folder: string;
beforeEach(async () => {
  folder = await realpath(untilEnd(await temporaryFolder()).path);
});

async function put(files: Record<string, string>, at = folder): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(at, name)), { recursive: true });
    await writeFile(path.join(at, name), text);
  }
}

async function git(at: string, ...args: string[]): Promise<void> {
  const who = ['-c', 'user.name=Fixture', '-c', 'user.email=fixture@example.org'];
  await run('git', [...who, '-c', 'protocol.file.allow=always', ...args], { cwd: at });
}

async function commit(at: string): Promise<void> {
  await git(at, 'init', '--quiet', '--initial-branch=main');
  await git(at, 'add', '--all');
  await git(at, 'commit', '--quiet', '--message=Start');
}

/** A clone of a repository with a submodule, whose folder is empty, as it mostly comes. */
async function aClone() {
  const [library, upstream] = [path.join(folder, 'library'), path.join(folder, 'upstream')];
  const clone = path.join(folder, 'clone');
  await put({ 'src/Dock.sol': 'contract Dock {}' }, library);
  await commit(library);
  await put({ 'foundry.toml': '' }, upstream);
  await commit(upstream);
  await git(upstream, 'submodule', '--quiet', 'add', library, 'lib/dock');
  await git(upstream, 'commit', '--quiet', '--message=Library');
  await git(folder, 'clone', '--quiet', upstream, clone);
  return { clone, place: { id: 1, name: 'clone', path: clone, repository: clone } };
}

type Project = Awaited<ReturnType<typeof aClone>>['place'];

/** What the steps print, and how they end. */
async function installed(
  project: Project,
  steps: LibraryStep[],
  protocols?: readonly string[],
): Promise<{ said: string; error?: { code: string; message: string } }> {
  const libraries = new Libraries({
    host: async () => host,
    folder: path.join(folder, 'logs'),
    protocols,
  });
  let said = '';
  try {
    for await (const lines of libraries.install(project, steps)) {
      for (const { text } of lines) said += `${text}\n`;
    }
    return { said };
  } catch (error) {
    return { said, error: error as { code: string; message: string } };
  }
}

test('an empty submodule is fetched, and nothing that the repository names is run', async () => {
  const { clone, place } = await aClone();
  const trap = path.join(folder, 'trap');
  const program = path.join(folder, 'program');
  await writeFile(program, `#!/bin/sh\necho ran >> ${trap}\nexec cat\n`, { mode: 0o755 });
  await put({ '.git/info/attributes': '* filter=evil' }, clone);
  for (const hook of ['post-checkout', 'reference-transaction']) {
    await writeFile(path.join(clone, '.git/hooks', hook), await readFile(program), { mode: 0o755 });
  }
  for (const [key, value] of [
    ['core.fsmonitor', program],
    ['core.hooksPath', path.join(clone, '.git/hooks')],
    ['core.sshCommand', program],
    ['filter.evil.smudge', program],
    ['filter.evil.process', program],
    ['filter.evil.required', 'true'],
    ['submodule.lib/dock.update', `!${program}`],
    ['credential.helper', `!${program}`],
  ] as const) {
    await git(clone, 'config', key, value);
  }

  const steps = missingLibraries(place, ['dock/src/Dock.sol']);
  expect(steps).toMatchObject([
    { tool: 'git', missing: ['lib/dock'], fits: true, why: expect.stringContaining('lib/dock') },
  ]);
  const refused = await installed(place, steps);
  expect(refused.error).toMatchObject({ code: 'INSTALL_FAILED' });
  expect(refused.said).toContain("transport 'file' not allowed");
  expect(refused.error?.message).toContain(path.join(folder, 'logs', '1.log'));

  const { said, error } = await installed(place, steps, ['file']);
  expect(error, said).toBeUndefined();
  expect(await readFile(path.join(clone, 'lib/dock/src/Dock.sol'), 'utf8')).toContain('Dock');
  expect(await readFile(path.join(folder, 'logs', '1.log'), 'utf8')).toContain('$ git submodule');
  expect(existsSync(trap)).toBe(false);
  expect(missingLibraries(place)).toEqual([]);
});

test('a repository that is kept for a submodule is not heard, nor where files are said to go', async () => {
  const { clone, place } = await aClone();
  await git(clone, 'submodule', '--quiet', 'update', '--init');
  await git(clone, 'submodule', '--quiet', 'deinit', '--all');
  const trap = path.join(folder, 'trap');
  const program = path.join(folder, 'program');
  await writeFile(program, `#!/bin/sh\necho ran >> ${trap}\nexec cat\n`, { mode: 0o755 });
  const elsewhere = path.join(folder, 'elsewhere');
  await put({ '.gitmodules': await readFile(path.join(clone, '.gitmodules'), 'utf8') }, elsewhere);
  await git(clone, 'config', 'core.worktree', elsewhere);
  const kept = path.join(clone, '.git/modules/lib/dock');
  await put({ 'info/attributes': '* filter=kept\n' }, kept);
  const original = await readFile(path.join(kept, 'config'), 'utf8');
  const steps = missingLibraries(place, []);
  const included = path.join(folder, 'included');
  await git(folder, 'config', '--file', included, 'filter.kept.smudge', program);
  for (const [key, value] of [
    ['filter.kept.smudge', program],
    ['include.path', included],
    ['core.fsmonitor', program],
  ] as const) {
    await writeFile(path.join(kept, 'config'), original);
    await git(folder, 'config', '--file', path.join(kept, 'config'), key, value);
    const { said, error } = await installed(place, steps, ['file']);
    expect(error, key).toMatchObject({ code: 'INSTALL_FAILED' });
    expect(said).toContain(`sets ${key}`);
    expect(existsSync(trap), key).toBe(false);
  }

  await writeFile(path.join(kept, 'config'), original);
  const { said, error } = await installed(place, steps, ['file']);
  expect(error, said).toBeUndefined();
  expect(await readdir(elsewhere)).toEqual(['.gitmodules']);
  expect(existsSync(path.join(clone, 'lib/dock/src/Dock.sol'))).toBe(true);
});

test('git enters no folder that holds something already', async () => {
  const { clone, place } = await aClone();
  await put({ '.git': 'gitdir: /somewhere/else' }, path.join(clone, 'lib/dock'));
  expect(missingLibraries(place)).toEqual([]);
  // A `.git` in the project that was not there when it was added isn't one to be followed.
  await put({ 'foundry.toml': '', '.gitmodules': '[submodule "x"]\npath = lib/x\n' });
  const added = { path: folder, repository: '' };
  expect(missingLibraries(added)).toEqual([]);
});

test.each([
  ['npm', { 'package-lock.json': '{}' }, '', 'its lock file is package-lock.json'],
  ['pnpm', { 'pnpm-lock.yaml': '' }, '', 'its lock file is pnpm-lock.yaml'],
  ['yarn', { 'yarn.lock': '' }, '', 'its lock file is yarn.lock'],
  ['bun', { 'bun.lock': '' }, '', 'its lock file is bun.lock'],
  ['npm', {}, '', 'there is no lock file'],
  ['pnpm', { 'package-lock.json': '{}' }, 'pnpm@9.0.0', 'packageManager is pnpm@9.0.0'],
])('packages are installed by %s when %o is there', async (tool, locks, packageManager, why) => {
  const dependencies = { '@dock/contracts': '1.0.0', there: '1.0.0', '../../evil': '1.0.0' };
  await put({
    'foundry.toml': '',
    'node_modules/there/package.json': '{}',
    'package.json': JSON.stringify({ dependencies, packageManager }),
    ...locks,
  });
  const steps = missingLibraries({ path: folder, repository: '' }, ['@dock/contracts/Dock.sol']);
  expect(steps).toMatchObject([
    { tool, program: tool, folder, missing: ['@dock/contracts'], fits: true },
  ]);
  expect(steps[0]?.args).toContain('--ignore-scripts');
  expect(steps[0]?.why).toContain(why);
});

test('packages of a workspace are installed where its lock file is', async () => {
  await mkdir(path.join(folder, '.git'));
  const inner = path.join(folder, 'packages/contracts');
  await put({ 'pnpm-lock.yaml': '', 'package.json': '{"devDependencies": {"top": "1"}}' });
  await put({ 'foundry.toml': '', 'package.json': '{"dependencies": {"dock": "1"}}' }, inner);
  const place = { path: inner, repository: folder };
  expect(missingLibraries(place)).toMatchObject([{ tool: 'pnpm', folder }]);
  await put({ 'node_modules/dock/package.json': '{}' });
  expect(missingLibraries(place)).toMatchObject([{ folder, missing: ['top'] }]);
});

test('what brings the missing import comes first; what only guesses comes last', async () => {
  const place = { path: folder, repository: '' };
  const first = (...imports: string[]) => missingLibraries(place, imports)[0];
  await put({ 'foundry.toml': '' });
  expect(first('forge-std/Script.sol')).toMatchObject({
    tool: 'forge',
    args: ['install', '--root', folder, '--no-git', 'foundry-rs/forge-std'],
  });
  const version = { 'lib/forge-std': { tag: { name: 'v1.9.7', rev: 'f'.repeat(40) } } };
  await put({ 'foundry.lock': JSON.stringify(version) });
  expect(first('forge-std/Script.sol')?.args.at(-1)).toBe('foundry-rs/forge-std@tag=v1.9.7');
  expect(first('unheard-of/Script.sol')).toBeUndefined();

  await put({
    'foundry.toml': '[dependencies]\n"@dock-contracts" = "5.0.2"\n',
    'package.json': '{"dependencies": {"harbour": "1.0.0"}}',
  });
  expect(first('@dock-contracts-5.0.2/Dock.sol')).toMatchObject({
    tool: 'soldeer',
    args: ['soldeer', 'install'],
  });
  expect(first('harbour/Quay.sol')).toMatchObject({ tool: 'npm' });
  await put({ 'dependencies/@dock-contracts-5.0.2/a.sol': '' });
  expect(missingLibraries(place).map(({ tool }) => tool)).toEqual(['npm']);
});

test.each(['returns', 'aborts'])(
  'an installation whose caller %s is ended with all that it started',
  async (how) => {
    const pids = path.join(folder, 'pids');
    const script = `#!/bin/sh\necho $$ > ${pids}\nsleep 600 &\necho $! >> ${pids}\necho started\nwait\n`;
    await put({ 'bin/yarn': script, 'project/foundry.toml': '', 'project/yarn.lock': '' });
    await put({ 'project/package.json': '{"dependencies": {"dock": "1"}}' });
    await chmod(path.join(folder, 'bin/yarn'), 0o755);
    vi.stubEnv('PATH', `${path.join(folder, 'bin')}${path.delimiter}${process.env.PATH}`);
    onTestFinished(() => void vi.unstubAllEnvs());
    const place = { id: 7, name: 'slow', path: path.join(folder, 'project'), repository: '' };
    const libraries = new Libraries({ host: async () => host, folder: path.join(folder, 'logs') });
    const abort = new AbortController();
    const output = libraries.install(place, missingLibraries(place), abort.signal);
    const untilStarted = async () => {
      for (let next = await output.next(); !next.done; next = await output.next()) {
        if (next.value.some(({ text }) => text === 'started')) return;
      }
    };
    await untilStarted();
    expect(libraries.isRunning(7)).toBe(true);
    if (how === 'returns') await output.return();
    else abort.abort();
    await expect.poll(() => libraries.isRunning(7)).toBe(false);
    const started = (await readFile(pids, 'utf8')).trim().split('\n').map(Number);
    expect(started).toHaveLength(2);
    expect(await Promise.all(started.map((pid) => processes.ref(pid)))).toEqual([
      undefined,
      undefined,
    ]);
    expect(await readFile(path.join(folder, 'logs', '7.log'), 'utf8')).toContain('was cancelled');
  },
);

test('what is shown of submodules can be pasted, and holds no password', async () => {
  const { clone, place } = await aClone();
  const name = 'lib/$(touch x)';
  const modules = await readFile(path.join(clone, '.gitmodules'), 'utf8');
  await put({ '.gitmodules': modules.replace('path = lib/dock', `path = ${name}`) }, clone);
  await git(clone, 'update-index', '--force-remove', 'lib/dock');
  const head = await run('git', ['rev-parse', 'HEAD'], { cwd: path.join(folder, 'library') });
  await git(clone, 'update-index', '--add', '--cacheinfo', `160000,${head.stdout.trim()},${name}`);
  const url = 'https://user:p@ssword-of-mine@127.0.0.1:1/dock.git';
  await git(clone, 'config', '--file', '.gitmodules', 'submodule.lib/dock.url', url);

  const steps = missingLibraries(place);
  const libraries = new Libraries({ host: async () => host, folder: path.join(folder, 'logs') });
  expect(libraries.present(steps, place).steps[0]?.command).toMatch(/ -- 'lib\/\$\(touch x\)'$/);
  const { said } = await installed(place, steps, ['https']);
  expect(said).toContain("-- 'lib/$(touch x)'\n");
  expect(said).toContain('://••••@127.0.0.1:1/dock.git');
  expect(said).not.toMatch(/user|ssword/);
  expect(await readFile(path.join(folder, 'logs', '1.log'), 'utf8')).toBe(said);
});

test('a package that comes from a repository brings no program along, nor does the folder', async () => {
  const trap = path.join(folder, 'trap');
  const program = path.join(folder, 'program');
  await writeFile(program, `#!/bin/sh\necho ran >> ${trap}\nexec git "$@"\n`, { mode: 0o755 });
  const from = (name: string) => ({ [name]: `git+file://${path.join(folder, name)}` });
  const npmrc = `git=${program}\nignore-scripts=false\nscript-shell=${program}\n`;
  await put({ 'package.json': '{"name": "inner", "version": "1.0.0"}' }, `${folder}/inner`);
  const dock = {
    ...{ name: 'dock', version: '1.0.0', dependencies: from('inner') },
    scripts: { prepare: `echo ran >> ${trap}` },
  };
  await put({ '.npmrc': npmrc, 'package.json': JSON.stringify(dock) }, `${folder}/dock`);
  await commit(`${folder}/inner`);
  await commit(`${folder}/dock`);
  const project = path.join(folder, 'project');
  const manifest = JSON.stringify({ dependencies: from('dock') });
  await put({ 'foundry.toml': '', '.npmrc': npmrc, 'package.json': manifest }, project);
  const place = { id: 1, name: 'project', path: project, repository: '' };

  const steps = missingLibraries(place);
  expect(steps).toMatchObject([{ tool: 'npm', missing: ['dock'] }]);
  expect((await installed(place, steps)).error?.code).toBe('INSTALL_FAILED');
  const { said, error } = await installed(place, steps, ['file']);
  expect({ said, error }).toMatchObject({
    said: expect.stringContaining('added'),
    error: undefined,
  });
  expect(existsSync(trap)).toBe(false);
}, 60_000);

test('a deploy that lacks a package offers what brings it, and works after that', async () => {
  const fixture = untilEnd(await copyFixture('broken'));
  const trap = path.join(folder, 'trap');
  await put({
    'dock/package.json': JSON.stringify({
      ...{ name: 'dock', version: '1.0.0' },
      scripts: { postinstall: `echo ran > ${trap}` },
    }),
    'dock/Dock.sol': 'pragma solidity ^0.8.20; contract Dock { uint256 public quays = 3; }',
  });
  await run('npm', ['pack', '--silent', '--pack-destination', fixture.folder], {
    cwd: path.join(folder, 'dock'),
  });
  const script =
    'pragma solidity ^0.8.20;\nimport {Script} from "./Script.sol";\nimport {Dock} from "dock/Dock.sol";\ncontract Build is Script { function run() external { vm.startBroadcast(); new Dock(); vm.stopBroadcast(); } }';
  await put(
    {
      'package.json': '{"dependencies": {"dock": "file:dock-1.0.0.tgz"}}',
      'script/Build.s.sol': script,
    },
    fixture.folder,
  );
  // Its other scripts don't compile.
  const scripts = path.join(fixture.folder, 'script');
  for (const name of await readdir(scripts)) {
    if (!/^(Build\.s|Script)\.sol$/.test(name))
      await rename(path.join(scripts, name), path.join(folder, name));
  }
  const core = untilEnd(await openTestApp({ asksForTrust: true }));
  const { client } = await openDoor('web socket', core.app);
  const { id: project } = await client.projects.add({ path: fixture.folder, name: 'dock' });
  const deploy = async () => {
    const { id } = await client.deployments.start({
      ...{ project, target: 'local', input: { script: 'script/Build.s.sol' }, trust: true },
    });
    for await (const _ of await client.deployments.watch({ id })) {
      // Only its end matters.
    }
    return client.deployments.get({ id });
  };
  await expect(client.projects.install({ project })).rejects.toMatchObject({ code: 'NOT_TRUSTED' });
  const { failure } = await deploy();
  expect(failure).toMatchObject({
    code: 'IMPORT_NOT_FOUND',
    message: expect.stringContaining('package.json lists dock'),
    fix: {
      label: 'Run npm install --ignore-scripts',
      command: `drydock project install ${project} --with npm`,
      call: { procedure: 'projects.install', input: { project, with: 'npm' } },
    },
  });
  const said: string[] = [];
  for await (const lines of await client.projects.install({ project, with: 'npm' })) {
    said.push(...lines.map(({ text }) => text));
  }
  expect(said.join(' ')).toMatch(/\$ npm install --ignore-scripts.*added 1 package/);
  expect(existsSync(trap)).toBe(false);
  expect((await client.projects.libraries({ project })).steps).toEqual([]);
  await expect(client.projects.install({ project })).rejects.toMatchObject({
    code: 'NOTHING_TO_INSTALL',
  });
  expect(await deploy()).toMatchObject({
    status: 'succeeded',
    result: { contracts: [{ name: 'Dock' }] },
  });
}, 120_000);
