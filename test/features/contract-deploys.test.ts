import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import { defaultDevAccounts, devAddresses } from '#main/features/chains/creation/dev-accounts.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import type { Fixture } from '#test/harness/fixture.ts';
import { deploy, logOf } from '#test/harness/hardhat-deploy.ts';
import { killChain } from '#test/harness/kill-chain.ts';
import { made } from '#test/harness/made.ts';
import { nodeWithout } from '#test/harness/node-without.ts';
import { scriptProject } from '#test/harness/script-project.ts';
import { type Chain, SENDER, startAnvil } from '../kinds/bench.ts';

const CONTRACTS = `
struct Spot { address to; uint256[] ids; }
error TooDeep(uint256 depth);
enum Sort { Small, Large }
type Fee is uint96;

contract Yard {
  address public owner;
  Fee public fee;
  uint256 public first;
  C public part;
  constructor(Fee fee_, Spot[] memory spots, Sort sort, C part_, string memory) payable {
    owner = msg.sender;
    fee = fee_;
    part = part_;
    if (spots.length > 0) first = spots[0].ids[0];
    if (sort == Sort.Large) revert TooDeep(first);
  }
}

library Rounding { function up(uint256 a) external pure returns (uint256) { return a + 1; } }
library Math { function twice(uint256 a) external pure returns (uint256) { return Rounding.up(a) * 2; } }
contract Linked { uint256 public x; C public made; constructor(uint256 a) { x = Math.twice(a); made = new C(a); } }

interface Port { function open() external; }
contract Twin {}
contract Big { function read() external pure returns (bytes memory) { return hex"${'ab'.repeat(25_000)}"; } }
abstract contract Half { function rest() external virtual; }
`;

let core: TestApp;
let client: Client;
let fixture: Fixture;
let project: number;

beforeAll(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  fixture = await scriptProject({}, CONTRACTS);
  const source = (text: string) =>
    `// SPDX-License-Identifier: MIT\npragma solidity ^0.8.13;\n${text}\n`;
  await writeFile(path.join(fixture.folder, 'src/Other.sol'), source('contract Twin {}'));
  const wrong = 'contract Wrong { uint256 x = "text"; }';
  await writeFile(path.join(fixture.folder, 'src/Wrong.sol'), source(wrong));
  project = (await client.projects.add({ path: fixture.folder, name: 'yard' })).id;
  await client.chains.start({ chain: 'local' });
}, 120_000);

afterAll(async () => {
  await core?.[Symbol.asyncDispose]();
  await fixture?.[Symbol.asyncDispose]();
});

const DEVELOPMENT_ACCOUNTS = devAddresses(defaultDevAccounts);
const PART = '0x00000000000000000000000000000000000000AA';

const call = async () => rpc((await client.chains.get({ chain: 'local' })).rpcUrl as string);
const blockNumber = async () => (await client.chains.get({ chain: 'local' })).blockNumber;
const yard = (more: object = {}) => ({ script: 'Yard', args: ['1', '[]', '0', PART, ''], ...more });

test('contracts of the project are offered after its scripts, each with its constructor', async () => {
  const { entries } = await client.projects.choices({ project });
  expect(
    entries.map(({ value, group, calls }) => [value, group, calls.map((c) => c.value)]),
  ).toEqual([
    ['src/Other.sol:Twin', 'Contracts', ['constructor()']],
    ['src/Vm.sol:C', 'Contracts', ['constructor(uint256)']],
    [
      'src/Vm.sol:Yard',
      'Contracts',
      ['constructor(uint96,(address,uint256[])[],uint8,address,string)'],
    ],
    ['src/Vm.sol:Linked', 'Contracts', ['constructor(uint256)']],
    ['src/Vm.sol:Twin', 'Contracts', ['constructor()']],
    ['src/Vm.sol:Big', 'Contracts', ['constructor()']],
    ['src/Wrong.sol:Wrong', 'Contracts', ['constructor()']],
  ]);
  const asks = Object.fromEntries(entries.map((one) => [one.label, Object.keys(one.asks ?? {})]));
  expect(asks).toMatchObject({ Yard: ['value', 'libraries'], Linked: ['libraries'] });
});

