import net from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { openDb } from '#main/db/open.ts';
import { portsService } from '#main/features/ports/service.ts';
import { portsStore } from '#main/features/ports/store.ts';
import { Processes, processes } from '#main/lib/processes/processes.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { freePort } from '#test/harness/ports.ts';

const cleanups: (() => PromiseLike<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const self = await processes.own();
const dead = { pid: process.pid, startedAt: 'earlier' };
const first = await freePort();

async function newHome(): Promise<string> {
  const folder = await temporaryFolder();
  cleanups.push(() => folder[Symbol.asyncDispose]());
  return folder.path;
}

function core(home: string, options: { self?: typeof self; gone?: string[] } = {}) {
  const db = openDb(home);
  cleanups.push(() => void db.close());
  const store = portsStore(db);
  const ports = portsService({
    store,
    self: options.self ?? self,
    isAlive: processes.isAlive,
    isGone: processes.isGone,
    exists: (owner) => !options.gone?.includes(owner),
  });
  return { ports, store };
}

async function listen(port: number): Promise<net.Server> {
  const server = net.createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1' }, () => resolve());
  });
  cleanups.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return server;
}

test('forty asked for at once in two cores are forty ports', async () => {
  const home = await newHome();
  const cores = [core(home).ports, core(home).ports];
  const found = await Promise.all(
    Array.from({ length: 40 }, (_, i) => cores[i % 2]?.find(`chain ${i}`, first)),
  );
  expect(new Set(found).size).toBe(40);
  expect(Math.min(...(found as number[]))).toBeGreaterThanOrEqual(first);
});

test('one that asks again gets the same, and one that is listened on is passed over', async () => {
  const { ports, store } = core(await newHome());
  const a = await ports.find('chain a', first);
  expect(await ports.find('chain a', first)).toBe(a);
  const busy = await ports.suggest('chain b', a);
  expect(busy).toBeGreaterThan(a);
  await listen(busy);
  expect(await ports.find('chain b', busy)).toBeGreaterThan(busy);
  expect(store.all().map((row) => row.owner)).toEqual(['chain a', 'chain b']);
});

test('a certain port is refused while a process listens there, or another is about to', async () => {
  const home = await newHome();
  const [one, two] = [core(home).ports, core(home).ports];
  const port = await one.suggest('chain a', first);
  expect(await one.take('chain a', port)).toBeNull();
  expect(await two.take('chain b', port)).toEqual({ owner: 'chain a' });
  const server = await listen(port);
  one.settle('chain a');
  expect(await two.take('chain b', port)).toEqual({ owner: null });
  await new Promise((resolve) => server.close(resolve));
  // Kept for a chain that is stopped: whoever names it may have it, whoever doesn't may not.
  expect(await two.find('chain c', port)).toBeGreaterThan(port);
  expect(await two.take('chain b', port)).toBeNull();
});

test('what a killed core was about to use can be taken', async () => {
  const home = await newHome();
  const killed = core(home, { self: dead }).ports;
  const port = await killed.find('chain a', first);
  expect(await core(home).ports.take('chain b', port)).toBeNull();
});

test('ports are released with their owner', async () => {
  const home = await newHome();
  const { ports } = core(home);
  const a = await ports.find('chain a', first);
  const b = await ports.find('chain b', a);
  ports.release('chain a');
  expect(await ports.find('chain c', a)).toBe(a);
  // Its network was removed.
  const later = core(home, { gone: ['chain b'] });
  expect(await later.ports.find('chain d', b)).toBe(b);
  expect(later.store.all().map((row) => row.owner)).toEqual(['chain c', 'chain d']);
});

test('an owner has one port: another one sets the first free', async () => {
  const { ports, store } = core(await newHome());
  const a = await ports.find('chain a', first);
  const b = await ports.suggest('chain a', a + 1);
  expect(await ports.take('chain a', b)).toBeNull();
  expect(store.all()).toEqual([{ port: b, owner: 'chain a', process: self }]);
});

test('a core that takes a port while another one looks whether its holder is gone keeps it', async () => {
  const home = await newHome();
  const { store } = core(home);
  const living = { pid: process.ppid, startedAt: 'living' };
  const startTime = async (pid: number) => {
    if (pid === living.pid) return living.startedAt;
    // The holder has ended; another core is quicker.
    store.claim(first, 'chain b', living, () => false);
    return undefined;
  };
  store.claim(first, 'chain a', { pid: 2 ** 22 + 1, startedAt: 'gone' }, () => false);
  const { isAlive, isGone } = new Processes(startTime);
  const ports = portsService({ store, self, isAlive, isGone, exists: () => true });
  expect(await ports.take('chain c', first)).toEqual({ owner: 'chain b' });
  store.settle('chain b');
  expect(await ports.take('chain c', first)).toBeNull();
});
