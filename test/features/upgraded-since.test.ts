import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDb } from '#main/db/open.ts';
import { PROXY_KINDS, UpgradedProxies } from '#test/harness/upgraded-proxies.ts';

const network = 'local';

let all: UpgradedProxies;

beforeAll(async () => {
  all = await UpgradedProxies.open();
}, 120_000);

afterAll(() => all?.[Symbol.asyncDispose]());

const told = (hash: string) =>
  all.chain.client.explorer.transaction({ network, hash, trace: true, state: true });

describe.each(PROXY_KINDS)('a transaction behind a proxy that was upgraded since: %s', (kind) => {
  test.each([
    ['before', { contract: 'First', amount: 'oldAmount', value: 'oldValue', total: 'oldTotal' }],
    ['after', { contract: 'Second', amount: 'newAmount', value: 'newValue', total: 'newTotal' }],
  ] as const)('is told with what ran %s the upgrade', async (when, names) => {
    const { set, inside, address } = all.of(kind);
    const own = await told(set[when]);
    const written = { contract: names.contract, arguments: [{ name: names.value }] };
    const called = { function: 'set(uint256)', arguments: [{ name: names.amount }] };
    expect(own).toMatchObject({
      ...{ ...called, to: { contract: names.contract }, events: [written] },
      trace: { contract: names.contract, ...called },
    });
    const changed = own.state?.accounts.find((one) => one.address.toLowerCase() === address);
    expect(changed).toMatchObject({
      contract: names.contract,
      variables: [{ name: names.total }],
    });
    const { trace, events } = await told(inside[when]);
    expect(trace).toMatchObject({
      contract: 'Caller',
      calls: [{ contract: names.contract, ...called }],
    });
    expect(events).toMatchObject([written]);
  });
});

/** What lists say of what a proxy was called with. */
async function listed(kind: (typeof PROXY_KINDS)[number]) {
  const { explorer } = all.chain.client;
  const { address, set, removed, added } = all.of(kind);
  const calls = [set.before, removed, set.after, added];
  const { transactions } = await explorer.transactions({ network, limit: 100 });
  const ofAddress = await explorer.addressTransactions({ network, address, limit: 100 });
  const blocks = await Promise.all(
    calls.map(async (hash) => {
      const { blockHash } = await told(hash);
      return (await explorer.block({ network, block: blockHash ?? '' })).transactions;
    }),
  );
  const shown = (lines: (typeof blocks)[number]) =>
    calls.map((hash) => {
      const line = lines.find((one) => one.hash === hash);
      return `${line?.to?.contract}.${line?.function}`;
    });
  return {
    transactions: shown(transactions),
    address: shown(ofAddress.transactions),
    blocks: shown(blocks.flat()),
  };
}

const LINES = [
  ...['First.set(uint256)', 'First.removed(uint256)'],
  ...['Second.set(uint256)', 'Second.added(uint256)'],
];

test.each(PROXY_KINDS)('lists tell what ran behind a proxy then: %s', async (kind) => {
  expect(await listed(kind)).toEqual({ transactions: LINES, address: LINES, blocks: LINES });
});

test('lists tell it, too, of what was recorded before that was indexed', async () => {
  const db = openDb(all.chain.home);
  try {
    db.exec('UPDATE indexed_transactions SET implementation = NULL');
  } finally {
    db.close();
  }
  expect(await listed('uups')).toEqual({ transactions: LINES, address: LINES, blocks: LINES });
});

const THROUGH = {
  uups: 'ERC1967Proxy',
  transparent: 'TransparentUpgradeableProxy',
  beacon: 'BeaconProxy',
  diamond: 'Diamond',
};

test.each(PROXY_KINDS)('gas is counted by what ran behind a proxy: %s', async (kind) => {
  const { rows } = await all.chain.client.gas.report({ network });
  const behind = rows
    .filter(({ through }) => through === THROUGH[kind])
    .map(({ contract, function: name, calls }) => [contract, name, calls]);
  expect(behind.toSorted()).toEqual([
    ['First', 'removed(uint256)', 1],
    ['First', 'set(uint256)', 2],
    // What upgrades it runs in it.
    ...(kind === 'uups' ? [['First', 'upgradeToAndCall(address,bytes)', 1]] : []),
    ['Second', 'added(uint256)', 1],
    ['Second', 'set(uint256)', 2],
  ]);
});