test('a contract is created with typed arguments and ether, recorded, taken back and repeated', async () => {
  const run = await deploy(client, project, {
    script: 'Yard',
    args: ['1.5ether', `[(${PART},[7,8])]`, '0', PART, 'a, b'],
    value: '2 gwei',
    from: '3',
  });
  expect(run.failure, await logOf(client, run.id)).toBeNull();
  expect(run).toMatchObject({ status: 'succeeded', live: true, command: 'forge build src/Vm.sol' });
  expect(run.phases.map(({ status }) => status)).toEqual(Array(6).fill('done'));
  const [contract] = made(run).contracts;
  expect(made(run)).toMatchObject({
    source: 'trace',
    transactionCounts: { planned: 1, sent: 1, mined: 1 },
    contracts: [{ name: 'Yard', nested: false, verified: true }],
    transactions: [
      {
        kind: 'create',
        contractName: 'Yard',
        arguments: ['1500000000000000000', `[(${PART}, [7, 8])]`, '0', PART, 'a, b'],
        value: '2000000000',
        status: 'success',
      },
    ],
  });
  const address = contract?.address as string;
  const read = async (name: string) =>
    (await client.contracts.read({ network: 'local', contract: 'Yard', function: name })).value;
  expect(await read('owner')).toBe(made(run).sender);
  expect(await read('first')).toBe('7');

  const { contracts } = await client.contracts.live({ project });
  expect(contracts.map((one) => one.address)).toEqual([address]);
  await client.deployments.rollback({ id: run.id });
  expect((await client.contracts.live({ project })).contracts).toEqual([]);
  expect(await (await call())('eth_getCode', [address, 'latest'])).toBe('0x');

  const again = await client.deployments.redeploy({ id: run.id, asItIsNow: true });
  for await (const batch of await client.deployments.watch({ id: again.id })) void batch;
  const second = await client.deployments.get({ id: again.id });
  expect(second).toMatchObject({ status: 'succeeded', input: run.input });
  expect(made(second).contracts.map((one) => one.address)).toEqual([address]);
}, 120_000);

test('labels, names of contracts, indexes of accounts and members of enums stand for what they mean', async () => {
  const accounts = await (await call())<string[]>('eth_accounts');
  expect(accounts).toEqual(DEVELOPMENT_ACCOUNTS.map((one) => one.toLowerCase()));
  const from = DEVELOPMENT_ACCOUNTS[4] as string;
  await client.addressBook.set({ network: 'local', address: from, label: 'Harbour master' });
  await client.addressBook.set({ network: 'local', address: PART, label: 'part' });
  const spots = '[(part, [7]), (2, [8])]';
  const input = { script: 'Yard', args: ['1', spots, 'Small', 'part', ''], from: 'harbour master' };
  const run = await deploy(client, project, input);
  expect(run.failure, await logOf(client, run.id)).toBeNull();
  expect(run.input).toMatchObject({
    args: ['1', `[(${PART}, [7]), (${DEVELOPMENT_ACCOUNTS[2]}, [8])]`, '0', PART, ''],
    from,
  });
  expect(made(run).sender).toBe(from);
  const named = await deploy(
    client,
    project,
    yard({ args: ['1', '[]', 'Sort.Small', 'yard.Yard', ''] }),
  );
  expect(named.input).toMatchObject({
    args: ['1', '[]', '0', made(run).contracts[0]?.address, ''],
  });

  await expect(
    client.deployments.start({ project, target: 'local', input: yard({ from: 'nobody' }) }),
  ).rejects.toMatchObject({ code: 'BAD_INPUT', data: { field: 'from' } });
  const wrong = yard({ args: ['1', '[]', 'Medium', PART, ''] });
  await expect(
    client.deployments.start({ project, target: 'local', input: wrong }),
  ).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
    message: expect.stringContaining('one of Small, Large'),
  });
  const kept = { project, target: 'local', input: { from: 'harbour master' } };
  expect(await client.deployDefaults.set(kept)).toMatchObject({ input: { from } });
  await client.deployDefaults.remove({ project, target: 'local' });
});

test('two of them are compared by their arguments, and exported with their contracts', async () => {
  const [a, b] = [
    await deploy(client, project, yard()),
    await deploy(client, project, yard({ args: ['2', '[]', '0', PART, ''] })),
  ];
  const compared = JSON.stringify(await client.history.diff({ a: a.id, b: b.id }));
  expect(compared).toContain('"same":false');
  expect(compared).toMatch(/Yard.*"1".*"2"/);
  const exported = JSON.stringify(await client.history.export({ id: b.id, format: 'json' }));
  expect(exported).toContain(made(b).contracts[0]?.address);
});

