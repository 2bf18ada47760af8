import { encodeDeployData, encodeFunctionData, type Hex } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import type { CallNode } from '#main/shared/decoded.ts';
import { FollowedChain } from '#test/harness/followed-chain.ts';
import { type InsideProject, insideProject } from '#test/harness/inside-project.ts';

const network = 'local';

let chain: FollowedChain;
let project: InsideProject;
let first: string;
let second: string;
let batch: string;

beforeAll(async () => {
  chain = await FollowedChain.open();
  project = await insideProject('src/Changing.sol', 'optimised', { withLayouts: true });
  await chain.client.projects.add({ path: project.path, name: 'changing' });
  [first, second, batch] = [await put('First'), await put('Second'), await put('Batch')];
}, 120_000);

afterAll(async () => {
  await chain?.[Symbol.asyncDispose]();
  await project?.[Symbol.asyncDispose]();
});

function dataOf(contract: string, functionName: string, args: unknown[] = []): Hex {
  const { abi = [] } = project.contracts.get(contract) ?? {};
  return encodeFunctionData({ abi, functionName, args });
}

async function put(contract: string, args: unknown[] = []): Promise<string> {
  const { abi = [], creation } = project.contracts.get(contract) ?? {};
  const data = encodeDeployData({ abi, bytecode: `0x${creation?.object}`, args });
  return (await chain.send({ data })).contractAddress;
}

const sendTo = async (to: string, data: Hex): Promise<string> =>
  (await chain.send({ to, data, gas: '0x900000' })).hash;

/** Sends several calls in one transaction. */
const sendAll = (calls: readonly (readonly [string, Hex])[], way = 'run') =>
  sendTo(batch, dataOf('Batch', way, [calls.map(([to]) => to), calls.map(([, data]) => data)]));

const told = (hash: string) =>
  chain.client.explorer.transaction({ network, hash, trace: true, state: true });

/** As the chain tells it, and as it is recorded. */
async function* toldTwice(hash: string) {
  yield told(hash);
  await chain.recorded();
  yield told(hash);
}

const eventsOf = ({ events }: Awaited<ReturnType<typeof told>>): string[] =>
  events.map((one) => `${one.contract}.${one.name} ${one.arguments[0]?.name}`);

const calledIn = ({ contract, arguments: [value] }: CallNode): string =>
  `${contract}(${value?.name})`;

const set = (contract: 'First' | 'Second', value: bigint): Hex => dataOf(contract, 'set', [value]);

const proxyOf = (implementation: string) => put('ERC1967Proxy', [implementation, set('First', 0n)]);

async function nestOf(implementation: string): Promise<{ nest: string; beacon: string }> {
  const nest = await put('Nest', [implementation]);
  const asked = { to: nest, data: dataOf('Nest', 'beacon') };
  const word = await chain.call<string>('eth_call', [asked, 'latest']);
  return { nest, beacon: `0x${word.slice(-40)}` };
}