describe.each(PROXY_KINDS)('a proxy that was upgraded: %s', (kind) => {
  test('has its events by what wrote them', async () => {
    const { address } = all.of(kind);
    const { contracts } = all.chain.client;
    const { events } = await contracts.events({ network, contract: address, event: 'Changed' });
    const first = { contract: 'First', arguments: [{ name: 'oldValue' }] };
    const second = { contract: 'Second', arguments: [{ name: 'newValue' }] };
    const began = kind === 'diamond' ? [] : [first];
    expect(events).toMatchObject([second, second, first, first, ...began]);
  });

  test('has its variables and functions by what was behind it at a block', async () => {
    const { address, block } = all.of(kind);
    const { contracts } = all.chain.client;
    const of = { network, contract: address };
    const { variables } = await contracts.storage({ ...of, block });
    expect(variables).toMatchObject([{ name: 'oldTotal', value: '7' }]);
    expect((await contracts.storage(of)).variables).toMatchObject([
      { name: 'newTotal', value: '15' },
    ]);
    const old = { contract: address, function: 'oldValue', arguments: [], block };
    expect(await contracts.read({ ...old, network })).toMatchObject({ value: '7' });
    const { results } = await contracts.readMany({ network, block, calls: [old] });
    expect(results).toMatchObject([{ value: '7' }]);
  });
});

test.each(PROXY_KINDS)('events that only the old one had are found: %s', async (kind) => {
  const of = { network, contract: all.of(kind).address };
  const { events } = await all.chain.client.contracts.events({ ...of, event: 'Removed' });
  expect(events).toMatchObject([{ contract: 'First', name: 'Removed' }]);
  const asked = { ...of, event: 'Removed', where: { oldBy: '1' } };
  await expect(all.chain.client.contracts.events(asked)).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
  });
  await expect(all.chain.client.contracts.events({ ...of, event: 'Never' })).rejects.toMatchObject({
    code: 'EVENT_NOT_FOUND',
  });
});

describe('what a proxy answers itself', () => {
  test('has its own name, in a transaction and in lists', async () => {
    const { upgrade } = all.of('diamond');
    const detail = await told(upgrade);
    const called = { contract: 'Diamond', function: 'cut(address)', proxy: null };
    expect(detail).toMatchObject({ to: { contract: 'Diamond' }, trace: called });
    const { transactions } = await all.chain.client.explorer.transactions({ network, limit: 100 });
    expect(transactions.find(({ hash }) => hash === upgrade)).toMatchObject({
      ...{ to: { contract: 'Diamond' }, function: 'cut(address)' },
    });
  });

  test('has its own name further inside, and so have its events', async () => {
    const { upgrade } = all.of('transparent');
    const detail = await told(upgrade);
    const [proxied] = detail.trace?.calls ?? [];
    expect(detail.to).toMatchObject({ contract: 'ProxyAdmin' });
    expect(proxied).toMatchObject({
      ...{ contract: 'TransparentUpgradeableProxy', proxy: null },
      logs: [{ contract: 'TransparentUpgradeableProxy', event: { name: 'Upgraded' } }],
    });
    expect(detail.events).toMatchObject([
      { contract: 'TransparentUpgradeableProxy', name: 'Upgraded' },
    ]);
  });
});

