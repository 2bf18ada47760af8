import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Hex } from 'viem';
import { mnemonicToAccount, privateKeyToAddress } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { deploy, logOf } from '#test/harness/hardhat-deploy.ts';
import { copyHardhatFixture, whyNoHardhat } from '#test/harness/hardhat-fixture.ts';
import { made } from '#test/harness/made.ts';
import { scriptProject } from '#test/harness/script-project.ts';
import { skipAloud } from '#test/harness/skip.ts';

const MNEMONIC = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
const COUNT = 12;
const accounts = Array.from({ length: COUNT }, (_, addressIndex) =>
  mnemonicToAccount(MNEMONIC, { addressIndex }),
).map(({ address }) => address);
const [first, , , third] = accounts as [Hex, Hex, Hex, Hex];
/** The account with the index 3. */
const owner = mnemonicToAccount(MNEMONIC, { addressIndex: 3 });
const STRANGER = '0x00000000000000000000000000000000DeaDBeef';
const network = 'local';

let core: TestApp;
let client: Client;

beforeAll(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  await client.chains.start({ chain: network, mnemonic: MNEMONIC, accounts: COUNT });
}, 120_000);
afterAll(() => core?.[Symbol.asyncDispose]());

const call = async <T>(method: string, params: unknown[] = []): Promise<T> =>
  rpc((await client.chains.get({ chain: network })).rpcUrl as string)<T>(method, params);

const listed = async () =>
  (await client.accounts.list({ network })).accounts
    .filter(({ index }) => index !== null)
    .map(({ address }) => address);

const TILL =
  'contract Till { uint256 public x; function put(uint256 a) external returns (uint256) { return x = a; } }';

/** Deploys `Till` of a Foundry project from account 3. */
async function withContract<T>(work: (address: string, project: number) => Promise<T>): Promise<T> {
  const body = 'vm.startBroadcast(); new Till(); vm.stopBroadcast();';
  await using fixture = await scriptProject({ Deploy: body }, TILL);
  const { id: project } = await client.projects.add({ path: fixture.folder });
  const run = await deploy(client, project, { script: 'script/Deploy.s.sol', from: '3' });
  expect(run.status, await logOf(client, run.id)).toBe('succeeded');
  const result = made(run);
  expect(result).toMatchObject({ sender: third, transactions: [{ from: third }] });
  return await work(result.contracts[0]?.address as string, project);
}

test('accounts are those of the mnemonic, in the order of their index, with their keys', async () => {
  expect(await listed()).toEqual(accounts);
  const keys = await Promise.all(
    accounts.map((_, index) => client.accounts.key({ network, account: `${index}` })),
  );
  expect(keys.map(({ key }) => privateKeyToAddress(key as Hex))).toEqual(accounts);
  await client.chains.stop({ chain: network });
  const { key } = await client.accounts.key({ network, account: '3' });
  expect(privateKeyToAddress(key as Hex)).toBe(third);
  await client.chains.start({ chain: network });
});

test('an account goes on sending when it is impersonated by hand, and no longer', async () => {
  await client.accounts.impersonate({ network, account: '3' });
  await client.accounts.impersonate({ network, account: STRANGER });
  expect(await listed()).toEqual(accounts);
  await client.accounts.stopImpersonating({ network, address: third });
  await client.accounts.stopImpersonating({ network, address: STRANGER });
  const transaction = { from: third, to: STRANGER, value: '0x1' };
  expect(await call('eth_sendTransaction', [transaction])).toMatch(/^0x/);
  await expect(
    call('eth_sendTransaction', [{ ...transaction, from: STRANGER, gas: '0x5208' }]),
  ).rejects.toThrow(/no signer/i);
});