describe('called, upgraded and called again in one transaction', () => {
  const kinds = {
    async uups() {
      const proxy = await proxyOf(first);
      const data = dataOf('First', 'upgradeToAndCall', [second, set('Second', 2n)]);
      return { proxy, upgrade: [proxy, data] as const };
    },
    async beacon() {
      const { nest, beacon } = await nestOf(first);
      const proxy = await put('BeaconProxy', [beacon, '0x']);
      return { proxy, upgrade: [nest, dataOf('Nest', 'upgrade', [second])] as const };
    },
    async diamond() {
      const proxy = await put('Diamond', [first]);
      return { proxy, upgrade: [proxy, dataOf('Diamond', 'cut', [second])] as const };
    },
  };

  test.each(Object.keys(kinds) as (keyof typeof kinds)[])('%s', async (kind) => {
    const { proxy, upgrade } = await kinds[kind]();
    const hash = await sendAll([[proxy, set('First', 1n)], upgrade, [proxy, set('Second', 3n)]]);
    for await (const detail of toldTwice(hash)) {
      const { trace, state, arguments: given } = detail;
      const [before, , after] = trace?.calls ?? [];
      expect([before, after].map((one) => one && calledIn(one))).toEqual([
        ...['First(oldAmount)', 'Second(newAmount)'],
      ]);
      const written = eventsOf(detail);
      expect([written[0], written.at(-1)]).toEqual([
        ...['First.Changed oldValue', 'Second.Changed newValue'],
      ]);
      const changed = state?.accounts.find((one) => one.address.toLowerCase() === proxy);
      expect(changed).toMatchObject({ contract: 'Second' });
      expect(changed?.variables).toContainEqual(
        expect.objectContaining({ name: 'newTotal', before: '0', after: '3' }),
      );
      expect(given[0]).toMatchObject({ type: 'address[]' });
      const named = detail.names.find((one) => one.address.toLowerCase() === proxy);
      expect(named).toMatchObject({ contract: 'First' });
    }
  });

  describe('on a chain that does not run', () => {
    const behind = async (contract: string) => {
      const { name, proxy } = await chain.client.contracts.show({ network, contract });
      return `${name} ${proxy?.implementation.address.toLowerCase()}`;
    };
    /** Before the chain is stopped, and while it is. */
    async function bothTold(proxy: string): Promise<string[]> {
      await chain.recorded();
      const running = await behind(proxy);
      await chain.client.chains.stop({ chain: network });
      const stopped = await behind(proxy);
      await chain.startAgain();
      return [running, stopped];
    }

    test.each(['tried', 'undone'])('an upgrade that was undone is none: %s', async (way) => {
      const { proxy, upgrade } = await kinds.uups();
      const calls = [[proxy, set('First', 1n)], upgrade, [proxy, set('Second', 3n)]] as const;
      await sendAll(calls, way);
      expect(await bothTold(proxy)).toEqual([`First ${first}`, `First ${first}`]);
    });

    test('a proxy has what its beacon names, whatever it has run last', async () => {
      const { proxy, upgrade } = await kinds.beacon();
      await sendTo(proxy, set('First', 1n));
      await sendTo(...upgrade);
      expect(await bothTold(proxy)).toEqual([`Second ${second}`, `Second ${second}`]);
    });
  });

  test('an upgrade that was undone is none', async () => {
    const { proxy, upgrade } = await kinds.uups();
    const calls = [[proxy, set('First', 1n)], upgrade, [proxy, set('Second', 3n)]] as const;
    for await (const { trace } of toldTwice(await sendAll(calls, 'tried'))) {
      const undone = trace?.calls[0]?.calls ?? [];
      expect(undone.map(calledIn)).toEqual([
        ...['First(oldAmount)', 'First(newImplementation)', 'Second(newAmount)'],
      ]);
    }
    expect(await chain.client.contracts.show({ network, contract: proxy })).toMatchObject({
      name: 'First',
    });
  });
});

test('proxies that were made before and after their beacon was upgraded', async () => {
  const { nest } = await nestOf(first);
  const hash = await sendTo(nest, dataOf('Nest', 'twice', [second]));
  for await (const detail of toldTwice(hash)) {
    expect(eventsOf(detail)).toEqual([
      'BeaconProxy.BeaconUpgraded beacon',
      'First.Changed oldValue',
      'UpgradeableBeacon.Upgraded implementation',
      'BeaconProxy.BeaconUpgraded beacon',
      'Second.Changed newValue',
    ]);
  }
});

test('what has a library do what it was called for is called by its own name', async () => {
  const router = await put('Router', [await put('Sums')]);
  const called = await sendTo(router, dataOf('Router', 'set', [4n]));
  const other = await sendTo(router, dataOf('Router', 'told', [first]));
  for (const [hash, after] of [
    [called, '4'],
    [other, '7'],
  ] as const) {
    for await (const { to, trace, state } of toldTwice(hash)) {
      expect([to?.contract, trace?.contract, trace?.proxy]).toEqual(['Router', 'Router', null]);
      const changed = state?.accounts.find((one) => one.address.toLowerCase() === router);
      expect(changed).toMatchObject({
        contract: 'Router',
        variables: [{ name: 'routed', after }],
      });
    }
  }
  const { transactions } = await chain.client.explorer.transactions({ network, limit: 2 });
  expect(transactions.map((line) => `${line.to?.contract}.${line.function}`)).toEqual([
    ...['Router.told(address)', 'Router.set(uint256)'],
  ]);
  const { rows } = await chain.client.gas.report({ network });
  const ofRouter = rows.filter((row) => row.contract === 'Router' && row.kind === 'call');
  expect(ofRouter.map((row) => [row.function, row.through]).toSorted()).toEqual([
    ...[
      ['set(uint256)', null],
      ['told(address)', null],
    ],
  ]);
});