test('a run that failed is tried again with another contract, which begins without its arguments', async () => {
  const input = { script: 'src/Wrong.sol:Wrong' };
  const failed = await deploy(client, project, input);
  expect(failed.status).toBe('failed');
  const changed = { contract: 'src/Vm.sol:C', args: ['5'], value: '3' };
  const { id } = await client.deployments.retry({ id: failed.id, changes: { input: changed } });
  for await (const batch of await client.deployments.watch({ id })) void batch;
  const run = await client.deployments.get({ id });
  expect(run).toMatchObject({ status: 'succeeded', input: { script: changed.contract } });
  const plain = { script: 'src/Other.sol:Twin' };
  const next = await client.deployments.retry({ id, changes: { input: plain } });
  for await (const batch of await client.deployments.watch({ id: next.id })) void batch;
  const last = await client.deployments.get({ id: next.id });
  expect(last).toMatchObject({ status: 'succeeded', input: { ...plain, args: [] } });
  expect(made(last).transactions[0]?.value).toBe('0');
}, 120_000);

test('libraries that a contract needs are deployed before it, unless they are given', async () => {
  const first = await deploy(client, project, { script: 'src/Vm.sol:Linked', args: ['3'] });
  expect(first.failure, await logOf(client, first.id)).toBeNull();
  expect(made(first).transactions.map((one) => one.contractName)).toEqual([
    'Rounding',
    'Math',
    'Linked',
  ]);
  expect(made(first).contracts.map((one) => [one.name, one.nested])).toEqual([
    ['Rounding', false],
    ['Math', false],
    ['Linked', false],
    ['C', true],
  ]);
  const math = made(first).contracts[1]?.address;
  const second = await deploy(client, project, {
    ...{ script: 'Linked', args: ['4'], libraries: [`src/Vm.sol:Math=${math}`] },
  });
  expect(made(second).transactions.map((one) => one.contractName)).toEqual(['Linked']);
  const { value } = await client.contracts.read({
    ...{ network: 'local', contract: made(second).contracts[0]?.address as string, function: 'x' },
  });
  expect(value).toBe('10');
}, 120_000);

test.each<[what: string, input: Record<string, unknown>, code: string, says: string]>([
  [
    'too few arguments',
    yard({ args: ['1'] }),
    'BAD_ARGUMENT',
    'takes 5 arguments, but 1 was given',
  ],
  ['a wrong type', yard({ args: ['1', '[]', 'x', PART, ''] }), 'BAD_ARGUMENT', 'Argument 3 (sort)'],
  [
    'ether for none',
    { script: 'Linked', args: ['1'], value: '1' },
    'BAD_ARGUMENT',
    'takes no ether',
  ],
  ['no amount', yard({ value: 'much' }), 'BAD_INPUT', 'is no amount'],
  ['a name that several have', { script: 'Twin' }, 'SCRIPT_AMBIGUOUS', 'src/Vm.sol:Twin'],
  ['a name that none has', { script: 'Nobody' }, 'SCRIPT_NOT_FOUND', 'src/Vm.sol:Yard'],
  [
    'a file that is not there',
    { script: 'src/No.sol:No' },
    'SCRIPT_NOT_FOUND',
    'no file src/No.sol',
  ],
  ['an abstract contract', { script: 'src/Vm.sol:Half' }, 'SCRIPT_NOT_FOUND', 'is abstract'],
  ['an interface', { script: 'src/Vm.sol:Port' }, 'SCRIPT_NOT_FOUND', 'is an interface'],
  ['nothing', {}, 'SCRIPT_AMBIGUOUS', 'The project has several contracts'],
  ['a keystore', yard({ account: 'mine' }), 'BAD_ARGUMENT', 'without one'],
  ['an option of scripts', yard({ options: ['--slow'] }), 'BAD_ARGUMENT', '--slow is for scripts'],
])('%s: refused before anything is queued', async (_, input, code, says) => {
  const refused = client.deployments.start({ project, target: 'local', input });
  await expect(refused).rejects.toMatchObject({ code, message: expect.stringContaining(says) });
});

