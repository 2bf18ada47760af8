import { once } from 'node:events';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { implement, lazy, unlazy } from '@orpc/server';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { App } from '#main/app.ts';
import type { contract } from '#main/contract.ts';
import { app as appContract, type Change } from '#main/features/app/contract.ts';
import { declaredErrors } from '#main/lib/declared-errors.ts';
import { aCore, aHost, bearer } from './with-host.ts';

type Client = ContractRouterClient<typeof contract>;

interface Options {
  autoPong?: boolean;
}

async function connect(host: Awaited<ReturnType<typeof aHost>>, options: Options = {}) {
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, {
    headers: bearer(host),
    ...options,
  });
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  const client: Client = createORPCClient(
    new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }),
  );
  return { socket, client };
}

/** A core whose stream of changes never ends by itself, and that counts what it does. */
async function aCoreThatStreams(batch: Change[], pauseMs: number) {
  const core = await aCore();
  const seen = { sent: 0, ended: false };
  const os = implement(appContract.changes).$context<App['context']>().use(declaredErrors);
  const changes = os.handler(async function* () {
    try {
      for (;;) {
        seen.sent += 1;
        yield batch;
        if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    } finally {
      seen.ended = true;
    }
  });
  const { default: own } = await unlazy(core.router.app);
  const lazyApp = lazy(async () => ({ default: { ...own, changes } }));
  const app: App = { ...core, router: { ...core.router, app: lazyApp } };
  return { app, seen };
}

const small: Change[] = [{ topic: 'chains' }];
const large: Change[] = Array.from({ length: 2000 }, (_, key) => ({ topic: 'deployments', key }));

test('answers calls, with typed errors', async () => {
  const { client } = await connect(await aHost());
  expect(await client.app.info()).toMatchObject({ pid: process.pid, canPickFolder: false });
  await expect(client.deployments.get({ id: 999 })).rejects.toMatchObject({
    defined: true,
    code: 'DEPLOYMENT_NOT_FOUND',
    status: 404,
  });
});

test('streams changes as they happen', async () => {
  const { client } = await connect(await aHost());
  const changes = await client.app.changes();
  const topics: string[] = [];
  for await (const batch of changes) {
    if (topics.length === 0) void client.settings.set({ theme: 'light' });
    topics.push(...batch.map((change) => change.topic), '.');
    if (topics.includes('settings')) break;
  }
  expect(topics).toContain('settings');
});

test('a stream ends when its reader stops', async () => {
  const { app, seen } = await aCoreThatStreams(small, 5);
  const { client } = await connect(await aHost({}, app));
  for await (const _ of await client.app.changes()) break;
  await vi.waitFor(() => expect(seen.ended).toBe(true));
});

test('a stream ends when its socket is cut', async () => {
  const { app, seen } = await aCoreThatStreams(small, 5);
  const { client, socket } = await connect(await aHost({}, app));
  await (await client.app.changes()).next();
  socket.terminate();
  await vi.waitFor(() => expect(seen.ended).toBe(true));
});

test('a socket that answers no ping is dropped, and its streams end', async () => {
  const { app, seen } = await aCoreThatStreams(small, 5);
  const { client, socket } = await connect(await aHost({ heartbeat: 50 }, app), {
    autoPong: false,
  });
  const closed = once(socket, 'close');
  await (await client.app.changes()).next();
  await closed;
  await vi.waitFor(() => expect(seen.ended).toBe(true));
});

test('a socket that answers stays open', async () => {
  const { client, socket } = await connect(await aHost({ heartbeat: 20 }));
  let pings = 0;
  socket.on('ping', () => {
    pings += 1;
  });
  await vi.waitFor(() => expect(pings).toBeGreaterThan(5));
  expect(await client.app.info()).toMatchObject({ pid: process.pid });
});

test('a consumer that does not read is not sent more and more', async () => {
  const { app, seen } = await aCoreThatStreams(large, 0);
  const { client, socket } = await connect(await aHost({}, app));
  const stream = await client.app.changes();
  await stream.next();
  socket.pause();
  let before = -1;
  await vi.waitFor(
    () => {
      const still = seen.sent === before;
      before = seen.sent;
      expect(still).toBe(true);
    },
    { timeout: 20_000, interval: 300 },
  );
  // What lies in the buffers of the network: some megabytes at most, of 70 KB each.
  expect(seen.sent).toBeLessThan(1000);
  socket.resume();
  await vi.waitFor(() => expect(seen.sent).toBeGreaterThan(before));
});

test('a message that is too big closes the socket', async () => {
  const { socket } = await connect(await aHost());
  const closed = once(socket, 'close');
  socket.send('x'.repeat(2 * 1024 * 1024 + 1));
  expect((await closed)[0]).toBe(1009);
});

test('nonsense does not bring the host down', async () => {
  // oRPC writes what it can't read to the console.
  const complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  onTestFinished(() => complaints.mockRestore());
  const host = await aHost();
  const { socket } = await connect(host);
  for (const message of [
    '',
    '{',
    'null',
    '[]',
    '{"i":1}',
    '{"i":"1","t":9,"p":{"u":"/app/info"}}',
  ]) {
    socket.send(message);
  }
  socket.send(Buffer.from([0xff, 0, 1, 2]));
  const { client } = await connect(host);
  expect(await client.app.info()).toMatchObject({ pid: process.pid });
});

test('closing the host ends its sockets and streams', async () => {
  const { app, seen } = await aCoreThatStreams(small, 5);
  const host = await aHost({}, app);
  const { client, socket } = await connect(host);
  await (await client.app.changes()).next();
  const closed = once(socket, 'close');
  await host.close();
  await closed;
  await vi.waitFor(() => expect(seen.ended).toBe(true));
});

test('one socket has so many streams and no more; each that ends, fails or is let go of makes room', async () => {
  const { app, seen } = await aCoreThatStreams(small, 5);
  const host = await aHost({ limits: { streams: 3 } }, app);
  const { client, socket } = await connect(host);
  const refused = { code: 'TOO_MANY_STREAMS', status: 429, defined: true };
  const open = async () => {
    const stream = await client.app.changes();
    await stream.next();
    return stream;
  };
  const streams = [await open(), await open(), await open()];
  await expect(open()).rejects.toMatchObject(refused);
  expect(await client.app.info()).toMatchObject({ pid: process.pid });

  // Another connection has its own.
  const other = await connect(host);
  await (await other.client.app.changes()).next();

  await streams.pop()?.return();
  await vi.waitFor(async () => streams.push(await open()));
  await expect(open()).rejects.toMatchObject(refused);

  // One that fails: of a deployment that isn't there.
  await streams.pop()?.return();
  const failing = () =>
    expect(
      client.deployments.watch({ id: 999 }).then((stream) => stream.next()),
    ).rejects.toMatchObject({ code: 'DEPLOYMENT_NOT_FOUND' });
  await vi.waitFor(failing);
  for (let i = 0; i < 10; i++) await failing();
  await vi.waitFor(async () => streams.push(await open()));
  seen.ended = false;
  socket.terminate();
  await vi.waitFor(() => expect(seen.ended).toBe(true));
});

test('a thousand streams at once are refused beyond the limit, and the host serves on', async () => {
  const { app, seen } = await aCoreThatStreams(small, 1000);
  const { client } = await connect(await aHost({}, app));
  const asked = Array.from({ length: 1000 }, async () => (await client.app.changes()).next());
  const outcomes = await Promise.allSettled(asked);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(256);
  expect(seen.sent).toBeLessThanOrEqual(256);
  expect(await client.app.info()).toMatchObject({ pid: process.pid });
});
