import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { sentWords } from '#main/shared/result-parts.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import type { Fixture } from '#test/harness/fixture.ts';
import { made } from '#test/harness/made.ts';
import { scriptProject } from '#test/harness/script-project.ts';

const data = (bytes: number) => `hex"${'ab'.repeat(bytes)}"`;

const CONTRACTS = `
contract Big { bytes constant D = ${data(25_000)}; function read() external pure returns (bytes memory) { return D; } }
contract Heavy { event Made(bytes); constructor() { emit Made(${data(50_000)}); } }
`;

let core: TestApp;
let client: Client;
let fixture: Fixture;
let project: number;

beforeAll(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  const send = (what: string) => `vm.startBroadcast(); ${what} vm.stopBroadcast();`;
  fixture = await scriptProject(
    {
      Small: send('new C(1); new Big();'),
      Weighty: send('new Heavy();'),
      Nobody: send('address(0xdead0001).call(hex"01");'),
    },
    CONTRACTS,
  );
  project = (await client.projects.add({ path: fixture.folder })).id;
  await client.chains.start({ chain: 'local' });
}, 120_000);

afterAll(async () => {
  await core?.[Symbol.asyncDispose]();
  await fixture?.[Symbol.asyncDispose]();
});

/** With nothing on it, and the usual limit. */
beforeEach(async () => {
  await client.chains.restart({ chain: 'local', codeSizeLimit: null, fresh: true });
});

async function deploy(script: string): Promise<DeploymentDetail> {
  const { id } = await client.deployments.start({
    ...{ project, target: 'local', input: { script: `script/${script}.s.sol` } },
  });
  for await (const _ of await client.deployments.watch({ id })) {
    // Only its end matters.
  }
  return client.deployments.get({ id });
}

const chain = () => client.chains.get({ chain: 'local' });
const restart = (failure: DeploymentDetail['failure']) =>
  client.chains.restart(failure?.fix?.call?.input as { chain: string });

test('a contract that is too large is refused before anything is sent, and the way out works', async () => {
  const refused = await deploy('Small');
  expect(refused.failure?.code).toBe('CONTRACT_TOO_LARGE');
  expect(made(refused).transactionCounts.sent).toBe(0);
  expect(made(refused).contracts).toEqual([]);
  expect((await chain()).blockNumber).toBe(0);

  expect(await restart(refused.failure)).toMatchObject({ codeSizeLimit: 32_768 });
  const deployed = await deploy('Small');
  expect(deployed.failure).toBeNull();
  expect(made(deployed).contracts.map((c) => [c.name, c.verified])).toEqual([
    ['C', true],
    ['Big', true],
  ]);
  // It stays chosen, and a contract that is too large for it still is.
  expect(await client.chains.restart({ chain: 'local' })).toMatchObject({ codeSizeLimit: 32_768 });
}, 120_000);

test('code that only creates a contract has a limit of its own', async () => {
  await client.chains.restart({ chain: 'local', codeSizeLimit: null });
  const refused = await deploy('Weighty');
  expect(refused.failure?.code).toBe('CONTRACT_TOO_LARGE');
  expect(made(refused).transactionCounts).toEqual({ planned: 1, sent: 0, mined: 0 });
  expect(sentWords(made(refused).transactionCounts)).toBe('0 of 1 planned transaction');
  await restart(refused.failure);
  expect((await deploy('Weighty')).failure).toBeNull();
}, 120_000);

test('a chain that runs takes another limit only when it is restarted', async () => {
  const { codeSizeLimit } = await chain();
  await expect(
    client.chains.start({ chain: 'local', codeSizeLimit: 100_000 }),
  ).rejects.toMatchObject({ code: 'CHAIN_BUSY' });
  expect((await chain()).codeSizeLimit).toBe(codeSizeLimit);
});

test('a call to an address without code is warned of, and goes on as before', async () => {
  const d = await deploy('Nobody');
  expect(d.failure).toBeNull();
  expect(d.warnings.join()).toContain('where there is no contract');
  expect(made(d).transactionCounts.mined).toBe(1);
  const call = rpc((await chain()).rpcUrl as string);
  expect(await call('eth_getCode', ['0x00000000000000000000000000000000dead0001', 'latest'])).toBe(
    '0x',
  );
}, 120_000);
