import { formatEther, type Hex } from 'viem';
import { privateKeyToAddress } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openDb } from '#main/db/open.ts';
import { main } from '#main/doors/cli/main.ts';
import { type Rpc, RpcError, rpc } from '#main/eth/rpc.ts';
import { deploymentsStore } from '#main/features/deployments/store.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { copyFixture, type Fixture } from '#test/harness/fixture.ts';
import { killChain } from '#test/harness/kill-chain.ts';
import { made } from '#test/harness/made.ts';
import { newDeployment } from '#test/harness/queued-deployment.ts';

const STRANGER: Hex = '0x00000000000000000000000000000000DeaDBeef';
const network = 'local';

let core: TestApp;
let client: Client;
let fixture: Fixture;
let project: number;
let token: string;

const call: Rpc = async (method, params) => {
  const { rpcUrl } = await client.chains.get({ chain: network });
  return rpc(rpcUrl as string)(method, params);
};

beforeAll(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  fixture = await copyFixture('token-vault', { compiled: true });
  ({ id: project } = await client.projects.add({ path: fixture.folder, name: 'vault' }));
  const { id } = await client.deployments.start({ project, target: network });
  for await (const _ of await client.deployments.watch({ id }));
  const run = await client.deployments.get({ id });
  token = made(run).contracts.find(({ name }) => name === 'Token')?.address ?? '';
});

afterAll(async () => {
  await core?.[Symbol.asyncDispose]();
  await fixture?.[Symbol.asyncDispose]();
});

const list = () => client.accounts.list({ network });
const entryOf = async (address: string) =>
  (await list()).accounts.find((one) => one.address === address);

/** Whether the chain would sign for an address: it is asked to send what it can only refuse. */
async function sendsFor(from: string): Promise<boolean> {
  const refused = await call('eth_sendTransaction', [{ from, to: from, gas: '0x1' }]).catch(
    (error: unknown) => error,
  );
  expect(refused).toBeInstanceOf(RpcError);
  return !/no signer/i.test((refused as RpcError).message);
}