test('programs get the accounts in their order: alone, in a batch and over a WebSocket', async () => {
  const { rpcUrl } = await client.chains.get({ chain: network });
  const url = rpcUrl as string;
  await client.accounts.impersonate({ network, account: STRANGER });
  const expected = [...accounts, STRANGER].map((one) => one.toLowerCase());
  const asked = (id: number, method: string) => ({ jsonrpc: '2.0', id, method, params: [] });
  const both = [asked(2, 'eth_chainId'), asked(1, 'eth_accounts')];
  const replies = [
    { jsonrpc: '2.0', id: 2, result: '0x7a69' },
    { jsonrpc: '2.0', id: 1, result: expected },
  ];
  expect(await call('eth_accounts')).toEqual(expected);
  const headers = { 'content-type': 'application/json' };
  const batch = await fetch(url, { method: 'POST', headers, body: JSON.stringify(both) });
  expect(await batch.json()).toEqual(replies);
  const socket = new WebSocket(url.replace('http:', 'ws:'));
  const heard = new Promise<string>((resolve) => {
    socket.onmessage = ({ data }) => resolve(`${data}`);
  });
  socket.onopen = () => socket.send(JSON.stringify(both));
  expect(JSON.parse(await heard)).toEqual(replies);
  socket.close();
  await client.accounts.stopImpersonating({ network, address: STRANGER });
});

test('signing with an account says who has its key, and what to do, over HTTP and WebSocket', async () => {
  const { rpcUrl } = await client.chains.get({ chain: network });
  const url = rpcUrl as string;
  const typed = JSON.stringify({ domain: {}, types: { A: [] }, primaryType: 'A', message: {} });
  const calls: [string, unknown[]][] = [
    ['personal_sign', ['0x61686f79', third]],
    ['eth_sign', [third, '0x61686f79']],
    ['eth_signTypedData', [third, typed]],
    ['eth_signTypedData_v3', [third, typed]],
    ['eth_signTypedData_v4', [third, typed]],
    ['eth_signTransaction', [{ from: third, to: STRANGER, value: '0x1' }]],
  ];
  const next = new RegExp(`mnemonic.*drydock account key ${network} ${third}`, 'is');
  for (const [method, params] of calls) {
    await expect(call(method, params), method).rejects.toThrow(next);
    const socket = new WebSocket(url.replace('http:', 'ws:'));
    const heard = new Promise<string>((resolve) => {
      socket.onmessage = ({ data }) => resolve(`${data}`);
    });
    socket.onopen = () => socket.send(JSON.stringify({ jsonrpc: '2.0', id: 5, method, params }));
    expect(JSON.parse(await heard)).toMatchObject({
      id: 5,
      error: { message: expect.stringMatching(next) },
    });
    socket.close();
  }
  // Where a node has the keys, it signs.
  await client.networks.save({ name: 'plain', kind: 'local' });
  const plain = await client.chains.start({ chain: 'plain' });
  const ask = rpc(plain.rpcUrl as string);
  const [account] = await ask<Hex[]>('eth_accounts');
  expect(await ask('personal_sign', ['0x61686f79', account])).toMatch(/^0x[0-9a-f]{130}$/);
  await client.chains.stop({ chain: 'plain' });
});

test('a Foundry project deploys from account 3, and its contract is called from accounts by index', async () => {
  await withContract(async (contract, project) => {
    const set = { network, contract, function: 'put(uint256)(uint256)', arguments: ['7'] };
    const sent = await client.contracts.send({ ...set, from: '4' });
    expect(sent).toMatchObject({ from: accounts[4], status: 'success' });
    expect((await client.contracts.send(set)).from).toBe(first);
    const { senders } = await client.contracts.senders(set);
    const found = senders.filter(({ account }) => account !== null);
    expect(found.map(({ account, address }) => [account, address])).toEqual(
      accounts.map((address, index) => [index, address]),
    );
    const { text } = await client.contracts.snippet({ ...set, as: 'cast', sends: true, from: '5' });
    expect(text).toContain(accounts[5]);
    const alone = { script: 'src/Vm.sol:C', args: ['1'], from: '3' };
    const run = await deploy(client, project, alone);
    expect(run.status, await logOf(client, run.id)).toBe('succeeded');
    expect(made(run).sender).toBe(third);
  });
  // The run had the chain send for everyone; its own accounts go on.
  const transaction = { from: accounts[11], to: STRANGER, value: '0x1' };
  expect(await call('eth_sendTransaction', [transaction])).toMatch(/^0x/);
});

