import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Rpc, rpc } from '#main/eth/rpc.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';

const at = (digit: string): string => `0x${digit.repeat(40)}`;
const CONTRACT = at('1');
const PROXY = at('2');
const LOGIC = at('3');
const OTHER_LOGIC = at('4');
const UNKNOWN = at('5');

/** Returns 42, whatever it is asked. */
const ANSWERS = '0x602a60005260206000f3';
const IMPLEMENTATION = '360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc';
/** Passes every call on to what the slot of EIP-1967 says. */
const PASSES_ON = `0x36600060003760006000366000${`7f${IMPLEMENTATION}`}545af43d600060003e3d6000f3`;

const view = (name: string) => ({
  ...{ type: 'function', name, inputs: [], stateMutability: 'view' },
  outputs: [{ name: '', type: 'uint256' }],
});
const KEY = 'SECRETKEY0123456789ABCDEF';

/** What the server knows, by address. */
const verified = new Map<string, { abi: unknown[]; name: string }>();
type Reply = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Speaks as Sourcify and Etherscan do: the forms are those of their documentations, see
 * `features/abi-sources`.
 */
const documented: Reply = (request, response) => {
  const url = new URL(request.url ?? '', 'http://127.0.0.1');
  const json = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  const sourcify = /^\/server\/v2\/contract\/(\d+)\/(0x[0-9a-fA-F]{40})$/.exec(url.pathname);
  if (sourcify) {
    const [, chainId, address = ''] = sourcify;
    const found = verified.get(address.toLowerCase());
    const match = found ? 'exact_match' : null;
    const minimal = { match, creationMatch: match, runtimeMatch: match, chainId, address };
    if (chainId !== '31337') {
      const message = `The chain with chainId ${chainId} is not supported`;
      return json(400, { customCode: 'unsupported_chain', message, errorId: 'e' });
    }
    if (!found) return json(404, minimal);
    expect(url.searchParams.get('fields')).toBe('abi,compilation.name');
    return json(200, { ...minimal, abi: found.abi, compilation: { name: found.name } });
  }
  const given = Object.fromEntries(url.searchParams);
  expect(given).toMatchObject({ module: 'contract', action: 'getabi', chainid: '31337' });
  const no = (result: string) => json(200, { status: '0', message: 'NOTOK', result });
  if (given.apikey !== KEY) return no(`Invalid API Key (#err2)|${given.apikey}`);
  const found = verified.get(String(given.address).toLowerCase());
  if (!found) return no('Contract source code not verified');
  return json(200, { status: '1', message: 'OK', result: JSON.stringify(found.abi) });
};

let core: TestApp;
let client: Client;
let call: Rpc;
let reply: Reply = documented;
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  reply(request, response);
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  await client.settings.set({ sourcifyUrl: `${url}/server/`, etherscanUrl: `${url}/v2/api` });
  await client.chains.start({ chain: 'local' });
  const { rpcUrl } = await client.chains.get({ chain: 'local' });
  call = rpc(rpcUrl as string);
  await client.networks.save({ name: 'near', kind: 'remote', url: `${rpcUrl}`, chainId: 31337 });
  for (const address of [CONTRACT, LOGIC, OTHER_LOGIC, UNKNOWN]) {
    await call('anvil_setCode', [address, ANSWERS]);
  }
  await call('anvil_setCode', [PROXY, PASSES_ON]);
  await runs(LOGIC);
  verified.set(CONTRACT, { abi: [view('answer')], name: 'Answerer' });
  verified.set(LOGIC, { abi: [view('total')], name: 'Ledger' });
  verified.set(PROXY, { abi: [view('implementation')], name: 'Proxy' });
});

afterAll(async () => {
  await core?.[Symbol.asyncDispose]();
  server.closeAllConnections();
  server.close();
});

afterEach(async () => {
  reply = documented;
  asked.length = 0;
  for (const { network, address } of (await client.contracts.live({})).added) {
    await client.contracts.remove({ network, contract: address });
  }
});

const runs = (logic: string) =>
  call('anvil_setStorageAt', [
    PROXY,
    `0x${IMPLEMENTATION}`,
    `0x${logic.slice(2).padStart(64, '0')}`,
  ]);

const add = (address: string, from: 'sourcify' | 'etherscan', more: object = {}) =>
  client.contracts.add({ network: 'near', address, from, ...more });

const read = async (contract: string, asking: string) =>
  (await client.contracts.read({ network: 'near', contract, function: asking })).value;