describe('the list', () => {
  test('has what the accounts of a chain hold, and which of them create contracts', async () => {
    const { accounts, tokens, isOwn, moreTokens } = await list();
    expect({ isOwn, moreTokens }).toEqual({ isOwn: true, moreTokens: false });
    expect(tokens).toContainEqual(
      expect.objectContaining({ address: token, name: 'Token', standard: 'erc20', decimals: 18 }),
    );
    expect(accounts.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const [first, second] = accounts;
    expect(first).toMatchObject({ creates: true, hasCode: false, watched: null });
    expect(first?.nonce).toBeGreaterThan(0);
    expect(second).toMatchObject({ creates: false, nonce: 0 });
    expect(formatEther(BigInt(second?.balance ?? 0))).toBe('10000');
    const at = tokens.findIndex(({ address }) => address === token);
    const held = accounts.map(({ balances }) => BigInt(balances[at] ?? 0));
    expect(held.some((one) => one > 0n)).toBe(true);
  });

  test('follows what is dealt, by names', async () => {
    await client.addressBook.set({ address: STRANGER, label: 'Treasury', network });
    await client.accounts.watch({ network, account: 'Treasury' });
    const dealt = await client.accounts.deal({
      ...{ network, token: 'vault.Token', to: 'treasury', amount: '12.5' },
    });
    expect(dealt).toMatchObject({ to: STRANGER, after: '12500000000000000000' });
    const { tokens } = await list();
    const entry = await entryOf(STRANGER);
    const at = tokens.findIndex(({ address }) => address === token);
    expect(entry).toMatchObject({ label: 'Treasury', index: null });
    expect(entry?.balances[at]).toBe('12500000000000000000');
    await client.accounts.unwatch({ network, address: STRANGER });
    await client.addressBook.remove({ address: STRANGER, network });
  });
});

describe('keys', () => {
  test('are told one at a time, and are those of the accounts', async () => {
    const { accounts } = await list();
    for (const index of [0, 7]) {
      const { key, address, path } = await client.accounts.key({ network, account: `${index}` });
      expect(address).toBe(accounts[index]?.address);
      expect(privateKeyToAddress(key as Hex)).toBe(address);
      expect(path).toBe(`m/44'/60'/0'/0/${index}`);
    }
    const listed = JSON.stringify(await list());
    expect(listed).not.toContain(
      'ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80',
    );
  });

  test('are known of development accounts only', async () => {
    await client.accounts.impersonate({ network, account: STRANGER });
    for (const account of [STRANGER, token, '10']) {
      await expect(client.accounts.key({ network, account })).rejects.toMatchObject({
        code: 'ACCOUNT_NOT_FOUND',
      });
    }
    await client.accounts.stopImpersonating({ network, address: STRANGER });
  });
});

describe('what is watched', () => {
  test('is kept with what it is for, and taken out', async () => {
    const entry = await client.accounts.watch({ network, account: STRANGER.toLowerCase() });
    expect(entry).toMatchObject({ address: STRANGER, note: null });
    await client.accounts.watch({ network, account: STRANGER, note: 'the hot wallet' });
    const [listed, ...more] = (await list()).accounts.filter(({ watched }) => watched);
    expect(more).toEqual([]);
    expect(listed).toMatchObject({
      ...{ address: STRANGER, index: null, creates: false },
      watched: { note: 'the hot wallet', since: entry.since },
    });
    await client.accounts.unwatch({ network, address: STRANGER.toLowerCase() });
    expect(await entryOf(STRANGER)).toBeUndefined();
    await expect(client.accounts.unwatch({ network, address: STRANGER })).rejects.toMatchObject({
      code: 'ACCOUNT_NOT_FOUND',
    });
  });

  test('is refused when it is no address that is known', async () => {
    for (const [account, code] of [
      ['Nobody', 'ACCOUNT_NOT_FOUND'],
      ['99', 'ACCOUNT_NOT_FOUND'],
      ['0xF39fd6e51aad88F6F4ce6aB8827279cffFb92266', 'BAD_INPUT'],
    ] as const) {
      await expect(client.accounts.watch({ network, account })).rejects.toMatchObject({
        ...{ code, data: { field: 'account' } },
      });
    }
  });

  test('goes with its network', async () => {
    await client.networks.save({ name: 'passing', kind: 'remote', url: 'http://127.0.0.1:9' });
    await client.accounts.watch({ network: 'passing', account: STRANGER });
    await client.networks.remove({ name: 'passing' });
    await client.networks.save({ name: 'passing', kind: 'remote', url: 'http://127.0.0.1:9' });
    await expect(
      client.accounts.unwatch({ network: 'passing', address: STRANGER }),
    ).rejects.toMatchObject({ code: 'ACCOUNT_NOT_FOUND' });
    await client.networks.remove({ name: 'passing' });
  });
});

describe('impersonation', () => {
  const begin = () =>
    client.accounts.impersonate({ network, account: STRANGER, note: 'the owner of the vault' });

  test('lasts until it is stopped, through reverts, restarts and kills', async () => {
    expect(await sendsFor(STRANGER)).toBe(false);
    const own = async () =>
      (await client.chains.accounts({ chain: network })).map(({ address }) => address);
    const before = await own();
    const { id: snapshot } = await client.chains.snapshot({ chain: network });
    await begin();
    expect(await sendsFor(STRANGER)).toBe(true);
    expect((await entryOf(STRANGER))?.impersonated?.note).toBe('the owner of the vault');

    await client.chains.revert({ chain: network, snapshot });
    expect(await sendsFor(STRANGER)).toBe(true);

    await client.chains.restart({ chain: network });
    await vi.waitFor(async () => expect(await sendsFor(STRANGER)).toBe(true));

    expect(await own()).toEqual(before);
    expect((await list()).accounts.slice(0, 10).map(({ address }) => address)).toEqual(before);

    await killChain(await client.chains.get({ chain: network }));
    await vi.waitFor(async () =>
      expect((await client.chains.get({ chain: network })).status).toBe('stopped'),
    );
    await client.chains.start({ chain: network });
    await vi.waitFor(async () => expect(await sendsFor(STRANGER)).toBe(true));

    await client.accounts.stopImpersonating({ network, address: STRANGER });
    expect(await sendsFor(STRANGER)).toBe(false);
    await client.chains.restart({ chain: network });
    expect(await sendsFor(STRANGER)).toBe(false);
    await expect(
      client.accounts.stopImpersonating({ network, address: STRANGER }),
    ).rejects.toMatchObject({ code: 'ACCOUNT_NOT_FOUND' });
  });

  test('is told a chain again whose core ended before it could', async () => {
    await begin();
    await call('anvil_stopImpersonatingAccount', [STRANGER]);
    expect(await sendsFor(STRANGER)).toBe(false);
    await client.doctor.reconcile();
    expect(await sendsFor(STRANGER)).toBe(true);
    await client.accounts.stopImpersonating({ network, address: STRANGER });
  });

  test('begins on no chain that does not run', async () => {
    await client.chains.stop({ chain: network });
    await expect(begin()).rejects.toMatchObject({ code: 'CHAIN_NOT_RUNNING' });
    await client.chains.start({ chain: network });
    expect((await entryOf(STRANGER))?.impersonated ?? null).toBeNull();
    expect(await sendsFor(STRANGER)).toBe(false);
  });
});

test('nothing is changed while a deployment has the chain', async () => {
  const db = openDb(core.home);
  try {
    const store = deploymentsStore(db);
    const owner = { pid: process.pid, startedAt: '' };
    const run = db.transaction(() => {
      const id = store.insert(newDeployment(project));
      expect(store.claim(id, owner, 100)).toBe(true);
      return id;
    })();
    const busy = { code: 'CHAIN_BUSY', message: expect.stringContaining('vault #') };
    await expect(
      client.accounts.deal({ network, token, to: STRANGER, amount: '1' }),
    ).rejects.toMatchObject(busy);
    await expect(client.accounts.impersonate({ network, account: STRANGER })).rejects.toMatchObject(
      busy,
    );
    expect(await sendsFor(STRANGER)).toBe(false);
    expect((await list()).accounts).toHaveLength(10);
    await client.accounts.watch({ network, account: STRANGER });
    await client.accounts.unwatch({ network, address: STRANGER });
    db.prepare("UPDATE deployments SET status = 'failed' WHERE id = ?").run(run);
  } finally {
    db.close();
  }
});

describe('commands', () => {
  const printed = async (line: string, code = 0): Promise<{ out: string; err: string }> => {
    vi.stubEnv('DRYDOCK_HOME', core.home);
    vi.stubEnv('DRYDOCK_ENGINE', 'process');
    const said = { out: '', err: '' };
    vi.spyOn(process.stdout, 'write').mockImplementation((part) => {
      said.out += part;
      return true;
    });
    vi.spyOn(process.stderr, 'write').mockImplementation((part) => {
      said.err += part;
      return true;
    });
    try {
      expect(await main(line.split(' '))).toBe(code);
    } finally {
      vi.restoreAllMocks();
      vi.unstubAllEnvs();
    }
    return said;
  };

  test('give an account tokens, by names, and tell what it has', async () => {
    await client.addressBook.set({ address: STRANGER, label: 'Treasury', network });
    await printed('account watch local treasury --note savings');
    expect((await printed('account deal local Token Treasury 1234.5 --supply')).out).toMatch(
      /^0x0+DeaDBeef has 1234\.5 \w+, [\d.]+ before\.\nThe total supply is [\d.]+, [\d.]+ before\./,
    );
    const { out } = await printed('account list local');
    expect(out).toMatch(/0x0+DeaDBeef +Treasury +0 +0 +no +1234\.5 \w+ +watched: savings/);
    const dealt = await printed('account deal local Token Treasury 1 --supply --json');
    const { before, after, supply } = JSON.parse(dealt.out);
    expect(BigInt(supply.after) - BigInt(supply.before)).toBe(BigInt(after) - BigInt(before));
    const { accounts } = JSON.parse((await printed('account list local --json')).out);
    expect(accounts).toHaveLength(11);
    const { err } = await printed('account deal local Nothing Treasury 5', 2);
    expect(err).toContain('No account or contract "Nothing"');
    await printed('account watch local Treasury --stop');
    await client.addressBook.remove({ address: STRANGER, network });
  });

  test('print a key only when asked for it', async () => {
    const KEY = '0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d';
    expect((await printed('account list local --json')).out).not.toContain(KEY.slice(2));
    expect((await printed('account key local 1')).out).toContain(KEY);
    expect(JSON.parse((await printed('account key local 1 --json')).out)).toMatchObject({
      ...{ index: 1, key: KEY },
    });
  });

  test('impersonate, list whom, and stop', async () => {
    await printed(`account impersonate local ${STRANGER} --note ops`);
    expect(await sendsFor(STRANGER)).toBe(true);
    expect((await printed('account impersonate local')).out).toMatch(/DeaDBeef .* ops /);
    await printed(`account impersonate local ${STRANGER} --stop`);
    expect(await sendsFor(STRANGER)).toBe(false);
    expect((await printed('account impersonate local')).out).toContain('impersonates nobody');
  });
});

describe('a remote network', () => {
  test('is read and never changed', async () => {
    const { rpcUrl } = await client.chains.get({ chain: network });
    await client.networks.save({ name: 'far', kind: 'remote', url: rpcUrl as string });
    expect((await client.accounts.list({ network: 'far' })).accounts).toEqual([]);
    await client.accounts.watch({ network: 'far', account: STRANGER });
    expect(await client.accounts.list({ network: 'far' })).toMatchObject({
      ...{ isOwn: false, accounts: [{ address: STRANGER, creates: null }] },
    });
    const refused = { code: 'UNSUPPORTED', message: expect.stringContaining('fork of far') };
    const at = { network: 'far', account: STRANGER };
    await expect(client.accounts.key({ ...at, account: '0' })).rejects.toMatchObject(refused);
    await expect(client.accounts.impersonate(at)).rejects.toMatchObject(refused);
    await expect(
      client.accounts.deal({ network: 'far', token, to: STRANGER, amount: '1' }),
    ).rejects.toMatchObject(refused);
    await client.networks.remove({ name: 'far' });
  });
});
