import { afterAll, beforeAll, expect, test } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import { defaultDevAccounts, devAddresses } from '#main/features/chains/creation/dev-accounts.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import type { Fixture } from '#test/harness/fixture.ts';
import { deploy } from '#test/harness/hardhat-deploy.ts';
import { made } from '#test/harness/made.ts';
import { scriptProject } from '#test/harness/script-project.ts';

const CONTRACTS = `
error NotOwner(address caller);
contract Gate {
  address public owner;
  address public treasury;
  bytes32 public constant KEEPER = keccak256("KEEPER");
  mapping(bytes32 => mapping(address => bool)) roles;
  mapping(address => uint256) public visits;
  uint256 public fee;
  event RoleGranted(bytes32 indexed role, address indexed account, address indexed sender);
  constructor(address owner_, address keeper) {
    owner = owner_;
    roles[KEEPER][keeper] = true;
    emit RoleGranted(KEEPER, keeper, msg.sender);
  }
  function setFee(uint256 fee_) external { if (msg.sender != owner) revert NotOwner(msg.sender); fee = fee_; visits[msg.sender]++; }
  function keep() external { require(roles[KEEPER][msg.sender], "no keeper"); fee++; }
}`;
const OWNER = '0x00000000000000000000000000000000DeaDBeef';
const KEEPER = devAddresses(defaultDevAccounts)[3] as string;

let core: TestApp;
let client: Client;
let fixture: Fixture;
let address: string;
beforeAll(async () => {
  core = await openTestApp({ follow: true });
  client = (await openDoor('in-process', core.app)).client;
  fixture = await scriptProject({}, CONTRACTS);
  const project = (await client.projects.add({ path: fixture.folder, name: 'gates' })).id;
  await client.chains.start({ chain: 'local' });
  const run = await deploy(client, project, { script: 'Gate', args: [OWNER, '3'] });
  address = made(run).contracts[0]?.address ?? '';
}, 120_000);
afterAll(async () => {
  await core?.[Symbol.asyncDispose]();
  await fixture?.[Symbol.asyncDispose]();
});

const call = (name: string, given: string[] = []) => ({
  ...{ network: 'local', contract: 'gates.Gate', function: name, arguments: given },
});

test('who may call comes first, with the role that the contract gives; others with why they may not', async () => {
  await client.addressBook.set({
    network: 'local',
    address: `0x${'a'.repeat(40)}`,
    label: 'passer-by',
  });
  const { senders } = await client.contracts.senders(call('setFee', ['5']));
  expect(senders[0]).toMatchObject({
    address: OWNER,
    roles: ['owner'],
    account: null,
    problem: null,
  });
  expect(senders.filter(({ problem }) => problem === null)).toHaveLength(1);
  expect(senders.find(({ account }) => account === 0)?.problem).toMatch(/^NotOwner\(0xf39F/);
  expect(senders.find(({ label }) => label === 'passer-by')?.problem).toMatch(/^NotOwner/);
});

test('roles that were granted are found by their events', async () => {
  const { senders } = await client.contracts.senders(call('keep'));
  expect(senders[0]).toMatchObject({
    address: KEEPER,
    roles: ['KEEPER'],
    account: 3,
    problem: null,
  });
});

test('a simulation tells what would change, by variables', async () => {
  const tried = await client.contracts.simulate({ ...call('setFee', ['5']), from: OWNER });
  expect(tried.changes).toMatchObject([
    {
      address,
      variables: expect.arrayContaining([
        expect.objectContaining({ name: 'fee', before: '0', after: '5' }),
        expect.objectContaining({ name: `visits[${OWNER}]`, before: '0', after: '1' }),
      ]),
    },
  ]);
  const failing = await client.contracts.simulate(call('setFee', ['5']));
  expect(failing).toMatchObject({ succeeds: false, changes: null });
});

test('a pinned contract is told as one, and comes first in the list of the command line', async () => {
  const pinned = async () => (await client.contracts.live({})).contracts.map((one) => one.pinned);
  expect(await pinned()).toEqual([false]);
  await client.contracts.pin({ network: 'local', contract: 'Gate' });
  expect(await pinned()).toEqual([true]);
  expect(await client.contracts.show({ network: 'local', contract: address })).toMatchObject({
    pinned: true,
  });
  await client.contracts.pin({ network: 'local', contract: 'Gate', pinned: false });
  expect(await pinned()).toEqual([false]);
});

test('code that was set since is told from what the run deployed', async () => {
  const show = () => client.contracts.show({ network: 'local', contract: address });
  await expect.poll(async () => (await show()).code).toBe('as-deployed');
  expect(await show()).toMatchObject({ source: 'src/Vm.sol', proxy: null });
  const { rpcUrl } = await client.chains.get({ chain: 'local' });
  const code = await rpc(rpcUrl as string)<string>('eth_getCode', [address, 'latest']);
  await rpc(rpcUrl as string)('anvil_setCode', [address, `${code}00`]);
  expect((await show()).code).toBe('differs');
  await rpc(rpcUrl as string)('anvil_setCode', [address, code]);
  expect((await show()).code).toBe('as-deployed');
});