describe('an ABI from where contracts are verified', () => {
  test('is asked for when the user asks, and never again', async () => {
    expect(await add(CONTRACT, 'sourcify')).toMatchObject({ name: 'Answerer', logic: [] });
    expect(asked).toHaveLength(1);
    expect(await read('Answerer', 'answer')).toBe('42');
    await client.contracts.show({ network: 'near', contract: UNKNOWN });
    await client.explorer.address({ network: 'near', address: PROXY });
    expect(asked).toHaveLength(1);
    const { name, abi } = await client.contracts.abi({ network: 'near', contract: 'Answerer' });
    expect({ name, abi }).toEqual({ name: 'Answerer', abi: [view('answer')] });
  });

  test('of a proxy comes with that of what runs behind it, as long as that runs', async () => {
    const { name, logic } = await add(PROXY, 'sourcify', { name: 'Books' });
    expect(name).toBe('Books');
    expect(logic).toMatchObject([{ name: 'Ledger', address: LOGIC }]);
    expect(await read('Books', 'total')).toBe('42');
    const shown = await client.contracts.show({ network: 'near', contract: PROXY });
    expect(shown).toMatchObject({ name: 'Ledger', label: 'Books' });
    expect(shown.functions.map(({ signature }) => signature)).toEqual([
      'total()',
      'implementation()',
    ]);
    // Nothing is claimed of what it is upgraded to.
    await runs(OTHER_LOGIC);
    await expect(read('Books', 'total')).rejects.toMatchObject({ code: 'FUNCTION_NOT_FOUND' });
    await runs(LOGIC);
  });

  test('of a proxy that itself is not verified is that of its logic', async () => {
    verified.delete(PROXY);
    expect(await add(PROXY, 'sourcify', { name: 'Books' })).toMatchObject({
      logic: [{ name: 'Ledger' }],
    });
    expect(await read('Books', 'total')).toBe('42');
    verified.set(PROXY, { abi: [view('implementation')], name: 'Proxy' });
  });

  test('never takes the name of another address', async () => {
    await client.addressBook.set({ address: at('9'), label: 'Ledger' });
    const { logic } = await add(PROXY, 'sourcify');
    expect(logic).toMatchObject([{ name: 'Ledger-333333' }]);
    await expect(add(CONTRACT, 'sourcify', { name: 'ledger' })).rejects.toMatchObject({
      code: 'NAME_TAKEN',
    });
    await client.addressBook.remove({ address: at('9') });
  });

  test('comes from Etherscan with a key that is sealed, and that nobody says', async () => {
    await expect(add(CONTRACT, 'etherscan', { name: 'A' })).rejects.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      message: expect.stringMatching(/Invalid API Key.*etherscan-key.*give the ABI/),
    });
    const wrong = `WRONG${KEY}`;
    await client.abiSources.setEtherscanKey({ key: wrong });
    const refused = await add(CONTRACT, 'etherscan', { name: 'A' }).catch((error) => error);
    expect(refused.message).toContain('Invalid API Key (#err2)|');
    expect(refused.message).not.toContain(wrong);
    expect(await client.abiSources.setEtherscanKey({ key: KEY })).toEqual({ state: 'set' });
    await expect(add(CONTRACT, 'etherscan')).rejects.toMatchObject({
      ...{ code: 'BAD_INPUT', data: { field: 'name' } },
    });
    await add(CONTRACT, 'etherscan', { name: 'A' });
    expect(await read('A', 'answer')).toBe('42');
    await expect(add(UNKNOWN, 'etherscan', { name: 'B' })).rejects.toMatchObject({
      ...{ code: 'CONTRACT_NOT_VERIFIED', message: expect.stringContaining('Etherscan') },
    });
    for (const file of ['drydock.db', 'drydock.db-wal']) {
      expect(readFileSync(path.join(core.home, file)).includes(KEY)).toBe(false);
    }
    expect(await client.abiSources.setEtherscanKey({ key: null })).toEqual({ state: 'none' });
  });

  test.each<[string, Reply, RegExp]>([
    ['a redirect', (_, r) => r.writeHead(302, { location: '/other' }).end(), /redirect/],
    ['no JSON', (_, r) => r.end('<html>'), /status 200/],
    ['another form', (_, r) => r.end('{"abi":"all"}'), /status 200/],
    ['a failure', (_, r) => r.writeHead(500).end('{"message":"down\\u0007\\nnow"}'), /"down now"/],
    ['too much', (_, r) => r.end('['.padEnd(9 * 1024 * 1024)), /larger than 8 MB/],
    ['nothing', (request) => request.socket.destroy(), /could not be asked/],
  ])('is refused when the server answers with %s', async (_, answer, words) => {
    reply = answer;
    await expect(add(CONTRACT, 'sourcify')).rejects.toMatchObject({
      ...{ code: 'SOURCE_UNREACHABLE', message: expect.stringMatching(words) },
    });
    expect(asked).toHaveLength(1);
  });

  test('is not there: what to do is said', async () => {
    await expect(add(UNKNOWN, 'sourcify')).rejects.toMatchObject({
      ...{ code: 'CONTRACT_NOT_VERIFIED', message: expect.stringContaining('chain 31337') },
    });
    await expect(add(at('8'), 'sourcify')).rejects.toMatchObject({ code: 'CONTRACT_NOT_FOUND' });
    await expect(
      client.contracts.add({ network: 'local', address: CONTRACT, from: 'sourcify' }),
    ).rejects.toMatchObject({ code: 'UNSUPPORTED' });
    await expect(add(CONTRACT, 'sourcify', { abi: [view('answer')] })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
    await expect(
      client.contracts.abi({ network: 'near', contract: UNKNOWN }),
    ).rejects.toMatchObject({ code: 'ARTIFACT_NOT_FOUND' });
    const { sourcifyUrl } = await client.settings.get();
    await client.settings.set({ sourcifyUrl: 'http://127.0.0.1:9/server' });
    await expect(add(CONTRACT, 'sourcify')).rejects.toMatchObject({
      ...{ code: 'SOURCE_UNREACHABLE', message: expect.stringContaining('127.0.0.1:9') },
    });
    await client.settings.set({ sourcifyUrl });
    await expect(
      client.settings.set({ etherscanUrl: `http://127.0.0.1/api?apikey=${KEY}` }),
    ).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.not.stringContaining(KEY) });
  });
});