test('what an account has is set', async () => {
  const { balance } = await client.chains.fund({ chain: network, address: third, ether: '1' });
  expect(BigInt(balance)).toBeGreaterThan(10n ** 18n);
  await client.gateway.mendNonce({ chain: network, account: third, nonce: 77 });
  expect(await call('eth_getTransactionCount', [third, 'latest'])).toBe('0x4d');
});

const whyNot = skipAloud('a Hardhat project on a chain of its own mnemonic', await whyNoHardhat());
describe.skipIf(whyNot)('a Hardhat project', () => {
  test('deploys from account 3, and its scripts find the accounts by index', async () => {
    const inContainer = process.env.DRYDOCK_ENGINE === 'docker';
    await using fixture = await copyHardhatFixture('three-viem', { inContainer });
    const home = process.env.HOME;
    if (!inContainer) process.env.HOME = fixture.home;
    try {
      await writeFile(path.join(fixture.project, 'scripts/third.ts'), SCRIPT);
      const { id: project } = await client.projects.add({ path: fixture.project, kind: 'hardhat' });
      const run = await deploy(client, project, { script: 'scripts/third.ts', env: fixture.env });
      const log = await logOf(client, run.id);
      expect(run.status, log).toBe('succeeded');
      expect(made(run).transactions.map(({ from }) => from)).toEqual([third]);
      expect(log).toContain(`accounts ${accounts.join(' ').toLowerCase()}`);
      const [, message, typed] = /signed (0x\w+) (0x\w+)/.exec(log) ?? [];
      expect(message).toBe(await owner.signMessage({ message: 'ahoy' }));
      expect(typed).toBe(
        await owner.signTypedData({
          domain: { name: 'Yard', chainId: 31337 },
          types: {
            Note: [
              { name: 'text', type: 'string' },
              { name: 'count', type: 'uint256' },
            ],
          },
          primaryType: 'Note',
          message: { text: 'ahoy', count: 3n },
        }),
      );
      expect(log).toMatch(/refused .*chain id 31337/s);
      const plain = { script: 'scripts/deploy.ts', from: '3', env: fixture.env };
      const other = await deploy(client, project, plain);
      expect(other.status, await logOf(client, other.id)).toBe('succeeded');
      expect(new Set(made(other).transactions.map(({ from }) => from))).toEqual(new Set([third]));
    } finally {
      process.env.HOME = home;
    }
  }, 300_000);
});

/** Deploys from the account with the index 3. */
const SCRIPT = `
import { network } from 'hardhat';
const { viem } = await network.create();
const clients = await viem.getWalletClients();
console.log(\`accounts \${clients.map((one) => one.account.address.toLowerCase()).join(' ')}\`);
await viem.deployContract('Counter', [1n], { client: { wallet: clients[3] } });
const message = await clients[3].signMessage({ message: 'ahoy' });
const data = (chainId) => ({
  domain: { name: 'Yard', chainId },
  types: { Note: [{ name: 'text', type: 'string' }, { name: 'count', type: 'uint256' }] },
  primaryType: 'Note',
  message: { text: 'ahoy', count: 3n },
});
const client = await viem.getPublicClient();
const id = await client.getChainId();
const typed = await clients[3].signTypedData(data(id));
const other = await clients[3].signTypedData(data(1)).catch((error) => error.message);
console.log(\`signed \${message} \${typed}\`);
console.log(\`refused \${other}\`);
`;