describe('one contract after the other at the same address', () => {
  let moth: string;
  let worm: string;
  beforeAll(async () => {
    [moth, worm] = [await put('Moth'), await put('Worm')];
  });

  test('one that was undone, and one that stays', async () => {
    const burrow = await put('Burrow');
    const data = dataOf('Burrow', 'tried', [moth, worm, 2n]);
    for await (const detail of toldTwice(await sendTo(burrow, data))) {
      const [undone, , stays] = detail.trace?.calls ?? [];
      const moved = [undone?.calls[1], stays];
      expect(moved.map((one) => one && calledIn(one))).toEqual(['Moth(by)', 'Worm(steps)']);
      expect(eventsOf(detail)).toEqual(['Worm.Moved rings']);
      const at = detail.events[0]?.address;
      expect(detail.state?.accounts.find(({ address }) => address === at)).toMatchObject({
        ...{ contract: 'Worm', variables: [{ name: 'rings', after: '4' }] },
      });
    }
  });

  test('in transactions that create and destroy them', async () => {
    const burrow = await put('Burrow');
    const hashes = [
      await sendTo(burrow, dataOf('Burrow', 'briefly', [moth, 1n])),
      await sendTo(burrow, dataOf('Burrow', 'briefly', [worm, 2n])),
      await sendTo(burrow, dataOf('Burrow', 'tried', [moth, worm, 3n])),
    ];
    const written = ['Moth.Moved wings', 'Worm.Moved rings', 'Worm.Moved rings'];
    for (const [i, hash] of hashes.entries()) {
      for await (const detail of toldTwice(hash)) expect(eventsOf(detail)).toEqual([written[i]]);
    }
    const { events } = await told(hashes.at(-1) ?? '');
    const of = { network, contract: events[0]?.address ?? '' };
    const all = await chain.client.contracts.events(of);
    const names = all.events.map((one) => `${one.contract}.${one.name} ${one.arguments[0]?.name}`);
    expect(names.toReversed()).toEqual(written);
  });

  test('in transactions of their own, where chains still destroy what was there before', async () => {
    await chain.client.networks.save({ name: 'old', kind: 'local' });
    const { rpcUrl } = await chain.client.chains.start({ chain: 'old', hardfork: 'shanghai' });
    const call = rpc(rpcUrl as string);
    const [from] = await call<string[]>('eth_accounts');
    const send = async (transaction: { to?: string; data: Hex }) => {
      const asked = { from, gas: '0x900000', ...transaction };
      const hash = await call<string>('eth_sendTransaction', [asked]);
      const receipt = async () =>
        call<{ contractAddress: string; status: string } | null>('eth_getTransactionReceipt', [
          hash,
        ]);
      await expect.poll(async () => (await receipt())?.status).toBe('0x1');
      return { hash, at: (await receipt())?.contractAddress ?? '' };
    };
    const made = async (contract: string) => {
      const { creation } = project.contracts.get(contract) ?? {};
      return (await send({ data: `0x${creation?.object ?? ''}` })).at;
    };
    const burrow = await made('Burrow');
    const lines: string[] = [];
    let at = '';
    for (const contract of ['Moth', 'Worm']) {
      const data = dataOf('Burrow', 'put', [await made(contract)]);
      const word = await call<string>('eth_call', [{ from, to: burrow, data }, 'latest']);
      at = `0x${word.slice(-40)}`;
      await send({ to: burrow, data });
      for (const name of ['move', 'leave']) {
        if (contract === 'Worm' && name === 'leave') continue;
        const { hash } = await send({
          to: at,
          data: dataOf(contract, name, name === 'move' ? [1n] : []),
        });
        lines.push(`${hash} ${contract}.${name}`);
      }
    }
    const old = { network: 'old' };
    const { explorer, contracts } = chain.client;
    const shown = (
      list: { hash: string; to: { contract: string | null } | null; function: string | null }[],
    ) =>
      list
        .filter(({ to }) => to !== null && to.contract !== 'Burrow')
        .map((one) => `${one.hash} ${one.to?.contract}.${one.function?.split('(')[0]}`)
        .toReversed();
    await expect
      .poll(async () => shown((await explorer.transactions({ ...old, limit: 9 })).transactions))
      .toEqual(lines);
    const ofAddress = await explorer.addressTransactions({ ...old, address: at, limit: 9 });
    expect(shown(ofAddress.transactions)).toEqual(lines);
    const { events } = await contracts.events({ ...old, contract: at });
    expect(events.map((one) => `${one.contract} ${one.arguments[0]?.name}`)).toEqual([
      ...['Worm rings', 'Moth wings'],
    ]);
    for (const line of lines) {
      const [hash = ''] = line.split(' ');
      const detail = await explorer.transaction({ ...old, hash, trace: true });
      expect(shown([detail])).toEqual([line]);
      expect(detail.trace?.contract).toBe(detail.to?.contract);
    }
  });
});
