import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile, rename, rm, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { testsAll } from '#test/harness/all.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import {
  copyHardhatFixture,
  type HardhatFixture,
  type HardhatFixtureName,
  whyNoHardhat,
} from '#test/harness/hardhat-fixture.ts';
import { made } from '#test/harness/made.ts';
import { skipAloud } from '#test/harness/skip.ts';

const isSkipped = skipAloud('bad input of Hardhat', await whyNoHardhat());

/** No way out: what isn't there can't be had. */
const OFFLINE = {
  ...{ HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' },
  ...{ NO_PROXY: '127.0.0.1', npm_config_fetch_retries: '0' },
  npm_config_registry: 'http://127.0.0.1:9',
  npm_config_replace_registry_host: 'always',
};

type Input = Record<string, unknown>;

interface Case {
  what: string;
  /** Default: the fixture's module. */
  input?: Input;
  /** What is wrong. Nothing of it is left for the next case. */
  prepare?(project: Project): Promise<void>;
  code: string;
  says: RegExp;
  /** The line that `seq` points at. */
  line: RegExp;
}

let core: TestApp;
let client: Client;

describe.skipIf(isSkipped)('bad input', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    core = await openTestApp();
    client = (await openDoor('in-process', core.app)).client;
    await client.settings.set({ engine: 'process' });
    await client.chains.start({ chain: 'local', fresh: true });
  }, 60_000);
  afterAll(() => core?.[Symbol.asyncDispose]());

  cases('two-ignition', { script: 'ignition/modules/Vaults.js' }, [
    {
      what: 'a configuration that throws',
      prepare: (at) => at.prepend('hardhat.config.js', "throw new Error('no key in the vault');"),
      code: 'TOOL_FAILED',
      says: /It said: Error: no key in the vault\. Correct that/,
      line: /^Error: no key in the vault/,
    },
    {
      what: 'a configuration that is none',
      prepare: (at) => at.change('hardhat.config.js', "version: '0.8.37'", 'version: 8'),
      code: 'CONFIG_INVALID',
      says: /Invalid value 8? ?.*Correct it/,
      line: /Invalid value/,
    },
    {
      what: 'a plugin that is missing',
      prepare: (at) => at.prepend('hardhat.config.js', "require('hardhat-gas-reporter');"),
      code: 'PACKAGE_MISSING',
      says: /hardhat-gas-reporter is not installed/,
      line: /^Error: Cannot find module 'hardhat-gas-reporter'/,
    },
    {
      what: 'what a plugin needs is missing',
      prepare: (at) => at.hide('node_modules/@nomicfoundation/hardhat-verify'),
      code: 'PACKAGE_MISSING',
      says: /@nomicfoundation\/hardhat-verify is not installed/,
      line: /Cannot find module '@nomicfoundation\/hardhat-verify'/,
    },
    {
      what: 'a module that goes before it is loaded',
      prepare: (at) =>
        at.prepend('hardhat.config.js', "require('fs').rmSync('ignition/modules/Vaults.js');"),
      code: 'SCRIPT_NOT_FOUND',
      says: /not there any more/,
      line: /Could not find a module file/,
    },
    {
      what: 'a variable that is not set',
      prepare: (at) =>
        at.prepend('hardhat.config.js', "require('hardhat/config').vars.get('API_KEY');"),
      code: 'VARIABLE_MISSING',
      says: /npx hardhat vars set API_KEY/,
      line: /HH1201/,
    },
    {
      what: 'a parameter of another type',
      input: { params: ['Vaults.percent="many"'] },
      code: 'BAD_ARGUMENT',
      says: /Cannot convert many to a BigInt/,
      line: /^TypeError: invalid BigNumberish/,
    },
    {
      what: 'a parameter that is missing',
      prepare: (at) => at.change('ignition/modules/Vaults.js', "'percent', PERCENT", "'percent'"),
      code: 'BAD_ARGUMENT',
      says: /'percent' requires a value but was given none\. Give it with --param/,
      line: /IGN725/,
    },
    {
      what: 'too many arguments',
      prepare: (at) => at.change('ignition/modules/Vaults.js', '[percent]', '[percent, 1]'),
      code: 'BAD_ARGUMENT',
      says: /expects 1 arguments but 2 were given\. Correct the module/,
      line: /IGN703/,
    },
    {
      what: 'a contract that is none of the project’s',
      prepare: (at) =>
        at.change('ignition/modules/Vaults.js', "m.library('Rates'", "m.library('Fees'"),
      code: 'CONTRACT_NOT_FOUND',
      says: /"Fees" not found/,
      line: /HH700/,
    },
    {
      what: 'a compiler that is not there',
      prepare: (at) => at.change('hardhat.config.js', '0.8.37', '0.8.21'),
      code: 'COMPILER_UNAVAILABLE',
      says: /0\.8\.21.*Go online once/,
      line: /HH500/,
    },
    {
      what: 'a source for another compiler',
      prepare: (at) => at.change('contracts/Rates.sol', '^0.8.20', '0.7.6'),
      code: 'COMPILER_MISMATCH',
      says: /Add the version/,
      line: /HH606/,
    },
    {
      what: 'a source that does not compile',
      prepare: (at) => at.change('contracts/Rates.sol', '(amount *', '(amounts *'),
      code: 'COMPILE_FAILED',
      says: /Undeclared identifier\. Did you mean "amount"\?/,
      line: /^DeclarationError/,
    },
    {
      what: 'a library that is not installed',
      prepare: (at) => at.prepend('contracts/Rates.sol', 'import "@openzeppelin/contracts/a.sol";'),
      code: 'LIBRARIES_MISSING',
      says: /@openzeppelin\/contracts is not installed/,
      line: /HH411/,
    },
    {
      what: 'an import of a file that is not there',
      prepare: (at) => at.prepend('contracts/Rates.sol', 'import "./Gone.sol";'),
      code: 'IMPORT_NOT_FOUND',
      says: /Gone\.sol/,
      line: /HH404/,
    },
  ]);

  cases('three-viem', { script: 'ignition/modules/Counters.ts' }, [
    {
      what: 'a configuration that throws',
      prepare: (at) => at.prepend('hardhat.config.ts', "throw new Error('no key in the vault');"),
      code: 'TOOL_FAILED',
      says: /It said: Error: no key in the vault\. Correct that/,
      line: /^Error: no key in the vault/,
    },
    {
      what: 'a configuration that is no program',
      prepare: (at) => at.prepend('hardhat.config.ts', 'const = ;'),
      code: 'CONFIG_INVALID',
      says: /Syntax error in line 1/,
      line: /Syntax error in line 1/,
    },
    {
      what: 'a configuration that is none',
      prepare: (at) => at.change('hardhat.config.ts', "{ version: '0.8.37' }", '{ version: 8 }'),
      code: 'CONFIG_INVALID',
      says: /config\.solidity.*Expected string, received number/,
      line: /Config error in config\.solidity/,
    },
    {
      what: 'a project of CommonJS',
      prepare: (at) => at.change('package.json', '"type": "module",', ''),
      code: 'CONFIG_INVALID',
      says: /"type": "module"/,
      line: /only supports ESM/,
    },
    {
      what: 'a plugin that is missing',
      prepare: (at) => at.prepend('hardhat.config.ts', "import 'hardhat-gas-reporter';"),
      code: 'PACKAGE_MISSING',
      says: /hardhat-gas-reporter is not installed/,
      line: /Cannot find package 'hardhat-gas-reporter'/,
    },
    {
      what: 'a module that goes before it is loaded',
      prepare: (at) =>
        at.prepend(
          'hardhat.config.ts',
          "import { rmSync } from 'node:fs';\nrmSync('ignition/modules/Counters.ts');",
        ),
      code: 'SCRIPT_NOT_FOUND',
      says: /not there any more/,
      line: /HHE10115/,
    },
    {
      what: 'a parameter of another type',
      input: { params: ['Counters.start="many"'] },
      code: 'BAD_ARGUMENT',
      says: /Cannot convert many to a BigInt/,
      line: /^TypeError: invalid BigNumberish/,
    },
    {
      what: 'a parameter that is missing',
      prepare: (at) => at.change('ignition/modules/Counters.ts', "('start', 3n)", "('start')"),
      code: 'BAD_ARGUMENT',
      says: /'start' requires a value but was given none\. Give it with --param/,
      line: /HHE10725/,
    },
    {
      what: 'a contract that is none of the project’s',
      prepare: (at) => at.change('ignition/modules/Counters.ts', "('Counter'", "('Nothing'"),
      code: 'CONTRACT_NOT_FOUND',
      says: /"Nothing" not found/,
      line: /HHE1000/,
    },
    {
      what: 'a constructor that reverts',
      prepare: (at) =>
        at.change(
          'contracts/Counter.sol',
          'count = start;',
          'require(start == 0, "closed today");',
        ),
      code: 'TRANSACTION_REVERTED',
      says: /closed today/,
      line: /Simulating the transaction failed/,
    },
    {
      what: 'a compiler that is not there',
      prepare: (at) => at.changeAll('hardhat.config.ts', '0.8.37', '0.8.21'),
      code: 'COMPILER_UNAVAILABLE',
      says: /Go online once/,
      line: /HHE905/,
    },
    {
      what: 'a source for another compiler',
      prepare: (at) => at.change('contracts/Counter.sol', '^0.8.20', '0.7.6'),
      code: 'COMPILER_MISMATCH',
      says: /Add the version/,
      line: /HHE909/,
    },
    {
      what: 'a source that does not compile',
      prepare: (at) => at.change('contracts/Counter.sol', 'count += by', 'counts += by'),
      code: 'COMPILE_FAILED',
      says: /Undeclared identifier\. Did you mean "count"\?/,
      line: /^DeclarationError/,
    },
    {
      what: 'a library that is not installed',
      prepare: (at) =>
        at.prepend('contracts/Counter.sol', 'import "@openzeppelin/contracts/a.sol";'),
      code: 'LIBRARIES_MISSING',
      says: /@openzeppelin\/contracts is not installed/,
      line: /is not installed/,
    },
    {
      what: 'an import of a file that is not there',
      prepare: (at) => at.prepend('contracts/Counter.sol', 'import "./Gone.sol";'),
      code: 'IMPORT_NOT_FOUND',
      says: /Gone\.sol/,
      line: /HHE902/,
    },
    {
      what: 'a script that asks for a network that there is not',
      input: { script: 'scripts/deploy.ts' },
      prepare: (at) => at.change('scripts/deploy.ts', 'create()', "create('sepolia')"),
      code: 'BAD_ARGUMENT',
      says: /"sepolia" is not defined/,
      line: /HHE705/,
    },
    {
      what: 'a script that needs a variable that is not set',
      input: { script: 'scripts/deploy.ts' },
      async prepare(at) {
        await at.change('scripts/deploy.ts', 'create()', "create('other')");
        await at.change('hardhat.config.ts', 'networks: {', `networks: { ${OTHER},`);
        await at.change('hardhat.config.ts', 'defineConfig }', 'configVariable, defineConfig }');
      },
      code: 'VARIABLE_MISSING',
      says: /OTHER_URL/,
      line: /HHE7\b/,
    },
  ]);

  cases('two-script', { script: 'scripts/deploy.js' }, [
    {
      what: 'a transaction that is reverted',
      input: { script: 'scripts/fails.js' },
      code: 'TRANSACTION_REVERTED',
      says: /was reverted/,
      line: /transaction execution reverted/,
    },
    {
      what: 'a script that throws',
      prepare: (at) => at.prepend('scripts/deploy.js', "throw new Error('out of names');"),
      code: 'TOOL_FAILED',
      says: /It said: Error: out of names\. Correct that/,
      line: /^Error: out of names/,
    },
    {
      what: 'a script whose own file is not there',
      prepare: (at) => at.hide('scripts/lib/names.js'),
      code: 'FILE_MISSING',
      says: /\.\/lib\/names, which is not there/,
      line: /Cannot find module '.\/lib\/names'/,
    },
    {
      what: 'a script that goes before it is loaded',
      prepare: (at) =>
        at.prepend('hardhat.config.js', "require('fs').rmSync('scripts/deploy.js');"),
      code: 'SCRIPT_NOT_FOUND',
      says: /not there any more/,
      line: /HH601/,
    },
    {
      what: 'packages that can not be had',
      prepare: (at) => at.hide('node_modules'),
      code: 'INSTALL_FAILED',
      says: /npm could not install the packages\. It said: .*127\.0\.0\.1:9.* Run "npm install"/,
      line: /127\.0\.0\.1:9/,
    },
  ]);

  describe('in scripts', () => {
    const two = useProject('two-script');

    test('one that is asked to deploy in memory is refused before it begins', async () => {
      const asked = two().deploy({ script: 'scripts/deploy.js', network: 'hardhat' });
      await expect(asked).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
    });

    test('one whose project has lost its configuration says which folder is meant', async () => {
      await two().hide('hardhat.config.js');
      const { run, log } = await two().deploy({ script: 'scripts/deploy.js' });
      expect(run, log).toMatchObject({ status: 'failed', failure: { code: 'NOT_A_PROJECT' } });
    });

    test('one that sends nothing succeeds with a warning', async () => {
      await two().change('scripts/deploy.js', 'main().catch', 'Promise.resolve().catch');
      const { run } = await two().deploy({ script: 'scripts/deploy.js' });
      expect(run.status).toBe('succeeded');
      expect(run.warnings.join()).toContain('Nothing was sent');
    });

    test('one that never ends is cancelled, and what it has sent is recorded', async () => {
      await two().change(
        'scripts/deploy.js',
        'add(names.length)).wait();',
        'add(names.length)).wait(); await new Promise(() => setInterval(() => undefined, 1000));',
      );
      const { id } = await two().start({ script: 'scripts/deploy.js' });
      await vi.waitFor(
        async () => {
          expect(made(await client.deployments.get({ id })).transactions).toHaveLength(2);
        },
        { timeout: 60_000, interval: 100 },
      );
      expect(processesIn(two().folder)).not.toEqual([]);
      await client.deployments.cancel({ id });
      const run = await ended(id);
      expect(run.status).toBe('cancelled');
      expect(made(run).contracts.map(({ name }) => name)).toEqual(['Counter']);
      expect(made(run).transactions.map(({ status }) => status)).toEqual(['success', 'success']);
      expect(processesIn(two().folder)).toEqual([]);
    });
  });

  describe('in modules', () => {
    const two = useProject('two-ignition');

    test('one that was changed after it was deployed says what can be done', async () => {
      const input = { script: 'ignition/modules/Vaults.js' };
      const first = await two().deploy(input);
      expect(first.run.status, first.log).toBe('succeeded');
      await two().change('ignition/modules/Vaults.js', 'PERCENT = 5n', 'PERCENT = 6n');
      const { run, log, line } = await two().deploy(input);
      expect(run, log).toMatchObject({
        ...{ status: 'failed', failure: { code: 'RECONCILIATION_FAILED' } },
      });
      expect(line).toContain('reconciliation failed');
    });
  });

  describe('in scripts of version 3', () => {
    const three = useProject('three-ethers');

    test('one that deploys in memory succeeds with a warning', async () => {
      await three().change(
        'hardhat.config.ts',
        'networks: {',
        "networks: { memory: { type: 'edr-simulated' },",
      );
      await three().change('scripts/deploy.ts', 'create()', "create('memory')");
      const { run, log } = await three().deploy({ script: 'scripts/deploy.ts' });
      expect(run.status, log).toBe('succeeded');
      expect(made(run).transactions).toEqual([]);
      expect(run.warnings.join()).toContain(
        'Nothing was sent: did it deploy to a network of its own',
      );
    });
  });
});

