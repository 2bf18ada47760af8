import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import type { Client } from '#test/harness/doors.ts';
import { MORE, SHIFTED } from '#test/harness/upgradeable.ts';
import { openUpgradeable, proxiesOf, type UpgradeableApp } from '#test/harness/upgradeable-app.ts';

const CONTRACTS = `import {ERC20Upgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC20/ERC20Upgradeable.sol";
import {ERC20PausableUpgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC20/extensions/ERC20PausableUpgradeable.sol";
import {PausableUpgradeable} from "@openzeppelin/contracts-upgradeable/utils/PausableUpgradeable.sol";

contract Grown is Counter { uint256 public steps; address[] keepers; }
${SHIFTED}contract Retyped is OwnableUpgradeable, UUPSUpgradeable {
  uint128 public count;
  function initialize(address owner, uint256 start) external initializer { __Ownable_init(owner); count = uint128(start); }
  function increment() external { count += 1; }
  function version() external pure returns (uint256) { return 1; }
  function _authorizeUpgrade(address) internal override onlyOwner {}
}
contract Stuck is OwnableUpgradeable { uint256 public count; }
contract Doubling is Counter {
  constructor(uint256 by_) { by = by_; }
  uint256 immutable by;
  function increment() external override { count += by; }
  function setUp() external reinitializer(2) {}
  function reinitialize() external reinitializer(2) {}
}

contract Box {
  /// @custom:storage-location erc7201:box.main
  struct Main { uint256 width; address keeper; mapping(address => uint256) shares; }
  enum Sort { Small, Large }
  Sort public sort;
  function set(uint256 width) external returns (uint256) { _main().width = width; return width; }
  function _main() private pure returns (Main storage $) {
    assembly { $.slot := 0x3ffce8ea0c2b0c3b9f5b1f8c6c3e0e1e9a1c7e7d0d0b5b1f8c6c3e0e1e9a1c00 }
  }
}
contract BoxGrown is Box {
  function open() external pure returns (bool) { return true; }
}
contract BoxMoved {
  /// @custom:storage-location erc7201:box.main
  struct Main { address keeper; uint256 width; mapping(address => uint256) shares; }
  Box.Sort public sort;
  function set(uint256 width) external returns (uint256) { _main().width = width; return width; }
  function _main() private pure returns (Main storage $) {
    assembly { $.slot := 0x3ffce8ea0c2b0c3b9f5b1f8c6c3e0e1e9a1c7e7d0d0b5b1f8c6c3e0e1e9a1c00 }
  }
}
contract BoxOther {
  Box.Sort public sort;
  function set(uint256 width) external pure returns (uint256) { return width + 1; }
}
contract BoxSorted {
  /// @custom:storage-location erc7201:box.main
  struct Main { uint256 width; address keeper; mapping(address => uint256) shares; }
  enum Sort { Large, Small }
  Sort public sort;
  function set(uint256 width) external returns (uint256) { _main().width = width; return width; }
  function _main() private pure returns (Main storage $) {
    assembly { $.slot := 0x3ffce8ea0c2b0c3b9f5b1f8c6c3e0e1e9a1c7e7d0d0b5b1f8c6c3e0e1e9a1c00 }
  }
}
contract BoxClashing is Box { function implementation() external pure returns (uint256) { return 1; } }

contract Coin is ERC20Upgradeable, OwnableUpgradeable, UUPSUpgradeable {
  constructor() { _disableInitializers(); }
  function initialize(address owner) external initializer { __ERC20_init("Coin", "COIN"); __Ownable_init(owner); _mint(owner, 1000); }
  function _authorizeUpgrade(address) internal override onlyOwner {}
}
contract CoinPausable is ERC20PausableUpgradeable, OwnableUpgradeable, UUPSUpgradeable {
  constructor() { _disableInitializers(); }
  function initialize(address owner) external initializer { __ERC20_init("Coin", "COIN"); __Ownable_init(owner); }
  function _authorizeUpgrade(address) internal override onlyOwner {}
}
contract ClashingProxy is ERC1967Proxy {
  constructor(address to) payable ERC1967Proxy(to, "") {}
  function _unsafeAllowUninitialized() internal pure override returns (bool) { return true; }
  function implementation() external view returns (address) { return _implementation(); }
}
contract BoxProxy is TransparentUpgradeableProxy {
  constructor(address to, address owner) payable TransparentUpgradeableProxy(to, owner, "") {}
  function _unsafeAllowUninitialized() internal pure override returns (bool) { return true; }
}
`;

