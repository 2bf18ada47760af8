import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '#test/harness/doors.ts';
import { logOf } from '#test/harness/hardhat-deploy.ts';
import { made } from '#test/harness/made.ts';
import { GROWN, SHIFTED } from '#test/harness/upgradeable.ts';
import { openUpgradeable, proxyOf, type UpgradeableApp } from '#test/harness/upgradeable-app.ts';

const CONTRACTS = `${GROWN}${SHIFTED}
/** Upgrades by itself; what it is called, and with what, says nothing of it. */
contract Keeper {
  function move(address proxy, bool safe) external {
    Counter(proxy).upgradeToAndCall(safe ? address(new Grown()) : address(new Shifted()), "");
  }
}
contract Opened is Counter {
  function open(address by) external { _transferOwnership(by); }
}
/** Its constructor owns the proxy for as long as it runs. */
contract Taker {
  constructor(address proxy, address to) {
    Opened(proxy).open(address(this));
    Counter(proxy).upgradeToAndCall(to, "");
  }
}
`;

const FUNCTIONS = `
  function keep(address proxy) external {
    vm.startBroadcast();
    Counter(proxy).transferOwnership(address(new Keeper()));
    vm.stopBroadcast();
  }
  function made() external {
    vm.startBroadcast();
    new Shifted();
    new Grown();
    vm.stopBroadcast();
  }
  function opened() external {
    vm.startBroadcast();
    new ERC1967Proxy(address(new Opened()), abi.encodeCall(Counter.initialize, (msg.sender, 1)));
    vm.stopBroadcast();
  }
  function move(address keeper, address proxy) external {
    vm.startBroadcast();
    Keeper(keeper).move(proxy, false);
    vm.stopBroadcast();
  }`;

let up: UpgradeableApp;
let client: Client;
let shifted: string;
let grown: string;

beforeAll(async () => {
  up = await openUpgradeable({ contracts: CONTRACTS, functions: FUNCTIONS });
  ({ client } = up);
  const { contracts } = made(await up.deployed({ script: 'script/More.s.sol', sig: 'made()' }));
  [shifted = '', grown = ''] = contracts.map(({ address }) => address);
}, 240_000);

afterAll(() => up?.[Symbol.asyncDispose]());

/** A counter behind a proxy of its own. */
const counter = async (): Promise<string> =>
  proxyOf(
    await up.deployed({
      ...{ script: 'script/Deploy.s.sol', sig: 'run(uint256,bytes32)' },
      args: ['7', `0x${Math.random().toString(16).slice(2).padEnd(64, '0')}`],
    }),
  );

/** The same, owned by a contract that upgrades it by itself. */
async function kept(): Promise<{ proxy: string; keeper: string }> {
  const proxy = await counter();
  const run = await up.run('keep(address)', [proxy]);
  expect(run.status, run.failure?.message).toBe('succeeded');
  return { proxy, keeper: made(run).contracts[0]?.address ?? '' };
}

const refusal = /Counter behind 0x\w+ to Shifted is unsafe.*`keeper`.*--allow-unsafe-upgrade/;

describe('a call that is sent by hand', () => {
  test('is not sent where it breaks what is behind a proxy, and goes on with consent', async () => {
    const proxy = await counter();
    const call = { contract: proxy, function: 'upgradeToAndCall', arguments: [shifted, '0x'] };
    const error = await client.contracts.send(call).catch((error: unknown) => error);
    expect(error).toMatchObject({
      code: 'UNSAFE_UPGRADE',
      message: expect.stringMatching(refusal),
      data: { fix: { call: { procedure: 'contracts.send' } } },
    });
    expect(await up.behind(proxy)).toBe('Counter');
    const { fix } = (error as { data: { fix: { call: { input: never } } } }).data;
    const sent = await client.contracts.send(fix.call.input);
    expect(sent).toMatchObject({
      status: 'success',
      warnings: [expect.stringMatching(/unsafe upgrade .* was allowed/)],
    });
    expect(await up.behind(proxy)).toBe('Shifted');
  });

  test('is sent where it breaks nothing', async () => {
    const proxy = await counter();
    const call = { contract: proxy, function: 'upgradeToAndCall', arguments: [grown, '0x'] };
    expect(await client.contracts.send(call)).toMatchObject({ status: 'success', warnings: [] });
    expect(await up.behind(proxy)).toBe('Grown');
  });

  test('is checked, too, where another contract upgrades by itself', async () => {
    const { proxy, keeper } = await kept();
    const move = (safe: boolean) => ({
      ...{ contract: keeper, function: 'move', arguments: [proxy, String(safe)] },
    });
    await expect(client.contracts.send(move(false))).rejects.toMatchObject({
      code: 'UNSAFE_UPGRADE',
      message: expect.stringMatching(refusal),
    });
    expect(await up.behind(proxy)).toBe('Counter');
    expect(await client.contracts.send(move(true))).toMatchObject({ status: 'success' });
    expect(await up.behind(proxy)).toBe('Grown');
  });

  test('is checked, too, where it was saved', async () => {
    const proxy = await counter();
    const call = { contract: proxy, function: 'upgradeToAndCall', arguments: [shifted, '0x'] };
    await client.contracts.saveCall({ ...call, name: 'break it' });
    const run = { network: 'local', name: 'break it' };
    await expect(client.contracts.runCall(run)).rejects.toMatchObject({ code: 'UNSAFE_UPGRADE' });
    expect(await up.behind(proxy)).toBe('Counter');
    const { sent } = await client.contracts.runCall({ ...run, allowUnsafeUpgrade: true });
    expect(sent).toMatchObject({ status: 'success' });
    expect(await up.behind(proxy)).toBe('Shifted');
  });
});

test('a script is stopped where a contract that stands there upgrades by itself', async () => {
  const { proxy, keeper } = await kept();
  const run = await up.run('move(address,address)', [keeper, proxy]);
  expect(run.failure, await logOf(client, run.id)).toMatchObject({
    code: 'UNSAFE_UPGRADE',
    message: expect.stringMatching(refusal),
  });
  expect(await up.behind(proxy)).toBe('Counter');
});

test('a contract without a script is not created where its constructor breaks what is there', async () => {
  const run = await up.run('opened()', []);
  expect(run.status, run.failure?.message).toBe('succeeded');
  const proxy = proxyOf(run);
  const create = (more: object = {}) =>
    up.run('', [], { script: 'Taker', sig: undefined, args: [proxy, shifted], ...more });
  const stopped = await create();
  expect(stopped.failure, await logOf(client, stopped.id)).toMatchObject({
    code: 'UNSAFE_UPGRADE',
    message: expect.stringMatching(/Opened behind 0x\w+ to Shifted is unsafe/),
  });
  expect(made(stopped).transactions).toEqual([]);
  expect(await up.behind(proxy)).toBe('Opened');
  expect(await client.upgrades.ofRun({ id: stopped.id })).toMatchObject([
    { verdict: 'unsafe', allowed: false, to: { name: 'Shifted' } },
  ]);
  const allowed = await create({ allowUnsafeUpgrade: true });
  expect(allowed.status, allowed.failure?.message).toBe('succeeded');
  expect(await up.behind(proxy)).toBe('Shifted');
});