describe('an upgrade that calls the new implementation', () => {
  /** By a proxy of its own, which what is listed of the others must not have. */
  async function upgradedWithCall() {
    const { first, second } = all.of('uups');
    const { address } = await all.put('ERC1967Proxy', [first, all.dataOf('First', 'set', [4n])]);
    const init = all.dataOf('Second', 'set', [12n]);
    const data = all.dataOf('First', 'upgradeToAndCall', [second, init]);
    const { hash } = await all.chain.send({ to: address, data });
    return { hash, address };
  }
  const written = [
    { contract: 'First', name: 'Upgraded' },
    { contract: 'Second', name: 'Changed', arguments: [{ name: 'newValue', value: '12' }] },
  ];

  test('has the events and variables of the new one', async () => {
    const { hash, address } = await upgradedWithCall();
    for (const wait of [false, true]) {
      if (wait) await all.chain.recorded();
      const detail = await told(hash);
      expect(detail).toMatchObject({ to: { contract: 'First' }, events: written });
      const changed = detail.state?.accounts.find((one) => one.address.toLowerCase() === address);
      expect(changed?.variables).toContainEqual(
        expect.objectContaining({ name: 'newTotal', after: '12' }),
      );
      const { events } = await all.chain.client.contracts.events({ network, contract: address });
      expect(events.toReversed().slice(-2)).toMatchObject(written);
    }
  });

  test('says so when it is sent by hand, and when it is simulated', async () => {
    const { first, second } = all.of('uups');
    const { address } = await all.put('ERC1967Proxy', [first, all.dataOf('First', 'set', [4n])]);
    const call = {
      ...{ network, contract: address, function: 'upgradeToAndCall' },
      arguments: [second, all.dataOf('Second', 'set', [12n])],
    };
    const { contracts } = all.chain.client;
    expect(await contracts.simulate(call)).toMatchObject({ events: written });
    const sent = await contracts.send({ ...call, allowUnsafeUpgrade: true });
    expect(sent.events.at(-1)).toMatchObject({ contract: 'Second', name: 'Changed' });
  });
});

describe('of what was not recorded', () => {
  const named = (from: string, to: string): void => {
    const db = openDb(all.chain.home);
    try {
      db.prepare('UPDATE traced_chains SET name = ? WHERE name = ?').run(to, from);
    } finally {
      db.close();
    }
  };
  beforeAll(async () => {
    await all.chain.recorded();
    named(network, 'another');
  });
  afterAll(() => named('another', network));

  test.each(PROXY_KINDS)('the chain tells what ran: %s', async (kind) => {
    const { address, set } = all.of(kind);
    expect(await told(set.before)).toMatchObject({
      ...{ to: { contract: 'First' }, arguments: [{ name: 'oldAmount' }] },
      trace: { contract: 'First', arguments: [{ name: 'oldAmount' }] },
    });
    const { events } = await all.chain.client.contracts.events({
      ...{ network, contract: address, event: 'Changed', limit: 4 },
    });
    expect(events.map(({ contract }) => contract)).toEqual([
      ...['Second', 'Second', 'First', 'First'],
    ]);
  });
});

describe('while the chain is stopped', () => {
  const about = async (kind: (typeof PROXY_KINDS)[number]) => {
    const { address } = all.of(kind);
    const { explorer, contracts } = all.chain.client;
    const contract = await contracts.show({ network, contract: address });
    return {
      listed: await listed(kind),
      address: await explorer.address({ network, address }),
      contract,
      abi: await contracts.abi({ network, contract: address }),
      code: await contracts.code({ network, contract: address }),
      events: await contracts.events({ network, contract: address, event: 'Changed' }),
    };
  };
  const running = new Map<string, Awaited<ReturnType<typeof about>>>();

  beforeAll(async () => {
    for (const kind of PROXY_KINDS) running.set(kind, await about(kind));
    await all.chain.client.chains.stop({ chain: network });
  });
  afterAll(() => all.chain.startAgain());

  test.each(PROXY_KINDS)('what is behind a proxy is told as it was recorded: %s', async (kind) => {
    const before = running.get(kind) as Awaited<ReturnType<typeof about>>;
    const unknown = { balance: null, stopped: true };
    const { proxy } = before.contract;
    expect(await about(kind)).toEqual({
      listed: { transactions: LINES, address: LINES, blocks: LINES },
      address: { ...before.address, ...unknown, nonce: null },
      contract: {
        ...{ ...before.contract, ...unknown },
        proxy: { ...proxy, admin: null },
      },
      ...{ abi: before.abi, code: before.code },
      events: { ...before.events, stopped: true },
    });
    expect(proxy?.implementation.contract).toBe('Second');
  });

  test('what needs the chain says so', async () => {
    const of = { network, contract: all.of('uups').address };
    await expect(all.chain.client.contracts.storage(of)).rejects.toMatchObject({
      code: 'CHAIN_NOT_RUNNING',
    });
    const { gas } = all.chain.client;
    expect(await gas.report({ network })).toMatchObject({ stopped: true });
  });
});