const FUNCTIONS = `
  function run() external {
    vm.startBroadcast();
    Box box = new Box();
    new BoxProxy(address(box), msg.sender);
    new ClashingProxy(address(box));
    Coin coin = new Coin();
    new ERC1967Proxy(address(coin), abi.encodeCall(Coin.initialize, (msg.sender)));
    vm.stopBroadcast();
  }`;

let up: UpgradeableApp;
let client: Client;
let counter: string;
let box: string;
let clashing: string;
let coin: string;

beforeAll(async () => {
  up = await openUpgradeable({ contracts: CONTRACTS, functions: FUNCTIONS });
  ({ client } = up);
  [counter = ''] = proxiesOf(await up.deployed());
  [box = '', clashing = '', coin = ''] = proxiesOf(await up.deployed({ script: MORE }));
  for (let i = 0; i < 3; i++) {
    await client.contracts.send({ contract: counter, function: 'increment' });
  }
  await client.contracts.send({ contract: box, function: 'set', arguments: ['5'], from: '1' });
}, 240_000);

afterAll(() => up?.[Symbol.asyncDispose]());

const check = (contract: string, to: string, more: object = {}) =>
  client.upgrades.check({ contract, to: /^0x/.test(to) ? to : `up.${to}`, ...more });

const errorsOf = async (...asked: Parameters<typeof check>) => {
  const { verdict, findings } = await check(...asked);
  const errors = findings.filter(({ level }) => level === 'error');
  return { verdict, errors: errors.map(({ topic, message }) => `${topic}: ${message}`) };
};

describe('an upgrade that breaks nothing', () => {
  test('of a counter that grows is safe, and its recorded calls end as they did', async () => {
    const report = await check(counter, 'Grown');
    expect(report).toMatchObject({
      ...{ verdict: 'safe', proxy: { address: counter, kind: 'uups' } },
      from: { name: 'Counter', address: expect.stringMatching(/^0x/) },
      to: { name: 'Grown', address: null },
      replay: { calls: 3, same: 3, different: [], missing: 0 },
    });
    expect(report.findings.filter(({ level }) => level !== 'note')).toEqual([]);
    expect(report.findings).toContainEqual(
      expect.objectContaining({ message: 'The proxy was initialized up to version 1.' }),
    );
  });

  test("of OpenZeppelin's own token to its pausable form is safe", async () => {
    expect(await errorsOf(coin, 'CoinPausable')).toEqual({ verdict: 'safe', errors: [] });
  });

  test('of what keeps its variables in a namespace of its own is safe', async () => {
    expect(await errorsOf(box, 'BoxGrown')).toEqual({ verdict: 'safe', errors: [] });
  });
});

