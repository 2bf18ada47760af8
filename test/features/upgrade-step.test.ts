import { appendFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { encodeFunctionData, type Hex, parseAbi } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import type { Client } from '#test/harness/doors.ts';
import { logOf } from '#test/harness/hardhat-deploy.ts';
import { made } from '#test/harness/made.ts';
import { SHIFTED, upgradeTo } from '#test/harness/upgradeable.ts';
import { openUpgradeable, proxyOf, type UpgradeableApp } from '#test/harness/upgradeable-app.ts';

const CONTRACTS = `import {UpgradeableBeacon} from "@openzeppelin/contracts/proxy/beacon/UpgradeableBeacon.sol";
import {BeaconProxy} from "@openzeppelin/contracts/proxy/beacon/BeaconProxy.sol";

contract Box { uint256 public width; function set(uint256 to) external { width = to; } }
contract BoxGrown is Box { uint256 public height; }
contract BoxMoved { address public keeper; uint256 public width; function set(uint256 to) external { width = to; } }
contract BoxLost { uint256 public width; uint256 public height; }
contract BoxProxy is TransparentUpgradeableProxy {
  constructor(address to, address owner) payable TransparentUpgradeableProxy(to, owner, "") {}
  function _unsafeAllowUninitialized() internal pure override returns (bool) { return true; }
}
contract Stepping is Counter { uint256 public steps; constructor(uint256 by_) { by = by_; } uint256 immutable by; }
${SHIFTED}
contract Narrow is OwnableUpgradeable, UUPSUpgradeable { uint128 public narrow; function _authorizeUpgrade(address) internal override onlyOwner {} }
contract Batch {
  function run(address to, uint256 value, bytes calldata data) external payable {
    (bool ok, ) = to.call{value: value}(data);
    require(ok);
  }
}
`;

const FUNCTIONS = `${upgradeTo('safe', 'new Stepping(3)')}${upgradeTo('unsafe', 'new Shifted()')}
  function boxes() external {
    vm.startBroadcast();
    Box box = new Box();
    new BoxProxy(address(box), msg.sender);
    UpgradeableBeacon beacon = new UpgradeableBeacon(address(box), msg.sender);
    new BeaconProxy(address(beacon), "");
    vm.stopBroadcast();
  }
  function admin(address by, address proxy, bool safe) external {
    vm.startBroadcast();
    Admin(by).upgradeAndCall(proxy, safe ? address(new BoxGrown()) : address(new BoxMoved()), "");
    vm.stopBroadcast();
  }
  function beacon(address of_, bool safe) external {
    vm.startBroadcast();
    UpgradeableBeacon(of_).upgradeTo(safe ? address(new BoxGrown()) : address(new BoxMoved()));
    vm.stopBroadcast();
  }
  function there(address of_) external {
    vm.startBroadcast();
    UpgradeableBeacon(of_).upgradeTo(address(new BoxLost()));
    vm.stopBroadcast();
  }
  function handedOn(address proxy) external {
    vm.startBroadcast();
    Batch batch = new Batch();
    Counter(proxy).transferOwnership(address(batch));
    batch.run(proxy, 0, abi.encodeWithSignature("upgradeToAndCall(address,bytes)", address(new Shifted()), ""));
    vm.stopBroadcast();
  }`;

const ADMIN =
  'interface Admin { function upgradeAndCall(address, address, bytes calldata) external payable; }';

let up: UpgradeableApp;
let client: Client;
let proxy: string;

beforeAll(async () => {
  up = await openUpgradeable({ contracts: CONTRACTS, functions: FUNCTIONS, declares: ADMIN });
  ({ client } = up);
  proxy = proxyOf(await up.deployed());
}, 240_000);

afterAll(() => up?.[Symbol.asyncDispose]());

const upgrade = (sig: string) => up.run(sig, [proxy]);

/** How much was sent. */
const sent = async () => {
  const { rpcUrl } = await client.chains.get({ chain: 'local' });
  const [sender] = await rpc(rpcUrl as string)<string[]>('eth_accounts');
  return rpc(rpcUrl as string)('eth_getTransactionCount', [sender, 'latest']);
};

/** Creates a contract, and returns its address. */
const madeOne = async (name: string): Promise<string> =>
  made(await up.deployed({ script: name })).contracts[0]?.address ?? '';

const behind = () => up.behind(proxy);

describe('a Foundry script that upgrades a proxy', () => {
  test('is stopped before it sends anything where it would break what is there', async () => {
    const nonce = sent;
    const before = await nonce();
    const run = await upgrade('unsafe(address)');
    expect(await nonce()).toBe(before);
    expect(run).toMatchObject({
      status: 'failed',
      failure: {
        code: 'UNSAFE_UPGRADE',
        message: expect.stringMatching(
          /Counter behind 0x\w+ to Shifted is unsafe.*`keeper`.*--allow-unsafe-upgrade/,
        ),
        fix: { call: { procedure: 'deployments.retry' } },
      },
    });
    expect(made(run).transactions.filter(({ hash }) => hash !== null)).toEqual([]);
    expect(await behind()).toBe('Counter');
    expect(await logOf(client, run.id)).toContain('error (storage): Inserted `keeper`');
  });

  test('is stopped, too, where another contract hands the upgrade on', async () => {
    const run = await upgrade('handedOn(address)');
    expect(run.failure?.code).toBe('UNSAFE_UPGRADE');
    expect(await behind()).toBe('Counter');
  });

  test('is sent with what was found in its log where it breaks nothing', async () => {
    const run = await upgrade('safe(address)');
    expect(run.status, run.failure?.message).toBe('succeeded');
    expect(await logOf(client, run.id)).toMatch(
      /Upgrade of Counter behind 0x\w+ to Stepping is safe/,
    );
    expect(run.warnings).toEqual([]);
    expect(await client.upgrades.ofRun({ id: run.id })).toMatchObject([
      {
        ...{ verdict: 'safe', allowed: false, proxy: { address: proxy, kind: 'uups' } },
        ...{ from: { name: 'Counter' }, to: { name: 'Stepping' } },
      },
    ]);
    expect(await behind()).toBe('Stepping');
  });

  test('goes on with consent, which is said', async () => {
    const stopped = await upgrade('unsafe(address)');
    const { call } = stopped.failure?.fix ?? {};
    const { id } = await client.deployments.retry(
      call?.input as Parameters<Client['deployments']['retry']>[0],
    );
    for await (const batch of await client.deployments.watch({ id })) void batch;
    const run = await client.deployments.get({ id });
    expect(run.status, run.failure?.message).toBe('succeeded');
    expect(run.warnings).toEqual([expect.stringMatching(/unsafe upgrade.*was allowed/)]);
    const keptOf = async (id: number) =>
      (await client.upgrades.ofRun({ id })).map((one) => [one.verdict, one.allowed]);
    expect(await keptOf(stopped.id)).toEqual([['unsafe', false]]);
    expect(await keptOf(run.id)).toEqual([['unsafe', true]]);
    expect(await behind()).toBe('Shifted');
  });
});

/** Its sources name no function that upgrades; so does nothing that it imports. */
const GIVEN = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;
interface Vm {
  function readFile(string calldata) external view returns (string memory);
  function parseBytes(string calldata) external pure returns (bytes memory);
  function startBroadcast() external;
}
contract Given {
  Vm constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
  function read(address to) external { send(to, vm.parseBytes(vm.readFile("call.hex"))); }
  function given(address to, bytes calldata data) external { send(to, data); }
  function send(address to, bytes memory data) private {
    vm.startBroadcast();
    (bool ok, ) = to.call(data);
    require(ok);
  }
}
`;

test('a Foundry script is stopped, too, where a file or an argument has the call', async () => {
  const file = (name: string) => path.join(up.fixture.folder, name);
  const data = encodeFunctionData({
    abi: parseAbi(['function upgradeToAndCall(address, bytes)']),
    args: [(await madeOne('Narrow')) as Hex, '0x'],
  });
  await writeFile(file('script/Given.s.sol'), GIVEN);
  await writeFile(file('call.hex'), data);
  await appendFile(file('foundry.toml'), 'fs_permissions = [{ access = "read", path = "." }]\n');
  for (const [sig, args] of [
    ['read(address)', [proxy]],
    ['given(address,bytes)', [proxy, data]],
  ] as const) {
    const before = await sent();
    const run = await up.run(sig, [...args], { script: 'script/Given.s.sol' });
    expect(run.failure, await logOf(client, run.id)).toMatchObject({ code: 'UNSAFE_UPGRADE' });
    expect(await sent()).toBe(before);
  }
});

describe('a Foundry script that upgrades what others decide for a proxy', () => {
  let at: Record<string, string>;
  const implementationOf = (name: string) => up.behind(at[name] ?? '');

  beforeAll(async () => {
    const run = await up.run('boxes()', []);
    expect(run.status, run.failure?.message).toBe('succeeded');
    at = Object.fromEntries(made(run).contracts.map(({ name, address }) => [name, address]));
  });

  test.each([
    ['an admin', 'BoxProxy', 'admin(address,address,bool)', ['ProxyAdmin', 'BoxProxy']],
    ['a beacon', 'BeaconProxy', 'beacon(address,bool)', ['UpgradeableBeacon']],
  ])('%s: one that breaks is stopped, another one is sent', async (_, proxy, sig, names) => {
    const args = names.map((name) => at[name] ?? '');
    const stopped = await up.run(sig, [...args, 'false']);
    expect(stopped.failure).toMatchObject({
      code: 'UNSAFE_UPGRADE',
      message: expect.stringMatching(new RegExp(`Box behind ${at[proxy]} to BoxMoved.*keeper`)),
    });
    expect(await implementationOf(proxy)).toBe('Box');
    const sent = await up.run(sig, [...args, 'true']);
    expect(sent.status, sent.failure?.message).toBe('succeeded');
    expect(await implementationOf(proxy)).toBe('BoxGrown');
  });

  test('functions that are lost are told, and stop nothing', async () => {
    const run = await up.run('there(address)', [at.UpgradeableBeacon ?? '']);
    expect(run.status, run.failure?.message).toBe('succeeded');
    expect(run.warnings).toEqual([expect.stringMatching(/has to be wanted: 1 function is gone/)]);
    expect(await logOf(client, run.id)).toMatch(
      /warning \(functions\): .*gone[\s\S]*set\(uint256\)/,
    );
  });
});
