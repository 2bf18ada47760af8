import { ORPCError } from '@orpc/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import type { JournalEvent } from '#main/shared/run.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, doorNames, openDoor } from '#test/harness/doors.ts';
import { copyFixture, type Fixture } from '#test/harness/fixture.ts';
import { freePort } from '#test/harness/ports.ts';

let core: TestApp;
let project: Fixture;
let clients: { [name: string]: Client };
const closing: AsyncDisposable[] = [];

beforeAll(async () => {
  core = await openTestApp();
  project = await copyFixture('token-vault', { git: true, compiled: true });
  const opened = await Promise.all(doorNames.map((name) => openDoor(name, core.app)));
  closing.push(...opened);
  clients = Object.fromEntries(doorNames.map((name, i) => [name, opened[i]?.client as Client]));
});

afterAll(async () => {
  for (const door of closing) await door[Symbol.asyncDispose]();
  await core?.[Symbol.asyncDispose]();
  await project?.[Symbol.asyncDispose]();
});

const clientOf = (door: string): Client => clients[door] as Client;

/** A network of this test's own, on a port that nobody uses. */
async function ownNetwork(client: Client, name: string): Promise<string> {
  const port = await freePort();
  await client.networks.save({ name, kind: 'local', port });
  return name;
}

async function errorOf(call: Promise<unknown>): Promise<ORPCError<string, unknown>> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ORPCError);
  return error as ORPCError<string, unknown>;
}

async function all(stream: AsyncIterable<JournalEvent[]>): Promise<JournalEvent[]> {
  const events: JournalEvent[] = [];
  for await (const batch of stream) events.push(...batch);
  return events;
}

const seqs = (events: readonly JournalEvent[]) => events.map((event) => event.seq);
const upTo = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

describe.each(doorNames)('through the door %s', (door) => {
  const own = door.replace(' ', '-');

  test('a project is added, found by id, name and path, listed, and removed', async () => {
    const client = clientOf(door);
    const added = await client.projects.add({ path: project.folder, name: own });
    expect(added).toMatchObject({ name: own, path: project.folder, kind: 'foundry' });
    for (const ref of [added.id, own, project.folder]) {
      expect(await client.projects.get({ project: ref })).toEqual(added);
    }
    expect(await client.projects.list()).toEqual([added]);
    const { entries } = await client.projects.choices({ project: own });
    expect(entries[0]).toMatchObject({ group: 'script/Deploy.s.sol', isDefault: true });
    expect(await client.projects.git({ project: own })).toMatchObject({ branch: 'main', dirty: 0 });
    expect(await client.projects.remove({ project: added.id })).toEqual(added);
    expect(await client.projects.list()).toEqual([]);
  });

  test('a network is saved, tested and removed', async () => {
    const client = clientOf(door);
    const url = 'http://user:password@127.0.0.1:9/';
    const saved = await client.networks.save({ name: own, kind: 'remote', url, chainId: 5 });
    expect(saved).toMatchObject({ name: own, kind: 'remote', chainId: 5, source: 'user' });
    expect(saved.url).not.toContain('password');
    expect(await client.networks.get({ name: own })).toEqual(saved);
    expect(await client.networks.list()).toContainEqual(saved);
    expect(await client.networks.test({ name: own })).toMatchObject({ ok: false, chainId: null });
    expect(await client.networks.remove({ name: own })).toEqual(saved);
    expect((await errorOf(client.networks.get({ name: own }))).code).toBe('NETWORK_NOT_FOUND');
  });

  test('a chain is started, watched, taken back and stopped', async () => {
    const client = clientOf(door);
    const chain = await ownNetwork(client, `${own}-chain`);
    const started = await client.chains.start({ chain });
    expect(started).toMatchObject({ name: chain, status: 'running', chainId: 31337 });
    const call = rpc(started.rpcUrl as string);
    expect(await call('eth_chainId')).toBe('0x7a69');

    const watching = await client.chains.watch({ chain });
    expect((await watching.next()).value).toMatchObject({ status: 'running', blockNumber: 0 });
    const snapshot = await client.chains.snapshot({ chain, name: 'start' });
    await client.chains.mine({ chain, blocks: 3 });
    for (let block: number | null = 0; block !== 3; ) {
      const { value, done } = await watching.next();
      expect(done).not.toBe(true);
      block = (value as { blockNumber: number | null }).blockNumber;
    }
    await watching.return?.();

    const reverted = await client.chains.revert({ chain, snapshot: 'start' });
    expect(reverted).toMatchObject({ how: 'live', snapshot: { id: snapshot.id, current: true } });
    expect(await call('eth_blockNumber')).toBe('0x0');
    const names = (await client.chains.snapshots({ chain })).map((s) => s.name);
    expect(names).toEqual(['start', reverted.leftBehind?.name]);
    expect(await client.chains.stop({ chain })).toMatchObject({ status: 'stopped', pid: null });
  });

  test('settings are read and changed one by one', async () => {
    const client = clientOf(door);
    const before = await client.settings.get();
    const changes = await client.app.changes();
    expect((await changes.next()).value).toEqual([]);
    const theme = before.theme === 'dark' ? 'light' : 'dark';
    expect(await client.settings.set({ theme })).toEqual({ ...before, theme });
    expect((await changes.next()).value).toContainEqual(
      expect.objectContaining({ topic: 'settings' }),
    );
    await changes.return?.();
    expect(await client.settings.get()).toEqual({ ...before, theme });
  });

  test('a stream that is given up ends, and the door stays open', async () => {
    const client = clientOf(door);
    const abort = new AbortController();
    const changes = await client.app.changes(undefined, { signal: abort.signal });
    expect((await changes.next()).value).toEqual([]);
    const waiting = changes.next().then(
      ({ done }) => done === true,
      () => true,
    );
    abort.abort();
    expect(await waiting).toBe(true);
    expect(await client.app.info()).toMatchObject({ pid: process.pid });
  });
});

