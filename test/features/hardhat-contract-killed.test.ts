import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import { isFinal } from '#main/shared/final.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { copyHardhatFixture, type HardhatFixture } from '#test/harness/hardhat-fixture.ts';
import { type HostProcess, startHostProcess } from '#test/harness/host-process.ts';
import { choices } from '#test/harness/lies.ts';
import { made } from '#test/harness/made.ts';
import { rounds, seed } from '#test/harness/rounds.ts';
import { processLeftovers } from '../crash/leftovers.ts';
import { runningChains } from '../crash/records.ts';

const INPUT = { script: 'contracts/Pools.sol:Pool', args: [`0x${'7'.repeat(64)}`] };

let home: Awaited<ReturnType<typeof temporaryFolder>>;
let fixture: HardhatFixture;
let core: HostProcess;
let project: number;

const start = () =>
  startHostProcess(home.path, { env: { HOME: fixture.home, DRYDOCK_ENGINE: 'process' } });
const chainCall = async () => {
  const { rpcUrl } = await core.client.chains.get({ chain: 'local' });
  return rpc(rpcUrl as string);
};

beforeAll(async () => {
  home = await temporaryFolder();
  fixture = await copyHardhatFixture('three-ethers');
  execFileSync('git', ['init', '--quiet'], { cwd: fixture.folder });
  core = await start();
  ({ id: project } = await core.client.projects.add({ path: fixture.project, kind: 'hardhat' }));
  await core.client.chains.start({ chain: 'local' });
}, 240_000);
afterAll(async () => {
  await core?.client.chains.stop({ chain: 'local' });
  await core?.stop();
  await fixture?.[Symbol.asyncDispose]();
  await home?.[Symbol.asyncDispose]();
});

async function ended(id: number) {
  await vi.waitFor(
    async () => expect(isFinal((await core.client.deployments.get({ id })).status)).toBe(true),
    { timeout: 120_000, interval: 100 },
  );
  return core.client.deployments.get({ id });
}

test('a core that is killed while a library is on its way records what had landed', async () => {
  const { client } = core;
  const hold = await chainCall();
  await hold('evm_setAutomine', [false]);
  const { id } = await client.deployments.start({ project, target: 'local', input: INPUT });
  await vi.waitFor(
    async () => expect(made(await client.deployments.get({ id })).transactionCounts.sent).toBe(1),
    { timeout: 120_000, interval: 50 },
  );
  await core.kill();
  await hold('evm_mine', []);
  await hold('evm_setAutomine', [true]);
  core = await start();
  const run = await ended(id);
  expect(run.status).toBe('interrupted');
  const { contracts, transactions } = made(run);
  const call = await chainCall();
  for (const { address } of contracts) {
    expect(await call('eth_getCode', [address, 'latest'])).not.toBe('0x');
  }
  expect(transactions.map((one) => [one.contractName, one.status])).toEqual([
    ['Fees', 'success'],
    ['Pool', 'queued'],
  ]);
  expect(contracts.map((one) => [one.name, one.verified])).toEqual([['Fees', true]]);

  const { id: again } = await core.client.deployments.start({
    ...{ project, target: 'local', input: INPUT },
  });
  const next = await ended(again);
  expect(next.failure).toBeNull();
  expect(made(next).contracts.map((one) => one.name)).toEqual(['Fees', 'Pool']);
}, 300_000);

test('a core that is killed at any moment of it tells what is on the chain, and leaves nothing running', async () => {
  const choose = choices(seed);
  // A run that is not cut off takes a few seconds.
  const withinMs = 6000;
  for (let round = 0; round < rounds(2, 20); round++) {
    const moment = choose(withinMs);
    const told = `seed ${seed}, round ${round}, killed after ${moment} ms`;
    await core.client.chains.restart({ chain: 'local', fresh: true });
    const { id } = await core.client.deployments.start({ project, target: 'local', input: INPUT });
    await sleep(moment);
    await core.kill();
    core = await start();
    const run = await ended(id);
    // What was killed with its run may take a moment to end.
    await vi.waitFor(
      async () =>
        expect(await processLeftovers(home.path, runningChains(home.path)), told).toEqual([]),
      {
        timeout: 20_000,
        interval: 200,
      },
    );
    const call = await chainCall();
    const [sender] = await call<string[]>('eth_accounts');
    const sent = Number(await call<string>('eth_getTransactionCount', [sender, 'latest']));
    const result = run.result ? made(run) : { contracts: [], transactions: [] };
    const landed = result.transactions.filter(({ status }) => status === 'success');
    expect(landed.length, told).toBe(sent);
    expect(result.contracts.length, told).toBe(sent);
    for (const { address, verified } of result.contracts) {
      expect(verified, told).toBe(true);
      expect(await call('eth_getCode', [address, 'latest']), told).not.toBe('0x');
    }
    if (run.status === 'succeeded') expect(sent, told).toBe(2);
  }
}, 900_000);
