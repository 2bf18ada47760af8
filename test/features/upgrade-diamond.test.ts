import { type Hex, toFunctionSelector } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '#test/harness/doors.ts';
import { logOf } from '#test/harness/hardhat-deploy.ts';
import { made } from '#test/harness/made.ts';
import { openUpgradeable, type UpgradeableApp } from '#test/harness/upgradeable-app.ts';

/** A diamond as its standard has it, with what all of its facets store as one struct. */
const CONTRACTS = `
struct Cut { address facet; uint8 action; bytes4[] selectors; }
struct Facet { address facet; bytes4[] selectors; }
contract Diamond {
  event DiamondCut(Cut[] cuts, address init, bytes data);
  struct Own { mapping(bytes4 => address) facetOf; bytes4[] selectors; }
  function own() private pure returns (Own storage o) {
    bytes32 at = keccak256("drydock.test.diamond");
    assembly { o.slot := at }
  }
  function diamondCut(Cut[] calldata cuts, address init, bytes calldata data) external {
    Own storage o = own();
    for (uint256 i = 0; i < cuts.length; i++) {
      for (uint256 j = 0; j < cuts[i].selectors.length; j++) {
        bytes4 selector = cuts[i].selectors[j];
        require(cuts[i].action > 0 == (o.facetOf[selector] != address(0)), "wrong action");
        if (cuts[i].action == 0) o.selectors.push(selector);
        o.facetOf[selector] = cuts[i].facet;
      }
    }
    emit DiamondCut(cuts, init, data);
  }
  function facets() external view returns (Facet[] memory all) {
    Own storage o = own();
    uint256 n;
    for (uint256 i = 0; i < o.selectors.length; i++) if (o.facetOf[o.selectors[i]] != address(0)) n++;
    all = new Facet[](n);
    n = 0;
    for (uint256 i = 0; i < o.selectors.length; i++) {
      if (o.facetOf[o.selectors[i]] == address(0)) continue;
      bytes4[] memory one = new bytes4[](1);
      one[0] = o.selectors[i];
      all[n++] = Facet(o.facetOf[o.selectors[i]], one);
    }
  }
  fallback() external payable {
    address facet = own().facetOf[msg.sig];
    require(facet != address(0), "no such function");
    assembly {
      calldatacopy(0, 0, calldatasize())
      let ok := delegatecall(gas(), facet, 0, calldatasize(), 0, 0)
      returndatacopy(0, 0, returndatasize())
      if iszero(ok) { revert(0, returndatasize()) }
      return(0, returndatasize())
    }
  }
}
struct App { uint256 total; address keeper; }
struct AppGrown { uint256 total; address keeper; uint256 steps; }
struct AppMoved { address keeper; uint256 total; }
contract TotalFacet {
  App internal s;
  function total() external view returns (uint256) { return s.total; }
  function add(uint256 by) external { s.total += by; }
}
contract KeeperFacet {
  App internal s;
  function keeper() external view returns (address) { return s.keeper; }
}
contract GrownFacet {
  AppGrown internal s;
  function total() external view returns (uint256) { return s.total; }
  function add(uint256 by) external { s.total += by; s.steps += 1; }
  function steps() external view returns (uint256) { return s.steps; }
}
contract MovedFacet {
  AppMoved internal s;
  function total() external view returns (uint256) { return s.total; }
  function add(uint256 by) external { s.total += by; }
}
contract OwnFacet {
  uint256 public own;
  function set(uint256 to) external { own = to; }
}
`;

const FUNCTIONS = `
  function cut(address to, address facet, uint8 action, bytes4[] memory selectors) private {
    Cut[] memory cuts = new Cut[](1);
    cuts[0] = Cut(facet, action, selectors);
    Diamond(payable(to)).diamondCut(cuts, address(0), "");
  }
  function two(bytes4 a, bytes4 b) private pure returns (bytes4[] memory all) {
    all = new bytes4[](2);
    (all[0], all[1]) = (a, b);
  }
  function one(bytes4 a) private pure returns (bytes4[] memory all) {
    all = new bytes4[](1);
    all[0] = a;
  }
  function diamond() external {
    vm.startBroadcast();
    address to = address(new Diamond());
    cut(to, address(new TotalFacet()), 0, two(TotalFacet.total.selector, TotalFacet.add.selector));
    cut(to, address(new KeeperFacet()), 0, one(KeeperFacet.keeper.selector));
    vm.stopBroadcast();
  }
  function grow(address to) external {
    vm.startBroadcast();
    address facet = address(new GrownFacet());
    cut(to, facet, 1, two(GrownFacet.total.selector, GrownFacet.add.selector));
    cut(to, facet, 0, one(GrownFacet.steps.selector));
    vm.stopBroadcast();
  }
  function move(address to) external {
    vm.startBroadcast();
    cut(to, address(new MovedFacet()), 1, two(MovedFacet.total.selector, MovedFacet.add.selector));
    vm.stopBroadcast();
  }
  function mistake(address to) external {
    vm.startBroadcast();
    cut(to, address(new KeeperFacet()), 1, one(TotalFacet.add.selector));
    vm.stopBroadcast();
  }
  function lose(address to) external {
    vm.startBroadcast();
    cut(to, address(0), 2, one(TotalFacet.add.selector));
    vm.stopBroadcast();
  }`;

