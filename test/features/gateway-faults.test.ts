import { once } from 'node:events';
import net from 'node:net';
import { createRouterClient } from '@orpc/server';
import { afterEach, expect, test, vi } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { gatewaysOf } from '#test/harness/gateway-processes.ts';

const cleanups: (() => PromiseLike<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

const clientOf = ({ app }: TestApp) => createRouterClient(app.router, { context: app.context });
const chain = 'local';
const other = 'other';

async function open(home: string, follow = true) {
  const core = await openTestApp({ home, follow });
  cleanups.push(() => core[Symbol.asyncDispose]());
  return { core, client: clientOf(core) };
}

async function dataFolder(): Promise<string> {
  const folder = await temporaryFolder();
  cleanups.push(() => folder[Symbol.asyncDispose]());
  return folder.path;
}

async function startedBoth(client: ReturnType<typeof clientOf>) {
  await client.networks.save({ name: other, kind: 'local' });
  const [one, two] = [
    await client.chains.start({ chain }),
    await client.chains.start({ chain: other }),
  ];
  cleanups.push(async () => {
    for (const name of [chain, other]) await client.chains.stop({ chain: name }).catch(() => null);
  });
  return { one, two };
}

const isReached = async (url: string | null) =>
  expect(await rpc(url as string)('eth_chainId')).toMatch(/^0x/);

test('a port that a stranger has is said so, others are served, and it is back once it is free', async () => {
  const home = await dataFolder();
  const first = await openTestApp({ home });
  const { one, two } = await startedBoth(clientOf(first));
  await first.app.close();
  for (const pid of gatewaysOf(home)) process.kill(pid, 'SIGKILL');
  const stranger = net.createServer((socket) => socket.destroy());
  await vi.waitFor(async () => {
    const listening = once(stranger, 'listening');
    stranger.listen({ port: one.port as number, host: '127.0.0.1', exclusive: true });
    await listening;
  });
  cleanups.push(async () => void stranger.close());

  const { client } = await open(home);
  await vi.waitFor(() => isReached(two.rpcUrl));
  await vi.waitFor(async () => {
    const { note } = await client.chains.get({ chain });
    expect(note).toMatch(/Port \d+ is taken by .+Free the port, .+--port/);
  });
  const { checks } = await client.doctor.run();
  expect(checks.find(({ id }) => id === 'gateway')).toMatchObject({ status: 'error' });
  expect((await client.chains.get({ chain: other })).note).toBeNull();

  stranger.close();
  await vi.waitFor(() => isReached(one.rpcUrl));
  await vi.waitFor(async () => expect((await client.chains.get({ chain })).note).toBeNull());
});

test('a gateway that is frozen is ended, said so, and another one serves the same chains', async () => {
  const home = await dataFolder();
  const { client } = await open(home);
  const { one, two } = await startedBoth(client);
  const [pid = 0] = gatewaysOf(home);
  process.kill(pid, 'SIGSTOP');
  await vi.waitFor(() => isReached(one.rpcUrl), 60_000);
  await vi.waitFor(() => isReached(two.rpcUrl));
  expect(gatewaysOf(home)).not.toContain(pid);
  await vi.waitFor(async () =>
    expect(await client.events.list({ types: ['gateway.replaced'] })).toHaveLength(1),
  );
});

test('so is one that was frozen before the core started', async () => {
  const home = await dataFolder();
  const first = await openTestApp({ home });
  const { one } = await startedBoth(clientOf(first));
  await first.app.close();
  const [pid = 0] = gatewaysOf(home);
  process.kill(pid, 'SIGSTOP');
  await open(home);
  await vi.waitFor(() => isReached(one.rpcUrl), 60_000);
  expect(gatewaysOf(home)).not.toContain(pid);
});

test('two cores that start at once on a new data folder have one chain and one gateway', async () => {
  const home = await dataFolder();
  const [a, b] = await Promise.all([open(home), open(home)]);
  const started = await Promise.allSettled([
    a.client.chains.start({ chain }),
    b.client.chains.start({ chain }),
  ]);
  cleanups.push(() => a.client.chains.stop({ chain }));
  expect(started.map(({ status }) => status)).toContain('fulfilled');
  const seen = await Promise.all([a, b].map(({ client }) => client.chains.get({ chain })));
  expect(seen[0]).toMatchObject({ status: 'running', behindGateway: true, note: null });
  expect(seen[1]).toMatchObject({ pid: seen[0]?.pid, port: seen[0]?.port, note: null });
  await isReached(seen[0]?.rpcUrl ?? null);
  // One that found another one is about to end.
  await vi.waitFor(() => expect(gatewaysOf(home)).toHaveLength(1));
  const [pid = 0] = gatewaysOf(home);

  process.kill(pid, 'SIGKILL');
  await vi.waitFor(() => isReached(seen[0]?.rpcUrl ?? null));
  await vi.waitFor(() => expect(gatewaysOf(home)).toHaveLength(1));
});
