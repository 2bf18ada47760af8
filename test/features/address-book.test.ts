import { setTimeout as turn } from 'node:timers/promises';
import { encodeFunctionData, parseAbi } from 'viem';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { main } from '#main/doors/cli/main.ts';
import { type Rpc, rpc } from '#main/eth/rpc.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { copyFixture, type Fixture } from '#test/harness/fixture.ts';
import { made } from '#test/harness/made.ts';

const ALICE = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
const BOB = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const CAROL = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC';
const tokenAbi = parseAbi(['function approve(address,uint256)']);

let core: TestApp;
let client: Client;
let fixture: Fixture;
let call: Rpc;
let token: string;

beforeAll(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  fixture = await copyFixture('token-vault', { compiled: true });
  const { id: project } = await client.projects.add({ path: fixture.folder, name: 'vault' });
  const { id } = await client.deployments.start({ project, target: 'local' });
  for await (const _ of await client.deployments.watch({ id }));
  const run = await client.deployments.get({ id });
  token = made(run).contracts.find(({ name }) => name === 'Token')?.address ?? '';
  call = rpc((await client.chains.get({ chain: 'local' })).rpcUrl as string);
});

afterAll(async () => {
  await core?.[Symbol.asyncDispose]();
  await fixture?.[Symbol.asyncDispose]();
});

const { set, list, remove } = {
  set: (input: Parameters<Client['addressBook']['set']>[0]) => client.addressBook.set(input),
  list: (network?: string) => client.addressBook.list({ network }),
  remove: (address: string, network?: string) => client.addressBook.remove({ address, network }),
};

/** Takes every label off again. */
async function clear(): Promise<void> {
  for (const { address, network } of await list())
    await client.addressBook.remove({ address, network });
}

