import { execFileSync } from 'node:child_process';
import {
  appendFile,
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { copyFixture } from '#test/harness/fixture.ts';
import { scriptProject } from '#test/harness/script-project.ts';
import { type Bench, type Chain, openBench, startAnvil } from '#test/kinds/bench.ts';
import { AppError } from '../../shared/errors.ts';
import type { DeployRequest } from './deploy-plan.ts';
import { forge } from './forge.ts';

const shipped = createRequire(import.meta.url)('solc/package.json').version as string;

let bench: Bench;
let chain: Chain;

beforeEach(async () => {
  bench = await openBench();
  chain = await startAnvil();
});

afterEach(async () => {
  await chain[Symbol.asyncDispose]();
  await bench[Symbol.asyncDispose]();
});

const plan = (request: DeployRequest) => bench.forge.plan(request, bench.workspace);
const run = (folder: string, script = 'script/Deploy.s.sol:Deploy', signature = 'run()') =>
  bench.request(folder, script, signature, [], chain);

/** An installed compiler: a launcher of solc-js is used as the native binary. */
async function install(version: string, home = bench.home): Promise<string> {
  const folder = path.join(home, '.svm', version);
  await mkdir(folder, { recursive: true });
  const name = version === '0.5.16' ? 'solc-0.5.16' : 'solc';
  const solc = path.dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  const calls = path.join(folder, 'calls');
  const file = path.join(folder, `solc-${version}`);
  await writeFile(
    file,
    `#!${process.execPath}
require('node:fs').appendFileSync(__dirname + '/calls', 'called\\n');
const solc = require(${JSON.stringify(solc)});
let input = '';
process.stdin.on('data', (piece) => { input += piece; }).on('end', () => process.stdout.write(solc.compile(input)));
`,
  );
  await chmod(file, 0o755);
  return calls;
}

describe('without a network', () => {
  test('the build that Drydock ships compiles, and the log says so', async () => {
    await using project = await copyFixture('token-vault');
    const first = await bench.deploy(run(project.folder));
    expect(first.exit.code).toBe(0);
    expect(first.plan.notes).toEqual([
      `solc ${shipped} (JavaScript build shipped with Drydock): the native one could not be downloaded.`,
    ]);
    expect(first.lines.map((line) => line.text)).toContainEqual(
      expect.stringMatching(`^Compiling \\d+ files with Solc ${shipped}$`),
    );
    const second = await bench.deploy(run(project.folder));
    expect(second.plan.notes).toEqual([
      `solc ${shipped} (JavaScript build shipped with Drydock): as in the last run.`,
    ]);
    expect(second.lines.map((line) => line.text)).toContain(
      'No files changed, compilation skipped',
    );
  });

  test('the build in the project goes before ours', async () => {
    await using project = await copyFixture('pair-factory');
    const { exit, plan, lines } = await bench.deploy(run(project.folder));
    expect(exit.code).toBe(0);
    expect(plan.notes).toEqual([
      'solc 0.5.16 (JavaScript build of the project): the native one could not be downloaded.',
    ]);
    expect(lines.map((line) => line.text)).toContainEqual(
      expect.stringMatching(/^Compiling \d+ files with Solc 0\.5\.16$/),
    );
  });

  test('an installed compiler goes before both', async () => {
    await using project = await copyFixture('pair-factory');
    const calls = await install('0.5.16');
    const { exit, plan: planned } = await bench.deploy(run(project.folder));
    expect(exit.code).toBe(0);
    expect(planned.notes).toEqual(["solc 0.5.16 (installed): the download site can't be reached."]);
    expect(planned.command.env).toEqual({ FOUNDRY_OFFLINE: 'true' });
    expect(await readFile(calls, 'utf8')).toBe('called\n');
    const warm = await plan(run(project.folder));
    expect(warm.notes).toEqual([]);
  });

  test('an installed one stays in use after an edit, without the site being asked', async () => {
    await using site = await answering();
    await using project = await copyFixture('pair-factory');
    await install('0.5.16');
    expect((await bench.deploy(run(project.folder))).exit.code).toBe(0);
    const online = forge({ dataFolder: bench.dataFolder, downloadUrl: site.url });
    await appendFile(path.join(project.folder, 'src/Coin.sol'), '// edited\n');
    const { command } = await online.plan(run(project.folder), bench.workspace);
    expect(command.env).toEqual({ FOUNDRY_OFFLINE: 'true' });
    expect(site.requests()).toBe(0);
  });

  test('a JavaScript build is given up for a native one when the code changes and the site answers', async () => {
    await using site = await answering();
    await using project = await copyFixture('pair-factory');
    expect((await bench.deploy(run(project.folder))).exit.code).toBe(0);
    const online = forge({ dataFolder: bench.dataFolder, downloadUrl: site.url });
    const warm = await online.plan(run(project.folder), bench.workspace);
    expect(warm.notes).toEqual([expect.stringContaining('as in the last run')]);
    await appendFile(path.join(project.folder, 'src/Coin.sol'), '// edited\n');
    const { command, notes } = await online.plan(run(project.folder), bench.workspace);
    expect([command.env, notes]).toEqual([{}, []]);
  });

  test('nothing that fits: the version and two ways out', async () => {
    await using project = await copyFixture('broken');
    const asked = run(project.folder, 'script/OldPragma.s.sol:OldPragma');
    const error = await plan(asked).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({
      code: 'TOOL_MISSING',
      message: expect.stringMatching(
        /needs Solidity 0\.6\.3, .* Go online, .* npm i -D solc@0\.6\.3$/,
      ),
    });
  });

  test('files that the script does not import get the compilers that they need', async () => {
    await using project = await scriptProject({ Deploy: 'vm.startBroadcast(); new C(1);' });
    const { folder } = project;
    await writeFile(path.join(folder, 'src/Old.sol'), 'pragma solidity =0.5.16;\ncontract Old {}');
    const packages = createRequire(import.meta.url);
    // As in a monorepo: what is installed at the root is available to all of its packages.
    const root = await mkdtemp(path.join(path.dirname(folder), 'drydock-root-'));
    const package_ = path.join(root, 'packages/contracts');
    await mkdir(path.join(root, 'packages'));
    await mkdir(path.join(root, '.git'));
    await mkdir(path.join(root, 'node_modules'));
    await rename(folder, package_);
    const missing = await plan(run(package_)).catch((reason: unknown) => reason);
    expect(missing).toMatchObject({
      code: 'TOOL_MISSING',
      message: expect.stringMatching(
        /^src\/Old\.sol needs Solidity =0\.5\.16 \(forge compiles all/,
      ),
      data: { fix: { command: 'npm i -D solc@0.5.16' } },
    });
    await symlink(
      path.dirname(packages.resolve('solc-0.5.16/package.json')),
      path.join(root, 'node_modules/solc-0.5.16'),
    );
    const first = await bench.deploy(run(package_));
    expect(first.plan.notes).toEqual([
      `solc ${shipped} (JavaScript build shipped with Drydock): the native one could not be downloaded.`,
      'solc 0.5.16 (JavaScript build of the project): the native one could not be downloaded.',
    ]);
    expect(first.exit.code).toBe(0);
    // An installed compiler together with a JavaScript build.
    await install('0.5.16');
    await appendFile(path.join(package_, 'src/Old.sol'), '// edited\n');
    const second = await bench.deploy(run(package_));
    expect(second.exit.code).toBe(0);
    const seeded = path.join(second.plan.command.env.HOME ?? '', '.svm/0.5.16');
    expect(await readlink(seeded)).toBe(path.join(bench.home, '.svm/0.5.16'));
    // Where all compilers are installed, forge only has to be told not to look further.
    await install(shipped);
    const third = await bench.deploy(run(package_));
    expect(third.exit.code).toBe(0);
    expect(third.plan.command.env).toEqual({ FOUNDRY_OFFLINE: 'true' });
    await rm(root, { recursive: true });
  });

  test('a container, too, gets an installed compiler and a JavaScript build together', async () => {
    await using project = await scriptProject({ Deploy: 'vm.startBroadcast(); new C(1);' });
    const { folder } = project;
    await writeFile(path.join(folder, 'src/Old.sol'), 'pragma solidity =0.5.16;\ncontract Old {}');
    await install('0.5.16');
    // Forge's folder in a container: there is no ~/.svm.
    const share = path.join(bench.home, '.local/share');
    await mkdir(share, { recursive: true });
    await rename(path.join(bench.home, '.svm'), path.join(share, 'svm'));
    const inside = bench.engine.workspace({ id: 1, path: folder });
    const { command } = await bench.forge.plan(run(folder), { ...inside, engine: 'docker' });
    const svm = path.join(command.env.XDG_DATA_HOME ?? '', 'svm');
    expect((await readdir(svm)).sort()).toEqual(['0.5.16', shipped].sort());
    expect(await readlink(path.join(svm, '0.5.16'))).toBe(path.join(share, 'svm/0.5.16'));
    const lines: string[] = [];
    const exit = await inside.exec(command, { onOutput: (_, text) => lines.push(text) });
    expect([exit.code, lines.join('')]).toEqual([0, expect.stringContaining('SUCCESSFUL')]);
  });

  test('what the project demands by its pragma through an import is heeded', async () => {
    await using project = await copyFixture('token-vault');
    const file = path.join(project.folder, 'src/FeeMath.sol');
    await writeFile(file, (await readFile(file, 'utf8')).replace('^0.8.24', '>=0.8.24<0.8.30'));
    await expect(plan(run(project.folder))).rejects.toMatchObject({
      code: 'TOOL_MISSING',
      message: expect.stringContaining('>=0.8.24<0.8.30'),
    });
  });

  test.each(['solc', 'solc_version'])(
    'the version that foundry.toml sets as %s is used',
    async (key) => {
      await using project = await copyFixture('broken');
      const file = path.join(project.folder, 'foundry.toml');
      const original = await readFile(file, 'utf8');
      await writeFile(file, `${original}${key} = "${shipped}"\n`);
      const many = bench.request(
        project.folder,
        'script/Many.s.sol:Many',
        'run(uint256)',
        ['1'],
        chain,
      );
      const { exit, plan: planned } = await bench.deploy(many);
      expect(exit.code).toBe(0);
      expect(planned.notes).toEqual([expect.stringContaining(`solc ${shipped} (JavaScript build`)]);
      expect((await plan(many)).notes).toEqual([expect.stringContaining('as in the last run')]);
      await writeFile(file, `${original}${key} = "0.8.19"\n`);
      await expect(plan(many)).rejects.toMatchObject({
        message: expect.stringContaining('solc@0.8.19'),
      });
    },
  );

  test('offline = true in foundry.toml is kept to, even with a network', async () => {
    await using site = await answering();
    await using project = await copyFixture('token-vault');
    const online = forge({ dataFolder: bench.dataFolder, downloadUrl: site.url });
    await writeFile(
      path.join(project.folder, 'foundry.toml'),
      '[profile.default]\nremappings = ["@openzeppelin/=node_modules/@openzeppelin/"]\noffline = true\n',
    );
    const { notes } = await online.plan(run(project.folder), bench.workspace);
    expect(notes).toEqual([expect.stringContaining('JavaScript build')]);
    expect(site.requests()).toBe(0);
  });
});

test('with a network forge is left alone, and the site is asked once', async () => {
  await using site = await answering();
  await using project = await copyFixture('token-vault');
  const online = forge({ dataFolder: bench.dataFolder, downloadUrl: site.url });
  for (let i = 0; i < 3; i += 1) {
    const { command, notes } = await online.plan(run(project.folder), bench.workspace);
    expect(command.env).toEqual({});
    expect(notes).toEqual([]);
  }
  expect(site.requests()).toBe(1);
  expect(await online.compilers()).toEqual({ installed: [], shipped, online: true });
});

test('a site that accepts connections and says nothing counts as unreachable', async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const unreachable = forge({ dataFolder: bench.dataFolder, downloadUrl: url });
  expect((await unreachable.compilers()).online).toBe(false);
  silent.closeAllConnections();
  silent.close();
});

describe('the home for work without a network', () => {
  test('leads to the real one in everything but compilers, and puts nothing into it', async () => {
    await mkdir(path.join(bench.home, '.foundry', 'keystores'), { recursive: true });
    await writeFile(path.join(bench.home, '.gitconfig'), '[user]\n');
    await install('0.5.16');
    const before = await stat(path.join(bench.home, '.svm'));
    await using project = await copyFixture('token-vault');
    const { exit, plan: planned } = await bench.deploy(run(project.folder));
    expect(exit.code).toBe(0);
    const home = planned.command.env.HOME ?? '';
    expect(home.startsWith(bench.dataFolder)).toBe(true);
    expect(await readlink(path.join(home, '.foundry'))).toBe(path.join(bench.home, '.foundry'));
    expect(await readlink(path.join(home, '.gitconfig'))).toBe(path.join(bench.home, '.gitconfig'));
    expect((await lstat(path.join(home, '.svm'))).isSymbolicLink()).toBe(false);
    expect((await stat(path.join(bench.home, '.svm'))).mtimeMs).toBe(before.mtimeMs);
  });

  test('is made by many at once, and whole for each of them', async () => {
    await using project = await copyFixture('broken');
    const asked = () =>
      forge({ dataFolder: bench.dataFolder, downloadUrl: 'http://127.0.0.1:1' }).plan(
        bench.request(project.folder, 'script/Many.s.sol:Many', 'run(uint256)', ['1'], chain),
        bench.workspace,
      );
    const plans = await Promise.all(Array.from({ length: 20 }, asked));
    const homes = new Set(plans.map((one) => one.command.env.HOME));
    expect(homes.size).toBe(1);
    const place = path.join([...homes][0] ?? '', '.svm', shipped);
    expect(await readdir(place)).toEqual([`solc-${shipped}`]);
  });

  test('is repaired when it was damaged', async () => {
    await using project = await copyFixture('broken');
    const many = bench.request(
      project.folder,
      'script/Many.s.sol:Many',
      'run(uint256)',
      ['1'],
      chain,
    );
    const { command } = await plan(many);
    const launcher = path.join(command.env.HOME ?? '', '.svm', shipped, `solc-${shipped}`);
    await writeFile(launcher, 'half');
    await rm(path.join(bench.dataFolder, 'compilers/run-solc.cjs'));
    expect((await bench.deploy(many)).exit.code).toBe(0);
  });

  test('its compiler tells its version as native ones do', async () => {
    await using project = await copyFixture('broken');
    const many = bench.request(
      project.folder,
      'script/Many.s.sol:Many',
      'run(uint256)',
      ['1'],
      chain,
    );
    const { command } = await plan(many);
    const launcher = path.join(command.env.HOME ?? '', '.svm', shipped, `solc-${shipped}`);
    expect(execFileSync(launcher, ['--version'], { encoding: 'utf8' })).toMatch(
      /^solc, the solidity compiler commandline interface\nVersion: \d+\.\d+\.\d+\+commit\.[0-9a-f]+\.Linux\.g\+\+\n$/,
    );
  });
});

async function answering(): Promise<AsyncDisposable & { url: string; requests: () => number }> {
  let requests = 0;
  const server = createServer((_, response) => {
    requests += 1;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}
