import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { detailText } from '#main/features/deployments/cli/text.ts';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { some } from '#test/harness/all.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { deploy, expectDeployed, inputOf, logOf } from '#test/harness/hardhat-deploy.ts';
import {
  copyHardhatFixture,
  type ExpectedDeploy,
  type HardhatFixture,
  type HardhatFixtureName,
} from '#test/harness/hardhat-fixture.ts';
import { made } from '#test/harness/made.ts';
import { nodeWithout, type OtherNode, TRACES } from '#test/harness/node-without.ts';
import { type Chain, SENDER, startAnvil } from '../kinds/bench.ts';

let core: TestApp;
let client: Client;

beforeAll(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  await client.settings.set({ engine: 'process' });
});
afterAll(() => core?.[Symbol.asyncDispose]());

/** Tools find their compilers in the home folder. */
const homeBefore = process.env.HOME;
afterEach(() => {
  process.env.HOME = homeBefore;
});

/** Each version and each way of deploying once; the rest repeats them. */
const names: HardhatFixtureName[] = [
  ...(['two-ignition', 'two-deploy', 'three-viem', 'three-deploy'] as const),
  ...(['two-script', 'two-upgrades', 'three-ethers', 'monorepo'] as const),
];

describe.each(some(names, 4))('the project %s', (name) => {
  let fixture: HardhatFixture;
  let project: number;
  let cleanChain: number;

  beforeAll(async () => {
    fixture = await copyHardhatFixture(name);
    // Nothing above a repository's root is looked at.
    execFileSync('git', ['init', '--quiet'], { cwd: fixture.folder });
    ({ id: project } = await client.projects.add({ path: fixture.project, name, kind: 'hardhat' }));
    await client.chains.start({ chain: 'local', fresh: true });
    cleanChain = (await client.chains.snapshot({ chain: 'local', name: `before ${name}` })).id;
  }, 240_000);
  afterAll(() => fixture?.[Symbol.asyncDispose]());
  beforeEach(() => {
    process.env.HOME = fixture.home;
  });

  test('each of its deploys is recorded whole, named and found on the chain', async () => {
    for (const expected of fixture.deploys) {
      await client.chains.revert({ chain: 'local', snapshot: cleanChain });
      const run = await deploy(client, project, inputOf(expected));
      expectDeployed(run, expected, await logOf(client, run.id));
    }
  }, 600_000);

  test.runIf(name in passedOn)(
    'a profile and options reach the tool, and are kept',
    async () => {
      const expected = fixture.deploys[0];
      const input = { ...(expected && inputOf(expected)), ...passedOn[name]?.input };
      await client.chains.revert({ chain: 'local', snapshot: cleanChain });
      const run = await deploy(client, project, input);
      expect(run).toMatchObject({ status: 'succeeded', input: passedOn[name]?.input });
      expect(run.command).toContain(passedOn[name]?.words);
    },
    300_000,
  );
});

/** A contract of a fixture, and what is recorded when it is deployed by itself. */
const alone: [
  name: HardhatFixtureName,
  input: Record<string, unknown>,
  command: string,
  contracts: string[],
][] = [
  ['two-script', { script: 'Counter', args: ['a, b'] }, 'npx hardhat compile', ['Counter']],
  [
    'three-ethers',
    { script: 'contracts/Pools.sol:Pool', args: [`0x${'7'.repeat(64)}`] },
    'npx hardhat build',
    ['Fees', 'Pool'],
  ],
];

test.each(alone)(
  'a contract of %s is deployed without a script',
  async (name, input, command, contracts) => {
    await using fixture = await copyHardhatFixture(name);
    execFileSync('git', ['init', '--quiet'], { cwd: fixture.folder });
    process.env.HOME = fixture.home;
    const added = { path: fixture.project, name: `${name} alone`, kind: 'hardhat' };
    const { id: project } = await client.projects.add(added);
    const { entries } = await client.projects.choices({ project });
    const offered = entries.filter(({ group }) => group === 'Contracts').map(({ value }) => value);
    expect(offered).toContainEqual(expect.stringMatching(new RegExp(`:${contracts.at(-1)}$`)));

    const run = await deploy(client, project, input);
    expect(run.failure, await logOf(client, run.id)).toBeNull();
    expect(run.command).toBe(command);
    expect(run.phases.map(({ status }) => status)).not.toContain('waiting');
    expect(made(run).contracts.map((one) => one.name)).toEqual(contracts);
    expect(made(run).contracts.every(({ verified }) => verified)).toBe(true);
    expect(made(run).transactions.at(-1)?.arguments).toEqual(input.args);
    const { contracts: live } = await client.contracts.live({ project });
    expect(live).toHaveLength(contracts.length);

    const wrong = await deploy(client, project, { ...input, libraries: [`No=${SENDER}`] });
    expect(wrong).toMatchObject({ status: 'failed', summary: { transactionCounts: { sent: 0 } } });
  },
  240_000,
);