const OTHER = "other: { type: 'http', url: configVariable('OTHER_URL') }";

/** A copy of a fixture, whose files are as they were again after each test. */
class Project {
  readonly folder: string;
  readonly #id: number;
  readonly #undo: (() => Promise<void>)[] = [];

  constructor(id: number, folder: string) {
    this.#id = id;
    this.folder = folder;
  }

  async start(input: Input): Promise<{ id: number }> {
    return client.deployments.start({ project: this.#id, target: 'local', input });
  }

  async deploy(input: Input) {
    const run = await ended((await this.start(input)).id);
    const events = await client.deployments.logs({ id: run.id });
    const lines = events.flatMap((one) => (one.type === 'log' ? [one] : []));
    return {
      run,
      log: lines.map(({ text }) => text).join('\n'),
      // Tools colour their output where a CI is about.
      line: stripVTControlCharacters(lines.find(({ seq }) => seq === run.failure?.seq)?.text ?? ''),
    };
  }

  prepend = (name: string, text: string) => this.#rewrite(name, (before) => `${text}\n${before}`);
  change = (name: string, from: string, to: string) =>
    this.#rewrite(name, (before) => before.replace(from, () => to));
  changeAll = (name: string, from: string, to: string) =>
    this.#rewrite(name, (before) => before.replaceAll(from, to));

  async hide(name: string): Promise<void> {
    const file = path.join(this.folder, name);
    await rename(file, `${file}.hidden`);
    this.#undo.push(async () => {
      await rm(file, { recursive: true, force: true });
      await rename(`${file}.hidden`, file);
    });
  }

