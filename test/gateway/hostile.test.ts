import { once } from 'node:events';
import net from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type WebSocket from 'ws';
import { ServedNode } from '#test/harness/gateway.ts';
import { ask, callText, nextMessage, openSocket } from '#test/harness/http-ask.ts';

const MB = 1024 * 1024;
const ALLOWED = 'https://app.example.org';
const page = { origin: ALLOWED };

let served: ServedNode;

beforeAll(async () => {
  served = await ServedNode.start();
  await served.put({ policy: { origins: { [ALLOWED]: 'allow' } }, journal: true });
});
afterAll(() => served[Symbol.asyncDispose]());

/** The same process as before still serves the chain. */
const isServed = async () => {
  expect(await served.call('eth_chainId')).toBe('0x7a69');
  expect((await served.gateway.client.status()).pid).toBe(served.gateway.pid);
};

const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
const bodies = {
  parameters: `{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":${deep}}`,
  'an id': `{"jsonrpc":"2.0","id":${deep},"method":"eth_chainId","params":[]}`,
  'the id of what is refused': `{"jsonrpc":"2.0","id":${deep},"method":"evm_mine"}`,
  'a transaction': `{"jsonrpc":"2.0","id":${deep},"method":"eth_sendRawTransaction","params":${deep}}`,
  nothing: deep,
};

test.each(Object.entries(bodies))(
  '%s a hundred thousand levels deep ends no gateway',
  async (_, body) => {
    for (const headers of [page, {}]) {
      expect((await ask(served.port, { headers, body })).status).toBeLessThan(500);
      const socket = (await openSocket(served.port, headers)) as WebSocket;
      const said = Promise.race([nextMessage(socket), once(socket, 'close')]);
      socket.send(body);
      await said;
      socket.terminate();
    }
    await isServed();
  },
);

test('a batch of a hundred thousand calls is answered, or refused as a whole', async () => {
  const one = callText('eth_chainId');
  const many = Array<string>(100_000).fill(one);
  const said = await ask(served.port, { headers: page, body: `[${many}]` });
  expect(JSON.parse(said.text)).toHaveLength(many.length);
  const bad = await ask(served.port, { headers: page, body: `[${many},${callText('evm_mine')}]` });
  expect(bad.status).toBe(403);
  expect(await served.node.call('eth_blockNumber')).toBe('0x0');
  await isServed();
});

test('five hundred programs that never end their request hold up nobody', async () => {
  const heads = [
    'POST / HTTP/1.1\r\nHost: localhost\r\nX: ',
    'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n{',
    'POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n',
    'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n',
  ];
  const sockets = await Promise.all(
    Array.from({ length: 500 }, async (_, at) => {
      const socket = net.connect(served.port, '127.0.0.1').on('error', () => undefined);
      await once(socket, 'connect');
      socket.write(heads[at % heads.length] as string);
      return socket;
    }),
  );
  await isServed();
  for (const socket of sockets) socket.destroy();
  await vi.waitFor(async () =>
    expect((await served.gateway.client.status()).chains).toMatchObject([{ inFlight: 0 }]),
  );
  await isServed();
});

test('a message of 100 MB over WebSocket is refused before it is read to its end', async () => {
  for (const headers of [page, {}]) {
    const socket = (await openSocket(served.port, headers)) as WebSocket;
    const closed = once(socket, 'close');
    socket.on('error', () => undefined);
    socket.send(Buffer.alloc(100 * MB, 'x'));
    expect((await closed)[0]).toBe(1009);
  }
  const pieces = (await openSocket(served.port, page)) as WebSocket;
  const closed = once(pieces, 'close');
  pieces.on('error', () => undefined);
  for (let at = 0; at < 10; at++) pieces.send(Buffer.alloc(10 * MB, 'x'), { fin: false });
  expect((await closed)[0]).toBe(1009);
  await isServed();
});
