import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '#main/doors/host/listen.ts';
import { startHost } from '#main/doors/host/start-host.ts';
import { aCore, aHost, ask, bearer } from './with-host.ts';

const usualPort = 8741;

test('takes the usual port, or another when it is taken', async () => {
  const [first, second] = [createHttpServer(), createHttpServer()];
  onTestFinished(() => {
    first.close();
    second.close();
  });
  // Another program on this machine may hold the usual port already.
  const firstPort = await listen(first, undefined);
  const secondPort = await listen(second, undefined);
  expect(secondPort).not.toBe(usualPort);
  expect(secondPort).not.toBe(firstPort);
});

test('a port that was asked for and is taken is an error, and leaves nothing behind', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void holder.close());
  const address = holder.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const core = await aCore();
  await expect(startHost(core, { port })).rejects.toMatchObject({
    code: 'PORT_TAKEN',
    message: expect.stringContaining(
      `Port ${port} on 127.0.0.1 is taken by process ${process.pid}`,
    ),
  });
});

test('two hosts run side by side', async () => {
  const [a, b] = [await aHost(), await aHost()];
  expect(a.port).not.toBe(b.port);
  expect((await ask(a, '/api/info', { headers: bearer(a) })).status).toBe(200);
  expect((await ask(b, '/api/info', { headers: bearer(b) })).status).toBe(200);
  expect((await ask(a, '/api/info', { headers: bearer(b) })).status).toBe(401);
});
