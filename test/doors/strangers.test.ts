import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { aHost, ask, bearer } from './with-host.ts';

/** Connections as a program makes them that never says what it wants, or never goes away. */
async function strangers(port: number, count: number, say = '') {
  const sockets: Socket[] = [];
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  for (let i = 0; i < count; i++) {
    // Its own end stays open whatever the host does.
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => undefined).resume();
    sockets.push(socket);
    await once(socket, 'connect');
    if (say) socket.write(say);
  }
  return sockets;
}

const open = (sockets: Socket[]) => sockets.filter((socket) => !socket.readableEnded).length;

test.each([
  ['say nothing', ''],
  ['never end their headers', 'GET /api/info HTTP/1.1\r\nhost: x\r\n'],
])(
  'hundreds of connections that %s are held down, and the token gets in meanwhile',
  async (_, say) => {
    const host = await aHost({ limits: { strangers: 20 } });
    const sockets = await strangers(host.port, 400, say);
    expect((await ask(host, '/api/info', { headers: bearer(host) })).status).toBe(200);
    await vi.waitFor(() => expect(open(sockets)).toBeLessThanOrEqual(20));
  },
);

test('a connection that says nothing is cut after a while, also below the limit', async () => {
  const host = await aHost();
  const sockets = await strangers(host.port, 3);
  await vi.waitFor(() => expect(open(sockets)).toBe(0), { timeout: 30_000, interval: 200 });
});

test('an upgrade without the token holds no connection, even if its sender never lets go', async () => {
  const host = await aHost();
  const request = [
    'GET /rpc HTTP/1.1',
    `host: 127.0.0.1:${host.port}`,
    'connection: Upgrade',
    'upgrade: websocket',
    'sec-websocket-version: 13',
    'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==',
    '',
    '',
  ].join('\r\n');
  const sockets = await strangers(host.port, 5, request);
  await vi.waitFor(() => {
    // What is written to a connection that the other side has let go of is answered with a reset.
    for (const socket of sockets) if (!socket.closed) socket.write('x');
    expect(sockets.filter((socket) => !socket.closed)).toEqual([]);
  });
});

test('what has shown the token is never cut for a stranger', async () => {
  const host = await aHost({ limits: { strangers: 3 } });
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, { headers: bearer(host) });
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  await strangers(host.port, 50);
  socket.ping();
  await once(socket, 'pong');
  expect(socket.readyState).toBe(WebSocket.OPEN);
});
