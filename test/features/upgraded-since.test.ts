import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
