import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Chain, SENDER, startAnvil } from '#test/kinds/bench.ts';
import {
  type RecordingProxy,
  type RecordingProxyOptions,
  recordingProxy,
} from './recording-proxy.ts';

/** The second of anvil's accounts. */
const OTHER = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';

let chain: Chain;
beforeAll(async () => {
  chain = await startAnvil();
});
afterAll(() => chain?.[Symbol.asyncDispose]());

const hashes: string[] = [];
const through = (options: Partial<RecordingProxyOptions> = {}) =>
  recordingProxy({
    ...{ upstream: chain.url, accounts: [OTHER], onSent: (hash) => void hashes.push(hash) },
    ...options,
  });

interface Answer {
  id: unknown;
  result?: unknown;
  error?: { message: string };
}

const post = (url: string, body: unknown, headers = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const question = (id: unknown, method: string, ...params: unknown[]) => ({
  ...{ jsonrpc: '2.0', id, method, params },
});
async function ask<T = Answer>(proxy: RecordingProxy, body: unknown): Promise<T> {
  return (await (await post(proxy.url, body)).json()) as T;
}
const sent = (value = '0x1') => ({ from: SENDER, to: OTHER, value });

test('notes the hash of what the node takes, before the tool has it', async () => {
  hashes.length = 0;
  await using proxy = await through();
  const { result } = await ask(proxy, question(7, 'eth_sendTransaction', sent()));
  expect(hashes).toEqual([result]);
  const refused = await ask(proxy, question(8, 'eth_sendRawTransaction', '0x01'));
  expect(refused.error?.message).toBeTruthy();
  expect(hashes).toEqual([result]);
});

test('notes each of a batch, in whichever order it is answered', async () => {
  hashes.length = 0;
  await using proxy = await through();
  const answers = await ask<Answer[]>(proxy, [
    question('a', 'eth_sendTransaction', sent('0x2')),
    question('b', 'eth_chainId'),
    question('c', 'eth_sendTransaction', { from: OTHER, to: SENDER, value: '0x3' }),
    question('d', 'eth_accounts'),
  ]);
  const of = (id: string) => answers.find((one) => one.id === id)?.result;
  expect([...hashes].sort()).toEqual([of('a'), of('c')].sort());
  expect(of('b')).toBe('0x7a69');
  expect((of('d') as string[])[0]).toBe(OTHER.toLowerCase());
});

test('names the sender first among the accounts, once', async () => {
  await using proxy = await through();
  const { result } = await ask(proxy, question(1, 'eth_accounts'));
  const accounts = (result as string[]).map((one) => one.toLowerCase());
  expect(accounts[0]).toBe(OTHER.toLowerCase());
  expect(new Set(accounts).size).toBe(10);
  await using without = await through({ accounts: [] });
  const plain = (await ask(without, question(1, 'eth_accounts'))).result as string[];
  expect(plain[0]).toBe(SENDER.toLowerCase());
});

test('a transaction that can not be noted is an error to the tool, with its hash', async () => {
  await using proxy = await through({
    onSent: () => {
      throw new Error('the disk is full');
    },
  });
  const { id, result, error } = await ask(proxy, question(5, 'eth_sendTransaction', sent()));
  expect({ id, result }).toEqual({ id: 5, result: undefined });
  expect(error?.message).toMatch(
    /^0x[0-9a-f]{64} was sent, and could not be .*: the disk is full$/,
  );
});

test('gives other results than the node for methods that are asked for', async () => {
  await using proxy = await through({
    rewrites: { hardhat_metadata: (result) => ({ ...(result as object), instanceId: '0x1' }) },
  });
  const { result } = await ask(proxy, question(1, 'hardhat_metadata'));
  expect(result).toMatchObject({ instanceId: '0x1', chainId: 31337 });
  expect((await ask(proxy, question(1, 'constructor'))).error).toBeTruthy();
});

test('replies to methods of its own, which the node never sees', async () => {
  await using proxy = await through({
    own: { own_told: async (params) => ({ had: params }) },
  });
  const { result } = await ask(proxy, question(1, 'own_told', 'x'));
  expect(result).toEqual({ had: ['x'] });
  expect((await ask(proxy, question(1, 'toString'))).error).toBeTruthy();
});

test('refuses what does not know its path, what a browser sends, and what is no call', async () => {
  await using proxy = await through();
  const { origin } = new URL(proxy.url);
  expect((await post(`${origin}/`, question(1, 'eth_chainId'))).status).toBe(404);
  expect((await post(`${proxy.url}x`, question(1, 'eth_chainId'))).status).toBe(404);
  expect((await fetch(proxy.url)).status).toBe(404);
  const browser = { origin: 'http://127.0.0.1:3000' };
  expect((await post(proxy.url, question(1, 'eth_chainId'), browser)).status).toBe(404);
  expect((await post(proxy.url, 'no JSON')).status).toBe(502);
  await using other = await through();
  expect(new URL(other.url).pathname).not.toBe(new URL(proxy.url).pathname);
});

test('says so when the node is gone, and ends with its scope', async () => {
  const gone = await startAnvil();
  const proxy = await through({ upstream: gone.url });
  await gone[Symbol.asyncDispose]();
  const response = await post(proxy.url, question(1, 'eth_sendTransaction', sent()));
  expect(response.status).toBe(502);
  expect(((await response.json()) as Answer).error?.message).toContain('ECONNREFUSED');
  await proxy[Symbol.asyncDispose]();
  await expect(post(proxy.url, question(1, 'eth_chainId'))).rejects.toThrow();
});

test('passes on what stands before a node as it is', async () => {
  await using busy = await serverOf(429, 'slow down');
  await using proxy = await through({ upstream: busy.url });
  const response = await post(proxy.url, question(1, 'eth_sendRawTransaction', '0x01'));
  expect([response.status, await response.text()]).toEqual([429, 'slow down']);
});

test('passes user and password on as a node wants them, and nothing of them to the tool', async () => {
  await using node = await serverOf(200, (headers) =>
    JSON.stringify({ jsonrpc: '2.0', id: 1, result: headers.authorization }),
  );
  await using proxy = await through({ upstream: node.url.replace('//', '//me:p%40ss@') });
  expect(proxy.url).not.toContain('me:');
  const { result } = await ask(proxy, question(1, 'web3_clientVersion'));
  expect(result).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`);
});

test('takes the largest creation, and refuses what is larger than any', async () => {
  await using node = await serverOf(200, ({ 'content-length': bytes }) =>
    JSON.stringify({ jsonrpc: '2.0', id: 1, result: Number(bytes) }),
  );
  await using proxy = await through({ upstream: node.url });
  const large = question(1, 'eth_estimateGas', { data: `0x${'5b'.repeat(4_000_000)}` });
  expect((await ask(proxy, large)).result).toBe(JSON.stringify(large).length);
  const tooLarge = post(proxy.url, question(1, 'web3_sha3', `0x${'5b'.repeat(34_000_000)}`));
  // The connection may be closed before all of it is sent.
  await tooLarge.then(
    ({ status }) => expect(status).toBe(413),
    (error: Error) => expect(error.message).toBe('fetch failed'),
  );
  expect((await post(proxy.url, question(1, 'eth_chainId'))).status).toBe(200);
});

async function serverOf(
  status: number,
  text: string | ((headers: http.IncomingHttpHeaders) => string),
) {
  const server = http.createServer((incoming, response) => {
    incoming.resume();
    const body = typeof text === 'string' ? text : text(incoming.headers);
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('a node that compresses whatever it says is understood, and passed on as it is read', async () => {
  const node = http.createServer((request, response) => {
    let body = '';
    request.on('data', (text) => {
      body += text;
    });
    request.on('end', () => {
      const { id, method } = JSON.parse(body);
      const result = method === 'eth_accounts' ? [SENDER] : '0x1';
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync(JSON.stringify({ jsonrpc: '2.0', id, result })));
    });
  });
  await new Promise<void>((resolve) => node.listen(0, '127.0.0.1', resolve));
  try {
    const upstream = `http://127.0.0.1:${(node.address() as AddressInfo).port}`;
    await using proxy = await through({ upstream });
    expect((await ask(proxy, question(1, 'eth_chainId'))).result).toBe('0x1');
    const { result } = await ask(proxy, question(2, 'eth_accounts'));
    expect(result).toEqual([OTHER.toLowerCase(), SENDER]);
  } finally {
    node.closeAllConnections();
    node.close();
  }
});
