import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { main } from '#main/doors/cli/main.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { putHardhatCompilers } from '#test/harness/hardhat-compilers.ts';
import {
  copyHardhatFixture,
  type HardhatFixtureName,
  whyNoHardhat,
} from '#test/harness/hardhat-fixture.ts';
import { skipAloud } from '#test/harness/skip.ts';

const isSkipped = skipAloud('Hardhat on the command line', await whyNoHardhat());

describe.skipIf(isSkipped)('a Hardhat project on the command line', () => {
  let home: Awaited<ReturnType<typeof temporaryFolder>>;

  beforeEach(async () => {
    home = await temporaryFolder();
    await putHardhatCompilers(home.path);
  });
  afterEach(async () => {
    await drydock('chain', 'stop', 'local');
    await home[Symbol.asyncDispose]();
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  async function drydock(...args: string[]) {
    vi.stubEnv('HOME', home.path);
    vi.stubEnv('DRYDOCK_HOME', path.join(home.path, 'data'));
    vi.stubEnv('DRYDOCK_ENGINE', 'process');
    const texts = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      vi.spyOn(process[name], 'write').mockImplementation((text) => {
        texts[name] += text;
        return true;
      });
    }
    const code = await main(args);
    vi.restoreAllMocks();
    return { code, stdout: texts.stdout, stderr: stripVTControlCharacters(texts.stderr) };
  }

  /** Deploys to the local chain, and returns the JSON document that is printed at its end. */
  async function deployed(project: string, ...options: string[]) {
    const to = ['--network', 'local', '--trust', '--json'];
    const { code, stdout, stderr } = await drydock('deploy', project, ...to, ...options);
    expect(code, stderr).toBe(0);
    return JSON.parse(stdout);
  }

  async function added(name: HardhatFixtureName) {
    const fixture = await copyHardhatFixture(name);
    const { code, stderr } = await drydock('project', 'add', fixture.project, '--name', 'p');
    expect(code, stderr).toBe(0);
    return fixture;
  }

  test('a module with a parameter; what came out, with its labels', async () => {
    await using _ = await added('two-ignition');
    const script = 'ignition/modules/Vaults.js';
    const run = await deployed('p', '--script', script, '--param', 'Vaults.percent=7n');
    expect(run).toMatchObject({
      ...{ id: 1, number: 1, status: 'succeeded', kind: 'hardhat', family: 'contracts' },
      input: { script, params: ['Vaults.percent=7n'] },
    });
    expect(run.contracts).toHaveLength(4);
    expect(run.contracts[0]).toEqual({
      ...{ name: 'Rates', label: 'Vaults#Rates', address: run.result.contracts[0].address },
      ...{ transactionHash: expect.stringMatching(/^0x/), blockNumber: 1, nested: false },
      ...{ verified: true, chainId: 31337, elsewhere: null },
    });
    const shown = await drydock('deployment', 'show', '1');
    expect(shown.stdout).toMatch(/LABEL/);
    expect(shown.stdout).toContain('Vaults#VaultFactory');
    const live = await drydock('contract', 'list');
    expect(live.stdout).toContain('Vaults#Rates');
    const found = await drydock('deployment', 'search', 'Vaults#Rates', '--json');
    expect(JSON.parse(found.stdout)).toMatchObject({ hits: [{ deployment: { id: 1 } }] });
  }, 120_000);

  test('scripts by a tag; the retry of it by another', async () => {
    await using _ = await added('two-deploy');
    const run = await deployed('p', '--script', 'deploy', '--tag', 'token');
    expect(run.contracts.map((one: { name: string }) => one.name)).toEqual(['Token']);
    const { code, stdout } = await drydock('deployment', 'retry', '1', '--tag', 'sale', '--json');
    expect(code, stdout).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ number: 2, input: { tags: ['sale'] } });
    const refused = await drydock('deploy', 'p', '--network', 'local', '--param', 'A.b=1');
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('no Ignition')]);
  }, 120_000);

  test('a script with a variable of its environment', async () => {
    await using _ = await added('three-viem');
    const run = await deployed('p', '--script', 'scripts/deploy.ts', '--env', 'STAGE=test');
    expect(run).toMatchObject({ status: 'succeeded', input: { env: ['STAGE=test'] } });
    expect(run.contracts.map((one: { name: string }) => one.name)).toEqual(['Counter']);
  }, 120_000);
});