test('a journal reads the same through every door: live, whole, from a place, and in pieces', async () => {
  const first = clientOf('in-process');
  const network = await ownNetwork(first, 'journal');
  const added = await first.projects.add({ path: project.folder });
  const { id } = await first.deployments.start({ project: added.id, target: network });
  const live = await Promise.all(
    doorNames.map(async (door) => all(await clientOf(door).deployments.watch({ id }))),
  );
  const [whole = []] = live;
  const last = whole.at(-1);
  expect(last).toMatchObject({ type: 'status', status: 'succeeded' });
  const end = last?.seq as number;
  expect(seqs(whole)).toEqual(upTo(1, end));

  for (const [i, door] of doorNames.entries()) {
    const { deployments } = clientOf(door);
    expect(live[i], `live through ${door}`).toEqual(whole);
    expect(await all(await deployments.watch({ id })), `again through ${door}`).toEqual(whole);
    const rest = await all(await deployments.watch({ id, after: end - 4 }));
    expect(seqs(rest), `the end through ${door}`).toEqual(upTo(end - 3, end));
    const piece = await all(await deployments.watch({ id, limit: 7 }));
    expect(seqs(piece), `a piece through ${door}`).toEqual(upTo(1, 7));
    expect(await all(await deployments.watch({ id, after: end })), `nothing new`).toEqual([]);
    expect(await deployments.logs({ id, after: 7, limit: 9 })).toEqual(whole.slice(7, 16));
    expect(await deployments.get({ id })).toMatchObject({ status: 'succeeded', lastSeq: end });
  }
  await first.chains.stop({ chain: network });
});

describe('an error is the same through every door', () => {
  const cases: {
    name: string;
    call: (client: Client) => Promise<unknown>;
    expected: { code: string; status: number; data: object };
  }[] = [
    {
      name: 'a project that is not there',
      call: (client) => client.projects.get({ project: 'nowhere' }),
      expected: {
        code: 'PROJECT_NOT_FOUND',
        status: 404,
        data: {
          field: 'project',
          fix: { label: 'Show the projects', command: 'drydock project list' },
        },
      },
    },
    {
      name: 'a folder that is no project',
      call: (client) => client.projects.add({ path: core.home }),
      expected: { code: 'NOT_A_PROJECT', status: 422, data: { field: 'path' } },
    },
    {
      name: 'a chain that does not run',
      call: (client) => client.chains.mine({ chain: 'local', blocks: 1 }),
      expected: {
        code: 'CHAIN_NOT_RUNNING',
        status: 409,
        data: {
          fix: {
            label: 'Start local',
            command: 'drydock chain start local',
            call: { procedure: 'chains.start', input: { chain: 'local' } },
          },
        },
      },
    },
    {
      name: 'a shipped network that is to be removed',
      call: (client) => client.networks.remove({ name: 'local' }),
      expected: { code: 'NETWORK_READ_ONLY', status: 409, data: {} },
    },
    {
      name: 'a stream of a deployment that is not there',
      call: (client) => client.deployments.watch({ id: 4711 }),
      expected: { code: 'DEPLOYMENT_NOT_FOUND', status: 404, data: { field: 'id' } },
    },
    {
      name: 'what this door can not do',
      call: (client) => client.projects.pickFolder(),
      expected: { code: 'UNSUPPORTED', status: 501, data: {} },
    },
    {
      name: 'an input beyond its bounds',
      call: (client) => client.chains.mine({ chain: 'local', blocks: 1001 }),
      expected: { code: 'BAD_INPUT', status: 422, data: { field: 'blocks' } },
    },
    {
      name: 'a word that is none of those allowed',
      call: (client) => client.settings.set({ theme: 'pink' as 'dark' }),
      expected: { code: 'BAD_INPUT', status: 422, data: { field: 'theme' } },
    },
  ];

  test.each(cases)('$name', async ({ call, expected }) => {
    const errors = await Promise.all(doorNames.map((door) => errorOf(call(clientOf(door)))));
    const [first] = errors;
    expect(first?.message).not.toBe('');
    for (const [i, error] of errors.entries()) {
      expect(error, doorNames[i]).toMatchObject({ ...expected, defined: true });
      expect(error.data, doorNames[i]).toEqual(first?.data);
      expect(error.message, doorNames[i]).toBe(first?.message);
    }
  });
});
