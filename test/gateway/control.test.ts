import { once } from 'node:events';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type WebSocket from 'ws';
import { controlAddress, readToken } from '#main/gateway/control/address.ts';
import { GatewayClient, GatewayUnreachable, isLate } from '#main/gateway/control/client.ts';
import { isPortFree } from '#main/lib/ports.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { ServedNode, spawnGateway, TestGateway } from '#test/harness/gateway.ts';
import { ask, callText, nextMessage, openSocket } from '#test/harness/http-ask.ts';
import { freePort } from '#test/harness/ports.ts';

let served: ServedNode;

beforeAll(async () => {
  served = await ServedNode.start();
});
afterAll(() => served[Symbol.asyncDispose]());

const exitOf = async (child: ReturnType<typeof spawnGateway>) => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
};

function control(
  options: { token?: string; method?: string; path?: string; body?: string } = {},
): Promise<{ status: number; text: string }> {
  const { home } = served.gateway;
  const own = readToken(home) ?? '';
  const { token = own, method = 'GET', path: at = '/status', body } = options;
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` };
    const socketPath = controlAddress(home, own);
    http
      .request({ socketPath, method, path: at, headers, agent: false }, async (response) => {
        let text = '';
        for await (const piece of response) text += piece;
        resolve({ status: response.statusCode ?? 0, text });
      })
      .once('error', reject)
      .end(body);
  });
}

test.runIf(process.platform !== 'win32')(
  'its folder, socket and files are this user’s alone',
  async () => {
    const folder = path.join(served.gateway.home, 'gateway');
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const name of ['token', 'control.sock']) {
      expect((await stat(path.join(folder, name))).mode & 0o777, name).toBe(0o600);
    }
  },
);

test('whoever has no token learns nothing and changes nothing', async () => {
  for (const token of ['', 'x', 'A'.repeat(43)]) {
    expect(await control({ token })).toMatchObject({ status: 401 });
    expect(await control({ token, method: 'POST', path: '/stop' })).toMatchObject({ status: 401 });
  }
  expect((await control()).status).toBe(200);
});

test.each([
  ['PUT', '/chains/x', '{', 422],
  ['PUT', '/chains/x', '{}', 422],
  ['PUT', '/chains/x', '{"port":0,"backend":"http://127.0.0.1:1","chainId":1}', 422],
  ['PUT', '/chains/x', '{"port":70000,"backend":"http://127.0.0.1:1","chainId":1}', 422],
  ['PUT', '/chains/x', '{"port":1000,"backend":"file:///etc/passwd","chainId":1}', 422],
  ['PUT', '/chains/x', '{"port":1000,"backend":"http://a@b:1","chainId":1}', 422],
  [
    'PUT',
    '/chains/x',
    '{"port":1000,"backend":"http://127.0.0.1:1","chainId":1,"policy":{"origins":{"a":"maybe"}}}',
    422,
  ],
  ['PUT', '/chains/x', ' '.repeat(9_000_000), 413],
  ['PUT', '/chains/%ff', '{}', 422],
  ['PUT', '/chains', '{}', 404],
  ['POST', '/chains/none/reverting', '', 404],
  ['POST', '/chains/none/reverted', '{"back":true}', 404],
  ['POST', '/chains/local/reverted', '{"back":"yes"}', 422],
  ['GET', '/chains/none/journal', '', 404],
  ['GET', '/chains/local/journal?last=-1', '', 422],
  ['GET', '/events?after=x', '', 422],
  ['GET', '/', '', 404],
  ['GET', '//evil', '', 404],
  ['DELETE', '/chains/local/more/parts', '', 404],
])('%s %s %#: refused with a reason', async (method, at, body, status) => {
  const said = await control({ method, path: at, body });
  expect(said.status).toBe(status);
  expect(JSON.parse(said.text)).toMatchObject({
    code: expect.any(String),
    message: expect.any(String),
  });
  expect((await served.gateway.client.status()).chains).toHaveLength(1);
});

test('chains of any name are served and taken away', async () => {
  const { client } = served.gateway;
  const port = await freePort();
  for (const name of ['a b', '../x', 'ü/%2f', '__proto__', '.']) {
    const chain = await client.putChain(name, { port, backend: served.node.url, chainId: 31337 });
    expect(chain).toMatchObject({ chain: name, port, listening: true });
    await client.removeChain(name);
    await expect(ask(port, { body: callText('eth_chainId') })).rejects.toThrow();
  }
});

test('a chain that another core has put since it was seen is neither replaced nor taken away', async () => {
  const { client } = served.gateway;
  const settings = { port: await freePort(), backend: served.node.url, chainId: 31337 };
  const { revision: seen } = await client.putChain('other', settings);
  await client.removeChain('other');
  const { revision } = await client.putChain('other', settings);
  for (const late of [seen, 0]) {
    const elsewhere = { ...settings, port: await freePort() };
    await expect(client.putChain('other', elsewhere, late)).rejects.toSatisfy(isLate);
    await client.removeChain('other', late);
  }
  expect(await client.chain('other')).toMatchObject({ port: settings.port, revision });
  await client.removeChain('other', revision);
  expect(await client.chain('other')).toBeNull();
});

test('a chain moves to another port, and back', async () => {
  const port = await freePort();
  await served.put({ port });
  expect(JSON.parse((await ask(port, { body: callText('eth_chainId') })).text).result).toBe(
    '0x7a69',
  );
  await expect(ask(served.port, { body: callText('eth_chainId') })).rejects.toThrow();
  await served.put();
  expect(await served.call('eth_chainId')).toBe('0x7a69');
});

test('of gateways that start together for one data folder, exactly one stays', async () => {
  await using folder = await temporaryFolder();
  const all = Array.from({ length: 4 }, () => spawnGateway(folder.path));
  try {
    await vi.waitFor(() => expect(all.filter(({ exitCode }) => exitCode === 0)).toHaveLength(3));
    const { pid } = await new GatewayClient(folder.path).status();
    expect(all.find(({ exitCode }) => exitCode === null)?.pid).toBe(pid);
    expect(await exitOf(spawnGateway(folder.path))).toBe(0);
    await new GatewayClient(folder.path).stop();
    await vi.waitFor(() => expect(all.filter(({ exitCode }) => exitCode === 0)).toHaveLength(4));
  } finally {
    for (const child of all) child.kill('SIGKILL');
  }
});

test('after a kill, another one takes over, with the token of before', async () => {
  await using gateway = await TestGateway.start();
  const token = readToken(gateway.home);
  await gateway.restart();
  expect(readToken(gateway.home)).toBe(token);
});

test('told to stop, it ends, and its ports are free', async () => {
  await using gateway = await TestGateway.start();
  const port = await freePort();
  await gateway.client.putChain('local', { port, backend: served.node.url, chainId: 31337 });
  await gateway.client.stop();
  expect(await exitOf(gateway.process)).toBe(0);
  await expect(gateway.client.status()).rejects.toBeInstanceOf(GatewayUnreachable);
  await using after = await TestGateway.start();
  await after.client.putChain('local', { port, backend: served.node.url, chainId: 31337 });
});

test('whoever finds it gone finds its ports free', async () => {
  await using gateway = await TestGateway.start();
  const { client } = gateway;
  const ports = await Promise.all(Array.from({ length: 4 }, freePort));
  for (const port of ports) {
    await client.putChain(`chain ${port}`, { port, backend: served.node.url, chainId: 31337 });
  }
  await client.stop();
  await expect(client.status()).rejects.toMatchObject({ isSilent: false });
  expect(await Promise.all(ports.map(isPortFree))).toEqual(ports.map(() => true));
});

test('a chain is told of once all that was asked before is done', async () => {
  const { client } = served.gateway;
  const port = await freePort();
  const chain = { port, backend: served.node.url, chainId: 31337 };
  const put = client.putChain('other', chain);
  await vi.waitFor(async () => expect((await client.status()).chains).toHaveLength(2), {
    interval: 1,
  });
  expect(await client.chain('other')).toMatchObject({ chain: 'other', port, listening: true });
  await put;
  const removed = client.removeChain('other');
  await vi.waitFor(async () => expect((await client.status()).chains).toHaveLength(1), {
    interval: 1,
  });
  expect(await client.chain('other')).toBeNull();
  expect(await isPortFree(port)).toBe(true);
  await removed;
});

test('it ends by itself when its data folder is gone', async () => {
  const folder = await temporaryFolder();
  await using gateway = await TestGateway.start(folder.path);
  await rm(folder.path, { recursive: true });
  expect(await exitOf(gateway.process)).toBe(0);
});

test('a token that is damaged is made anew', async () => {
  await using folder = await temporaryFolder();
  await mkdir(path.join(folder.path, 'gateway'), { mode: 0o700 });
  await writeFile(path.join(folder.path, 'gateway', 'token'), 'short');
  await using gateway = await TestGateway.start(folder.path);
  expect(readToken(gateway.home)).toMatch(/^[\w-]{43}$/);
});

test.runIf(process.platform !== 'win32')(
  'a data folder with a long path has its socket elsewhere',
  async () => {
    await using folder = await temporaryFolder();
    const home = path.join(folder.path, 'x'.repeat(100));
    await mkdir(home);
    await using gateway = await TestGateway.start(home);
    const address = controlAddress(home, readToken(home) ?? '');
    expect(Buffer.byteLength(address)).toBeLessThanOrEqual(100);
    expect((await stat(path.dirname(address))).mode & 0o777).toBe(0o700);
    await gateway.client.stop();
    await exitOf(gateway.process);
    await rm(path.dirname(address), { recursive: true, force: true });
  },
);

test('events are kept for a core that comes later, and after an id only later ones', async () => {
  await ask(served.port, { headers: { origin: 'https://one.example' }, body: '{}' });
  await ask(served.port, { headers: { origin: 'https://two.example' }, body: '{}' });
  const heard = async (after: number, count: number) => {
    const stop = new AbortController();
    const found = [];
    for await (const event of served.gateway.client.events(after, stop.signal)) {
      found.push(event);
      if (found.length === count) break;
    }
    stop.abort();
    return found;
  };
  const [first, second] = await heard(0, 2);
  expect(second?.id).toBeGreaterThan(first?.id ?? 0);
  expect(await heard(first?.id ?? 0, 1)).toEqual([second]);
});

test('the journal tells calls, errors and slow ones, when it is on', async () => {
  const { client } = served.gateway;
  await served.call('eth_chainId');
  expect(await client.journal('local', 10)).toMatchObject({ on: false, calls: [], perSecond: [] });
  await served.put({ journal: true });
  const origin = 'http://localhost:3000';
  await ask(served.port, { headers: { origin }, body: callText('eth_nothing', ['0x1']) });
  await ask(served.port, {
    body: `[${callText('eth_chainId', [], 1)},${callText('eth_none', [], 2)}]`,
  });
  await ask(served.port, { body: callText('web3_sha3', [`0x${'ab'.repeat(5000)}`]) });
  await ask(served.port, { body: 'no json' });
  const page = await client.journal('local', 10);
  expect(page.calls).toMatchObject([
    { method: 'web3_sha3', error: null, origin: null },
    { method: 'eth_none', error: expect.any(String) },
    { method: 'eth_chainId', params: '[]', error: null },
    { method: 'eth_nothing', params: '["0x1"]', origin, error: expect.any(String) },
  ]);
  expect(page.calls[0]?.params.length).toBeLessThan(2100);
  expect(page.errors.map(({ method }) => method)).toEqual(['eth_none', 'eth_nothing']);
  expect(page.slow).toHaveLength(4);
  expect(page.perSecond.reduce((sum, { calls }) => sum + calls, 0)).toBe(4);
  expect((await client.journal('local', 1)).calls).toHaveLength(1);
  await served.put();
});

test('the journal has what a page was refused, over HTTP and WebSocket', async () => {
  const { client } = served.gateway;
  const origin = 'https://page.example.org';
  await served.put({ journal: true, policy: { origins: { [origin]: 'allow' } } });
  const before = await client.journal('local', 1000);
  const batch = `[${callText('eth_chainId', [], 1)},${callText('evm_mine', [1], 2)}]`;
  await ask(served.port, { headers: { origin }, body: batch });
  const socket = (await openSocket(served.port, { origin })) as WebSocket;
  const said = nextMessage(socket);
  socket.send(callText('anvil_reset'));
  await said;
  socket.close();
  const page = await client.journal('local', 1000);
  const noted = page.calls.slice(0, page.calls.length - before.calls.length);
  expect(noted).toMatchObject([
    { method: 'anvil_reset', origin, error: expect.stringContaining('may not call') },
    { method: 'evm_mine', params: '[1]', origin, error: expect.stringContaining('may not call') },
  ]);
  expect(page.errors.slice(0, 2)).toEqual(noted);
  await served.put();
});

test.runIf(process.platform !== 'win32')('a socket that somebody removed is put back', async () => {
  await using gateway = await TestGateway.start();
  const address = controlAddress(gateway.home, readToken(gateway.home) ?? '');
  await rm(address);
  await gateway.ready();
  expect((await gateway.client.status()).pid).toBe(gateway.pid);
});

test('a chain that has another id now is another chain', async () => {
  await served.put({ chainId: 5 });
  expect(await served.call('eth_chainId')).toBe('0x7a69');
  await served.put();
});