const passedOn: Partial<Record<HardhatFixtureName, { input: object; words: string }>> = {
  'two-ignition': {
    input: { options: ['--show-stack-traces', '--reset', '--strategy=basic'] },
    words: '--show-stack-traces --reset --strategy basic',
  },
  'three-viem': {
    input: { profile: 'default', options: ['--verbosity=3', '--reset'] },
    words: '--build-profile default --verbosity 3 --reset',
  },
};

const compileOf = (run: DeploymentDetail) => run.phases.find((p) => p.id === 'compile')?.status;

describe('a public network without traces', () => {
  let fixture: HardhatFixture;
  let project: number;
  let chain: Chain;

  beforeAll(async () => {
    fixture = await copyHardhatFixture('two-ignition');
    const added = { path: fixture.project, name: 'public', kind: 'hardhat' };
    ({ id: project } = await client.projects.add(added));
    chain = await startAnvil('--chain-id', '4244');
  }, 240_000);
  afterAll(async () => {
    await fixture?.[Symbol.asyncDispose]();
    await chain?.[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    process.env.HOME = fixture.home;
    await rm(path.join(fixture.project, 'ignition/deployments'), { recursive: true, force: true });
  });

  const deployTo = async (network: string, node: OtherNode) => {
    const url = `${node.url}/v2/a-key-of-the-user`;
    await client.networks.save({ name: network, kind: 'remote', url, chainId: 4244 });
    const input = { script: 'ignition/modules/Vaults.js', from: SENDER };
    const run = await deploy(client, project, input, network);
    const log = await logOf(client, run.id);
    expect(run.status, `${run.failure?.message}\n${log}`).toBe('succeeded');
    expect(log).not.toContain('a-key-of-the-user');
    return { run, log, text: detailText(run) };
  };

  test('has its runs replayed, so that the contracts of factories are found', async () => {
    await using node = await nodeWithout(chain.url, TRACES);
    const { run, log, text } = await deployTo('archive', node);
    expectDeployed(run, fixture.deploys[0] as ExpectedDeploy, log);
    expect(run.summary).toMatchObject({ source: 'replay' });
    expect(log).toContain('is replayed on a temporary fork');
    expect(text).toContain('were looked for on a fork');
  }, 120_000);

  test('and without earlier states says what could not be looked for', async () => {
    await using node = await nodeWithout(chain.url, TRACES, ({ method, params }) =>
      /^eth_get(Balance|StorageAt)$/.test(method) && /^0x/.test(`${params.at(-1)}`)
        ? { error: { code: -32000, message: 'missing trie node' } }
        : undefined,
    );
    const { run, log, text } = await deployTo('pruned', node);
    expect(made(run).contracts.map(({ name }) => name)).toEqual(['Rates', 'VaultFactory']);
    expect(run.summary).toMatchObject({ source: 'receipt' });
    expect(log).toMatch(/It could not be replayed: .+ could not be looked for\./);
    expect(text).toContain('Contracts that others created could not be looked for');
    expect(await client.history.export({ id: run.id, format: 'csv' })).toMatchObject({
      text: expect.stringMatching(/,source\r\n.+,receipt\r\n/),
    });
  }, 120_000);
});

describe('records of tools', () => {
  const { NODE_COMPILE_CACHE: ofRun } = process.env;
  let fixture: HardhatFixture;
  let project: number;
  let clean: number;
  const records = () => path.join(fixture.project, 'ignition/deployments/chain-31337');

  beforeAll(async () => {
    // As for users: what the tool's code compiles to is kept with the project's compiles.
    delete process.env.NODE_COMPILE_CACHE;
    fixture = await copyHardhatFixture('two-ignition');
    const added = { path: fixture.project, name: 'records', kind: 'hardhat' };
    ({ id: project } = await client.projects.add(added));
    await client.chains.restart({ chain: 'local', fresh: true });
    clean = (await client.chains.snapshot({ chain: 'local', name: 'clean' })).id;
  }, 240_000);
  afterAll(async () => {
    if (ofRun !== undefined) process.env.NODE_COMPILE_CACHE = ofRun;
    await fixture?.[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    process.env.HOME = fixture.home;
    await client.chains.revert({ chain: 'local', snapshot: clean });
  });

  const deployed = async () => {
    const run = await deploy(client, project, { script: 'ignition/modules/Vaults.js' });
    expect(run.status, run.failure?.message).toBe('succeeded');
    const { contracts } = made(run);
    expect(contracts.every(({ verified }) => verified)).toBe(true);
    return { run, count: contracts.length };
  };

  test('follow the chain: back, forward, and over a restart', async () => {
    const first = await deployed();
    expect(first.count).toBe(4);
    expect(compileOf(first.run)).toBe('done');
    expect((await client.compileCache.status()).bytes).toBeGreaterThan(100_000);
    const { id: after } = await client.chains.snapshot({ chain: 'local', name: 'after' });
    const second = await deployed();
    expect(second.count, await logOf(client, second.run.id)).toBe(0);
    expect(compileOf(second.run)).toBe('skipped');
    expect(second.run.warnings.join()).toContain('all of the module is on the chain already');

    await client.chains.revert({ chain: 'local', snapshot: clean });
    expect((await deployed()).count).toBe(4);

    await client.chains.revert({ chain: 'local', snapshot: after });
    expect((await deployed()).count).toBe(0);

    await client.chains.restart({ chain: 'local' });
    expect((await deployed()).count).toBe(0);

    await client.chains.restart({ chain: 'local', fresh: true });
    expect((await deployed()).count).toBe(4);
    clean = (await client.chains.snapshot({ chain: 'local', name: 'clean again' })).id;
  }, 300_000);

  test('of the user are put aside, and back as they were', async () => {
    await rm(records(), { recursive: true, force: true });
    await mkdir(records(), { recursive: true });
    const own = path.join(records(), 'journal.jsonl');
    await writeFile(own, 'mine');
    const { run } = await deployed();
    expect(await logOf(client, run.id)).toContain('it is put aside during this run');
    expect(await readFile(own, 'utf8')).toBe('mine');
    expect(await readdir(path.dirname(records()))).toEqual(['chain-31337']);
  }, 120_000);
});

test('records of hardhat-deploy 2 follow the chain back, and over a restart', async () => {
  await using fixture = await copyHardhatFixture('three-deploy');
  process.env.HOME = fixture.home;
  const added = { path: fixture.project, name: 'rocketh', kind: 'hardhat' };
  const { id: project } = await client.projects.add(added);
  await client.chains.restart({ chain: 'local', fresh: true });
  const { id: clean } = await client.chains.snapshot({ chain: 'local', name: 'no records' });
  const deployed = async (tags: string[] = []) => {
    const run = await deploy(client, project, { script: 'deploy', tags });
    expect(run.status, run.failure?.message).toBe('succeeded');
    return made(run).contracts.map(({ label }) => label);
  };
  expect(await deployed(['token'])).toEqual(['Token']);
  expect(await deployed()).toEqual(['TokenSale']);
  await client.chains.restart({ chain: 'local' });
  expect(await deployed()).toEqual([]);
  await client.chains.revert({ chain: 'local', snapshot: clean });
  expect(await deployed()).toEqual(['Token', 'TokenSale']);
}, 240_000);

test.each<[HardhatFixtureName, string, (config: string) => string]>([
  [
    'two-deploy',
    'deploy',
    (config) =>
      config.replace(
        "solidity: '0.8.37',",
        "solidity: '0.8.37', paths: { artifacts: ['b', 'out'].join('/'), deployments: ['b', 'kept'].join('/') },",
      ),
  ],
  [
    'three-viem',
    'build/ignition/modules/Counters.ts',
    (config) =>
      config.replace(
        'defineConfig({',
        "defineConfig({ paths: { artifacts: ['b', 'out'].join('/'), ignition: './build/ignition' },",
      ),
  ],
])(
  '%s names and remembers with the folders that its configuration moves',
  async (name, script, change) => {
    await using fixture = await copyHardhatFixture(name);
    process.env.HOME = fixture.home;
    const [config = ''] = (await readdir(fixture.project)).filter((one) =>
      /^hardhat\.config/.test(one),
    );
    const file = path.join(fixture.project, config);
    await writeFile(file, change(await readFile(file, 'utf8')));
    if (script.startsWith('build/')) {
      await cp(
        path.join(fixture.project, 'ignition'),
        path.join(fixture.project, 'build/ignition'),
        {
          recursive: true,
        },
      );
      await rm(path.join(fixture.project, 'ignition'), { recursive: true });
    }
    const added = { path: fixture.project, name: `moved ${name}`, kind: 'hardhat' };
    const { id: project } = await client.projects.add(added);
    await client.chains.restart({ chain: 'local', fresh: true });
    const { id: clean } = await client.chains.snapshot({
      chain: 'local',
      name: `before moved ${name}`,
    });
    const deployed = async () => {
      const run = await deploy(client, project, { script });
      expect(run.status, `${run.failure?.message} ${await logOf(client, run.id)}`).toBe(
        'succeeded',
      );
      return made(run).contracts.map((one) => [one.name, one.label]);
    };
    const first = await deployed();
    expect(first.length).toBeGreaterThan(0);
    expect(first.flat()).not.toContain(null);
    expect(await deployed()).toEqual([]);
    await client.chains.revert({ chain: 'local', snapshot: clean });
    expect(await deployed()).toEqual(first);
  },
  240_000,
);