test.each<[what: string, input: Record<string, unknown>, code: string, says: string]>([
  [
    'a constructor that reverts',
    yard({ args: ['1', `[(${PART},[7])]`, '1', PART, ''] }),
    'CONSTRUCTOR_REVERTED',
    'TooDeep(7)',
  ],
  ['one that is too large', { script: 'Big' }, 'CONTRACT_TOO_LARGE', 'over the limit of 24576'],
  ['code with a mistake', { script: 'Wrong' }, 'COMPILE_ERROR', 'src/Wrong.sol does not compile'],
  [
    'a library that is not there',
    { script: 'Linked', args: ['1'], libraries: [`Math=${PART}`] },
    'NO_CODE',
    `no library at ${PART}`,
  ],
  [
    'a library that is not needed',
    { ...yard(), libraries: [`Math=0x4e59b44847b379578588920cA78FbF26c0B4956C`] },
    'BAD_ARGUMENT',
    'needs no library Math',
  ],
  [
    'a sender without ether',
    yard({ from: '0x00000000000000000000000000000000000000bb', value: '1 ether' }),
    'INSUFFICIENT_FUNDS',
    'drydock chain fund local',
  ],
])(
  '%s: the run fails with the reason, and nothing is sent',
  async (_, input, code, says) => {
    const before = await blockNumber();
    const run = await deploy(client, project, input);
    expect(run.failure).toMatchObject({ code, message: expect.stringContaining(says) });
    expect(made(run)).toMatchObject({ transactions: [], contracts: [] });
    expect(await blockNumber()).toBe(before);
  },
  120_000,
);

describe('while blocks are made by hand', () => {
  beforeEach(async () => {
    await client.chains.start({ chain: 'local' });
    await (await call())('evm_setAutomine', [false]);
  });

  /** A run of which the library is sent, and in no block yet. */
  async function waiting(): Promise<number> {
    const input = { script: 'Linked', args: ['3'] };
    const { id } = await client.deployments.start({ project, target: 'local', input });
    await vi.waitFor(
      async () => expect(made(await client.deployments.get({ id })).transactionCounts.sent).toBe(1),
      { timeout: 60_000, interval: 50 },
    );
    return id;
  }

  const ended = async (id: number) => {
    for await (const batch of await client.deployments.watch({ id })) void batch;
    return client.deployments.get({ id });
  };

  test('a run that is cancelled says what had been sent', async () => {
    const id = await waiting();
    await client.deployments.cancel({ id });
    const run = await ended(id);
    expect(run.status).toBe('cancelled');
    expect(made(run).transactions.map((one) => [one.contractName, one.status])).toEqual([
      ['Rounding', 'pending'],
      ['Math', 'queued'],
      ['Linked', 'queued'],
    ]);
    await (await call())('evm_mine', []);
    await (await call())('evm_setAutomine', [true]);
  }, 120_000);

  test('a chain that dies ends the run with the reason', async () => {
    const id = await waiting();
    await killChain(await client.chains.get({ chain: 'local' }));
    const run = await ended(id);
    expect(run).toMatchObject({ status: 'failed', failure: { code: 'CHAIN_ENDED' } });
    expect(made(run).transactionCounts).toEqual({ planned: 3, sent: 1, mined: 0 });
  }, 120_000);
});

describe('on a network of someone else', () => {
  let chain: Chain;

  beforeAll(async () => {
    chain = await startAnvil('--chain-id', '4245');
    await client.networks.save({ name: 'far', kind: 'remote', url: chain.url, chainId: 4245 });
  });
  afterAll(() => chain?.[Symbol.asyncDispose]());

  test('an account that its node signs for deploys; nothing is sent for any other', async () => {
    const run = await deploy(client, project, yard({ from: SENDER }), 'far');
    expect(run.failure, await logOf(client, run.id)).toBeNull();
    expect(made(run).contracts.map((one) => [one.name, one.verified])).toEqual([['Yard', true]]);

    const nobody = await deploy(client, project, yard(), 'far');
    expect(nobody.failure).toMatchObject({ code: 'NO_SIGNER' });
    const stranger = await deploy(client, project, yard({ from: PART }), 'far');
    expect(stranger).toMatchObject({ status: 'failed', failure: { code: 'NOT_SENT' } });
    expect(made(stranger).transactionCounts.sent).toBe(0);
  }, 120_000);

  test('a node that is gone as it takes a contract may have been sent it', async () => {
    await using node = await nodeWithout(chain.url, [], ({ method }) => {
      if (method === 'eth_sendTransaction') void node[Symbol.asyncDispose]();
      return undefined;
    });
    await client.networks.save({ name: 'gone', kind: 'remote', url: node.url, chainId: 4245 });
    const run = await deploy(client, project, yard({ from: SENDER }), 'gone');
    expect(run).toMatchObject({
      status: 'failed',
      failure: {
        code: 'RPC_UNREACHABLE',
        message: expect.stringContaining('given Yard: it may have been sent'),
        fix: { command: `drydock address transactions ${SENDER} --network gone` },
      },
    });
  }, 120_000);
});