describe('an upgrade is unsafe', () => {
  test('when a variable comes before others', async () => {
    const { verdict, errors } = await errorsOf(counter, 'Shifted');
    expect(verdict).toBe('unsafe');
    expect(errors).toEqual([expect.stringMatching(/^storage: Inserted `keeper`/)]);
  });

  test('when a variable has another type', async () => {
    const { errors } = await errorsOf(counter, 'Retyped');
    expect(errors).toEqual([
      expect.stringMatching(/^storage: Upgraded `count` to an incompatible/),
    ]);
  });

  test('when members of a namespace move, of which layouts of compilers say nothing', async () => {
    const { verdict, errors } = await errorsOf(box, 'BoxMoved');
    expect(verdict).toBe('unsafe');
    expect(errors.join('\n')).toMatch(/storage: .*`(width|keeper)`/);
  });

  test('when members of an enum change their places', async () => {
    const { errors } = await errorsOf(box, 'BoxSorted');
    expect(errors).toEqual([expect.stringMatching(/^storage: Upgraded `sort` to an incompatible/)]);
  });

  test('when a UUPS proxy could not be upgraded any more', async () => {
    const { errors } = await errorsOf(counter, 'Stuck');
    expect(errors).toEqual([expect.stringContaining('neither upgradeTo nor upgradeToAndCall')]);
  });

  test('when the proxy itself answers a function of the new code', async () => {
    const { errors } = await errorsOf(clashing, 'BoxClashing');
    expect(errors).toEqual([
      expect.stringMatching(/^functions: implementation\(\) can't be reached.*0x5c60da1b/),
    ]);
  });
});

test('lost functions, and an implementation that anybody can initialize, are warned of', async () => {
  const { findings } = await check(counter, 'Retyped');
  expect(findings).toContainEqual(
    expect.objectContaining({
      level: 'warning',
      message: expect.stringContaining('can be initialized by anybody'),
    }),
  );
  const stuck = await check(counter, 'Stuck');
  expect(stuck.findings.find(({ topic }) => topic === 'functions')).toMatchObject({
    level: 'warning',
    detail: expect.stringContaining('increment()'),
  });
});

test('recorded calls that would end otherwise are named, with the arguments of its constructor', async () => {
  const without = await check(counter, 'Doubling');
  expect(without.replay.calls).toBe(0);
  expect(without.findings).toContainEqual(
    expect.objectContaining({ message: expect.stringContaining('takes an argument') }),
  );
  await expect
    .poll(async () => (await check(box, 'BoxGrown')).replay)
    .toMatchObject({ calls: 1, same: 1, missing: 0 });
  const other = await check(box, 'BoxOther');
  expect(other.replay.different).toEqual([
    {
      ...{ hash: expect.stringMatching(/^0x/), function: 'set(uint256)' },
      difference: 'it would return something else',
    },
  ]);
  const doubling = await check(counter, 'Doubling', { arguments: ['2'] });
  expect(doubling.findings).toContainEqual(
    expect.objectContaining({ topic: 'initializer', message: expect.stringContaining('new') }),
  );
});

test('the record of what was deployed counts, also when its source has changed since', async () => {
  const before = await check(counter, 'Shifted');
  await appendFile(
    path.join(up.fixture.folder, 'src/Counter.sol'),
    'contract Other { uint256 x; }\n',
  );
  await up.deployed({ script: MORE });
  const { address } = await client.contracts.show({ contract: counter });
  expect(await check(address, 'Shifted')).toMatchObject({
    verdict: 'unsafe',
    from: { name: 'Counter', artifact: before.from.artifact },
  });
});

test('a check changes nothing on the chain', async () => {
  const call = rpc((await client.chains.get({ chain: 'local' })).rpcUrl as string);
  const state = async () => [
    await call('eth_blockNumber'),
    await client.contracts.read({ contract: counter, function: 'count' }),
  ];
  const before = await state();
  await check(counter, 'Grown');
  expect(await state()).toEqual(before);
});

test('what is no proxy, or is not there, is refused with a reason', async () => {
  const { from } = await check(counter, 'Grown');
  await expect(check(from.address as string, 'Grown')).rejects.toMatchObject({
    code: 'NOT_A_PROXY',
  });
  await expect(check(counter, 'Missing')).rejects.toMatchObject({ code: 'ARTIFACT_NOT_FOUND' });
  await expect(check(counter, `0x${'9'.repeat(40)}`)).rejects.toMatchObject({
    code: 'CONTRACT_NOT_FOUND',
  });
  await expect(check(counter, 'Doubling', { arguments: ['x'] })).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
  });
});