let up: UpgradeableApp;
let client: Client;
let diamond: string;

beforeAll(async () => {
  up = await openUpgradeable({ contracts: CONTRACTS, functions: FUNCTIONS });
  ({ client } = up);
  const run = await up.run('diamond()', []);
  expect(run.status, run.failure?.message).toBe('succeeded');
  diamond = made(run).contracts.find(({ name }) => name === 'Diamond')?.address ?? '';
}, 240_000);

afterAll(() => up?.[Symbol.asyncDispose]());

describe('a script that cuts a diamond', () => {
  test('is stopped where a facet takes what is stored for something else', async () => {
    const run = await up.run('move(address)', [diamond]);
    expect(run.failure, await logOf(client, run.id)).toMatchObject({
      code: 'UNSAFE_UPGRADE',
      message: expect.stringMatching(
        /Diamond behind 0x\w+ to MovedFacet is unsafe.*`s\.keeper` \(address\) of MovedFacet lies where `s\.total` \(uint256\) of \w+ is stored, in slot 0/,
      ),
    });
    expect(await client.upgrades.ofRun({ id: run.id })).toMatchObject([
      { verdict: 'unsafe', proxy: { address: diamond, kind: 'diamond' } },
    ]);
  });

  test('is stopped where a function leads to a facet that has none', async () => {
    const run = await up.run('mistake(address)', [diamond]);
    expect(run.failure).toMatchObject({
      code: 'UNSAFE_UPGRADE',
      message: expect.stringMatching(/0x1003e2d2 leads to KeeperFacet, which has no such function/),
    });
  });

  test('is sent where what is stored only grows, and functions are added', async () => {
    const run = await up.run('grow(address)', [diamond]);
    expect(run.status, run.failure?.message).toBe('succeeded');
    expect(await client.upgrades.ofRun({ id: run.id })).toMatchObject([
      { verdict: 'safe', to: { name: 'GrownFacet' } },
      { verdict: 'safe', to: { name: 'GrownFacet' } },
    ]);
    const read = { contract: diamond, function: 'steps()(uint256)' };
    expect((await client.contracts.read(read)).value).toBe('0');
  });
});

describe('a cut that is sent by hand', () => {
  const cut = async (facet: string, action: number, names: string[]) => {
    const selectors = names.map((name) => toFunctionSelector(name));
    const cuts = `[(${facet},${action},[${selectors.join(',')}])]`;
    return client.contracts.send({
      ...{ contract: diamond, function: 'diamondCut' },
      arguments: [cuts, `0x${'0'.repeat(40)}`, '0x'],
    });
  };
  const madeOne = async (script: string): Promise<Hex> =>
    made(await up.deployed({ script })).contracts[0]?.address as Hex;

  test('is refused where a facet has variables of its own in the place of common ones', async () => {
    const facet = await madeOne('OwnFacet');
    await expect(cut(facet, 0, ['set(uint256)', 'own()'])).rejects.toMatchObject({
      code: 'UNSAFE_UPGRADE',
      message: expect.stringMatching(/`own` \(uint256\) of OwnFacet lies where `s\.total`/),
    });
  });

  test('is sent with a warning where a function is gone', async () => {
    expect(await cut(`0x${'0'.repeat(40)}`, 2, ['keeper()'])).toMatchObject({
      status: 'success',
      warnings: [expect.stringMatching(/has to be wanted: 1 function is gone/)],
    });
  });
});

test('a facet that is only compiled is checked as one that takes over its functions', async () => {
  expect(await client.upgrades.check({ contract: diamond, to: 'up.MovedFacet' })).toMatchObject({
    ...{ verdict: 'unsafe', to: { name: 'MovedFacet', address: null } },
    proxy: { address: diamond, kind: 'diamond' },
  });
  expect(await client.upgrades.check({ contract: diamond, to: 'up.GrownFacet' })).toMatchObject({
    verdict: 'safe',
  });
});