  async undo(): Promise<void> {
    for (const undo of this.#undo.splice(0).reverse()) await undo();
  }

  async #rewrite(name: string, change: (text: string) => string): Promise<void> {
    const file = path.join(this.folder, name);
    const before = await readFile(file, 'utf8');
    const after = change(before);
    expect(after).not.toBe(before);
    await unlink(file);
    await writeFile(file, after);
    this.#undo.push(() => writeFile(file, before));
    // Where the case is that a module goes.
    for (const gone of ['ignition/modules', 'scripts']) await this.#keep(gone);
  }

  /** What the case itself deletes. */
  async #keep(folder: string): Promise<void> {
    const at = path.join(this.folder, folder);
    if (!existsSync(at)) return;
    for (const name of readdirSync(at).filter((one) => /\.[jt]s$/.test(one))) {
      const file = path.join(at, name);
      const text = readFileSync(file, 'utf8');
      this.#undo.unshift(async () => {
        if (!existsSync(file)) await writeFile(file, text);
      });
    }
  }
}

function useProject(name: HardhatFixtureName): () => Project {
  let fixture: HardhatFixture;
  let project: Project;
  const before = { ...process.env };

  beforeAll(async () => {
    fixture = await copyHardhatFixture(name);
    // Nothing above a repository's root is looked at.
    execFileSync('git', ['init', '--quiet'], { cwd: fixture.folder });
    const added = { path: fixture.project, name: `bad-${name}-${Date.now()}`, kind: 'hardhat' };
    project = new Project((await client.projects.add(added)).id, fixture.project);
  }, 240_000);
  afterAll(() => fixture?.[Symbol.asyncDispose]());
  beforeEach(() => {
    Object.assign(process.env, OFFLINE, { HOME: fixture.home });
  });
  afterEach(async () => {
    for (const variable of ['HOME', ...Object.keys(OFFLINE)]) {
      if (before[variable] === undefined) delete process.env[variable];
      else process.env[variable] = before[variable];
    }
    await project.undo();
  });
  return () => project;
}

const tested = new Set<string>();

/** What is wrong with a project in the same way as with one before is left to the long tests. */
function cases(name: HardhatFixtureName, usual: Input, all: Case[]): void {
  describe(`of ${name}`, () => {
    const project = useProject(name);
    const others = all.filter(({ what }) => testsAll || !tested.has(what));
    for (const { what } of others) tested.add(what);

    test.each(others)('$what', async ({ input, prepare, code, says, line }) => {
      await prepare?.(project());
      const found = await project().deploy({ ...usual, ...input });
      expect(found.run, found.log).toMatchObject({ status: 'failed', failure: { code } });
      expect(found.run.failure?.message).toMatch(says);
      expect(found.line).toMatch(line);
    });
  });
}

async function ended(id: number): Promise<DeploymentDetail> {
  for await (const batch of await client.deployments.watch({ id })) void batch;
  return client.deployments.get({ id });
}

/** Ids of the processes that work in a folder. */
const processesIn = (folder: string): string[] =>
  execFileSync('sh', ['-c', 'readlink /proc/[0-9]*/cwd || true'], { encoding: 'utf8' })
    .split('\n')
    .filter((cwd) => cwd === folder || cwd.startsWith(`${folder}/`));
