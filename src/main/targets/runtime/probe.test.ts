import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type ProbeOptions, probe } from './probe.ts';

async function listening(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

const options = (port: number, more: Partial<ProbeOptions> = {}): ProbeOptions => ({
  port,
  path: '/',
  accepts: (status) => status < 500,
  state: async () => 'running',
  timeoutMs: 30_000,
  ...more,
});

test('waits until it responds as it should, and asks for the path', async () => {
  const asked: string[] = [];
  const port = await listening(
    http.createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.statusCode = asked.length < 3 ? 503 : 204;
      response.end();
    }),
  );
  expect(await probe(options(port, { path: '/healthz' }))).toEqual({ ok: true, status: 204 });
  expect(asked).toEqual(['GET /healthz', 'GET /healthz', 'GET /healthz']);
});

test('does not wait for the end of what it is sent', async () => {
  const port = await listening(
    http.createServer((_, response) => {
      response.write('an endless ');
    }),
  );
  expect(await probe(options(port))).toEqual({ ok: true, status: 200 });
});

test('ends with its container', async () => {
  const states = ['running', 'exited'] as const;
  let n = 0;
  const port = await listening(net.createServer((socket) => socket.destroy()));
  const state = async () => states[n++] ?? null;
  expect(await probe(options(port, { state }))).toEqual({ ok: false, why: 'ended' });
  expect(n).toBe(2);
});

test.each([
  [
    'closes every connection',
    (socket: net.Socket) => void socket.destroy(),
    { status: null, problem: 'the connection was closed without a response' },
  ],
  [
    'speaks something else',
    (socket: net.Socket) => void socket.end('220 mail ready\r\n'),
    { status: null, problem: 'what responds there is not HTTP' },
  ],
  ['says nothing', () => undefined, { status: null, problem: 'no response in time' }],
  [
    'fails',
    (socket: net.Socket) => void socket.end('HTTP/1.1 500 Oh\r\ncontent-length: 0\r\n\r\n'),
    { status: 500, problem: null },
  ],
])('says what it last saw of one that %s', async (_, behave, last) => {
  const port = await listening(net.createServer(behave));
  expect(await probe(options(port, { timeoutMs: 3000 }))).toEqual({
    ok: false,
    why: 'late',
    ...last,
  });
});

test('ends when it is told to, also while a request is open', async () => {
  const stop = new AbortController();
  const port = await listening(
    net.createServer(() => {
      stop.abort();
    }),
  );
  expect(await probe(options(port, { signal: stop.signal }))).toEqual({
    ok: false,
    why: 'aborted',
  });
});