describe('the book', () => {
  test('holds one label for each address and network, which changes in its parts', async () => {
    const alice = await set({ address: ALICE.toLowerCase(), label: ' Alice ', color: 'teal' });
    expect(alice).toMatchObject({ address: ALICE, network: null, label: 'Alice', color: 'teal' });
    await set({ address: ALICE, network: 'local', label: 'Deployer' });
    await set({ address: BOB, label: 'Bob' });
    expect(await set({ address: ALICE, color: null })).toMatchObject({
      label: 'Alice',
      color: null,
    });
    expect(await set({ address: ALICE, label: 'Alicia' })).toMatchObject({ color: null });
    expect((await list('local')).map(({ label }) => label)).toEqual(['Alicia', 'Bob', 'Deployer']);
    await expect(remove(BOB, 'local')).rejects.toMatchObject({
      ...{ code: 'LABEL_NOT_FOUND', message: expect.stringContaining('"Bob" for all networks') },
    });
    expect(await remove(BOB)).toMatchObject({ label: 'Bob' });
    await clear();
    expect(await list()).toEqual([]);
  });

  test('gives no label to two addresses of one network, in any case', async () => {
    await set({ address: ALICE, network: 'local', label: 'Keeper' });
    const taken = { code: 'NAME_TAKEN', data: { field: 'label' } };
    await expect(set({ address: BOB, network: 'local', label: 'KEEPER' })).rejects.toMatchObject(
      taken,
    );
    await expect(set({ address: BOB, label: 'keeper' })).rejects.toMatchObject(taken);
    // Fullwidth letters look alike.
    await expect(set({ address: BOB, label: '\uff2beeper' })).rejects.toMatchObject(taken);
    await set({ address: ALICE, label: 'keeper' });
    const abi = [{ type: 'receive', stateMutability: 'payable' }];
    await client.contracts.add({ address: CAROL, name: 'Feed', abi });
    await expect(set({ address: BOB, label: 'feed' })).rejects.toMatchObject(taken);
    await expect(
      client.contracts.add({ address: CAROL, name: 'Keeper', abi }),
    ).rejects.toMatchObject({ code: 'NAME_TAKEN' });
    await client.contracts.remove({ contract: 'Feed' });
    await clear();
  });

  test.each([
    ...['', '  ', 'x'.repeat(61), 'a\nb', 'a\u0007', 'a\u202eb', 'a\u200bb', '\ud800'],
    ...['0x12', '0Xff', ALICE, '12', '#3', '1.5 ether', '1_000', '20gwei', '--all'],
  ])('refuses %j as a label', async (label) => {
    await expect(set({ address: ALICE, label })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(await list()).toEqual([]);
  });

  test('tells every window, and forgets what was said of a network with it', async () => {
    await client.networks.save({ name: 'far', kind: 'remote', url: 'http://127.0.0.1:9' });
    const stop = new AbortController();
    const topics: string[] = [];
    const changes = await client.app.changes(undefined, { signal: stop.signal });
    const reading = (async () => {
      for await (const batch of changes) topics.push(...batch.map(({ topic }) => topic));
    })().catch(() => undefined);
    await set({ address: ALICE, network: 'far', label: 'Faraway' });
    await vi.waitFor(() => expect(topics).toContain('addressBook'));
    stop.abort();
    await turn();
    await reading;
    await client.networks.remove({ name: 'far' });
    await vi.waitFor(async () => expect(await list()).toEqual([]));
    await expect(set({ address: ALICE, network: 'far', label: 'X' })).rejects.toMatchObject({
      code: 'NETWORK_NOT_FOUND',
    });
  });
});

describe('a label', () => {
  beforeAll(async () => {
    await set({ address: token, label: 'Harbour coin', color: 'orange' });
    await set({ address: ALICE, label: 'Alice' });
    await set({ address: BOB, network: 'local', label: 'Keeper' });
  });
  afterAll(clear);

  test('names a contract and accounts in calls, before the names of projects', async () => {
    const read = (contract: string, who: string) =>
      client.contracts.read({ contract, function: 'balanceOf', arguments: [who] });
    expect((await read('harbour COIN', 'alice')).value).toBe((await read(token, ALICE)).value);
    const tried = await client.contracts.simulate({
      ...{ contract: 'Harbour coin', function: 'approve', arguments: ['Keeper', '1'] },
      from: 'keeper',
    });
    expect(tried.from).toBe(BOB);
    await set({ address: token, network: 'local', label: 'Vault' });
    expect((await client.contracts.show({ contract: 'Vault' })).name).toBe('Token');
    await remove(token, 'local');
    await expect(client.contracts.show({ contract: 'Alice' })).rejects.toMatchObject({
      ...{ code: 'CONTRACT_NOT_FOUND', message: expect.stringContaining('(Alice)') },
    });
  });

  test('stands wherever its address does', async () => {
    const data = encodeFunctionData({ abi: tokenAbi, functionName: 'approve', args: [BOB, 5n] });
    const hash = await call<string>('eth_sendTransaction', [{ from: ALICE, to: token, data }]);
    await vi.waitFor(async () =>
      expect(await call('eth_getTransactionReceipt', [hash])).toBeTruthy(),
    );
    const shown = await client.explorer.transaction({ network: 'local', hash, trace: true });
    expect(shown).toMatchObject({
      from: { address: ALICE, contract: null, label: 'Alice' },
      to: { contract: 'Token', label: 'Harbour coin' },
      events: [{ label: 'Harbour coin' }],
      trace: { label: 'Harbour coin', logs: [{ label: 'Harbour coin' }] },
    });
    expect(shown.names).toContainEqual({ address: BOB, contract: null, label: 'Keeper' });
    const [line] = (await client.explorer.transactions({ network: 'local' })).transactions;
    expect(line).toMatchObject({ hash, from: { label: 'Alice' }, to: { label: 'Harbour coin' } });
    const live = await client.contracts.live({ target: 'local' });
    expect(live.contracts.find(({ address }) => address === token)?.label).toBe('Harbour coin');
    expect(await client.explorer.address({ network: 'local', address: token })).toMatchObject({
      ...{ label: 'Harbour coin', color: 'orange', contract: 'Token' },
    });
    expect(await client.explorer.find({ network: 'local', text: 'HARB' })).toEqual([
      { kind: 'address', value: token, title: 'Harbour coin' },
    ]);
  });

  test('is set and shown by commands', async () => {
    const printed = async (args: readonly string[]): Promise<string> => {
      vi.stubEnv('DRYDOCK_HOME', core.home);
      vi.stubEnv('DRYDOCK_ENGINE', 'process');
      let text = '';
      vi.spyOn(process.stdout, 'write').mockImplementation((part) => {
        text += part;
        return true;
      });
      try {
        expect(await main([...args])).toBe(0);
      } finally {
        vi.restoreAllMocks();
        vi.unstubAllEnvs();
      }
      return text;
    };
    const words = (line: string) => printed(line.split(' '));
    expect(await words(`address label ${CAROL} Carol --color pink --network local`)).toBe(
      `${CAROL} on local is called Carol now.\n`,
    );
    expect(JSON.parse(await words('address list --json --network local'))).toMatchObject([
      ...[{ label: 'Alice' }, { label: 'Carol', color: 'pink', network: 'local' }],
      ...[{ label: 'Harbour coin' }, { label: 'Keeper' }],
    ]);
    expect(await words(`address show ${CAROL}`)).toMatch(/label +Carol\ncolor +pink/);
    const [{ hash = '' } = {}] = (await client.explorer.transactions({ network: 'local' }))
      .transactions;
    expect(await words('address show Carol')).toContain(CAROL);
    expect(await words('address transactions vault.Token --json')).toContain(hash);
    expect(await words(`tx show ${hash.slice(0, 12)} --json`)).toContain(hash);
    expect(await words('tx list --limit 1')).toMatch(/ Alice .* Harbour coin /);
    const shown = await words(`tx show ${hash} --trace`);
    expect(shown).toContain('Harbour coin.Approval(owner: Alice, spender: Keeper, value: 5)');
    expect(shown).toContain('Harbour coin.approve(Keeper, 5)');
    expect(shown).toContain(`spender Keeper ${BOB}`);
    await words(`address label ${CAROL} --network local --remove`);
    expect((await list()).map(({ label }) => label)).not.toContain('Carol');
  });
});
