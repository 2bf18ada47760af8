import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDb } from '#main/db/open.ts';
import type { Event, NewEvent } from '#main/features/events/contract.ts';
import { eventsService } from '#main/features/events/service.ts';
import { eventsStore } from '#main/features/events/store.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { copyFixture, type Fixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';

let core: TestApp;
let client: Client;
let fixture: Fixture;

beforeAll(async () => {
  core = await openTestApp({ follow: true });
  client = (await openDoor('in-process', core.app)).client;
  fixture = await copyFixture('token-vault', { compiled: true });
}, 120_000);

afterAll(async () => {
  await core?.[Symbol.asyncDispose]();
  await fixture?.[Symbol.asyncDispose]();
});

const lastSeq = async (of = client) => (await of.events.list({ limit: 1 }))[0]?.seq ?? 0;

/** The events after `after`, up to the first that is wanted. */
async function until(after: number, wanted: (e: Event) => boolean, of = client): Promise<Event[]> {
  const found: Event[] = [];
  for await (const batch of await of.events.watch({ after })) {
    for (const event of batch) {
      found.push(event);
      if (wanted(event)) return found;
    }
  }
  throw new Error('the stream ended before the event came');
}

const saved = (network: string): NewEvent => ({ type: 'network.saved', network, kind: 'local' });

test('a life of a project is told, in order, each thing once', async () => {
  const from = await lastSeq();
  const { id: project } = await client.projects.add({ path: fixture.folder, name: 'vault' });
  const { id } = await client.deployments.start({ project, target: 'local' });
  await until(from, (e) => e.type === 'deployment.ended');
  await client.chains.snapshot({ chain: 'local', name: 'mine' });
  const { gone } = await client.chains.revert({ chain: 'local' });
  expect(gone.map((d) => d.id)).toEqual([id]);
  await client.chains.removeSnapshot({ chain: 'local', snapshot: 'mine' });
  await client.chains.stop({ chain: 'local' });
  await client.networks.save({ name: 'other', kind: 'local' });
  await client.networks.remove({ name: 'other' });
  await client.settings.set({ theme: 'dark' });
  await client.projects.remove({ project });
  const told = await until(from, (e) => e.type === 'project.removed');

  expect(told.map((e) => e.type)).toEqual([
    'project.added',
    'deployment.queued',
    'deployment.started',
    'chain.started',
    'snapshot.taken',
    'deployment.ended',
    'snapshot.taken',
    'snapshot.reverted',
    'snapshot.removed',
    'chain.stopped',
    'network.saved',
    'network.removed',
    'settings.changed',
    'project.removed',
  ]);
  expect(told.find((e) => e.type === 'deployment.ended')).toMatchObject({
    deployment: { id, number: 1, project: { id: project, name: 'vault' }, target: 'local' },
    status: 'succeeded',
    failure: null,
    summary: { family: 'contracts', contractCount: 3 },
  });
  expect(told.find((e) => e.type === 'snapshot.reverted')).toMatchObject({
    gone: [{ id, number: 1, project: 'vault' }],
    back: [],
  });
  expect(new Set(told.map((e) => e.seq)).size).toBe(told.length);
}, 120_000);

test('a chain that is killed is told as ended, one that is stopped is not', async () => {
  const from = await lastSeq();
  const { pid } = await client.chains.start({ chain: 'local' });
  process.kill(pid as number, 'SIGKILL');
  const told = await until(from, (e) => e.type === 'chain.ended');
  expect(told.map((e) => e.type)).toEqual(['chain.started', 'chain.ended']);
  await client.chains.start({ chain: 'local' });
  await client.chains.stop({ chain: 'local' });
  const rest = await until(told.at(-1)?.seq as number, (e) => e.type === 'chain.stopped');
  expect(rest.map((e) => e.type)).toEqual(['chain.started', 'chain.stopped']);
});

test('a reader goes on where it stopped, over a restart and in pieces', async () => {
  await using folder = await temporaryFolder();
  const first = await openTestApp({ home: folder.path });
  const one = (await openDoor('in-process', first.app)).client;
  for (const name of ['a', 'b', 'c']) await one.networks.save({ name, kind: 'local' });
  const [newest, middle] = await one.events.list({ limit: 2 });
  await first[Symbol.asyncDispose]();

  const second = await openTestApp({ home: folder.path });
  const two = (await openDoor('in-process', second.app)).client;
  await two.networks.save({ name: 'd', kind: 'local' });
  const after = await until(
    middle?.seq as number,
    (e) => e.type === 'network.saved' && e.network === 'd',
    two,
  );
  expect(after.map((e) => e.type === 'network.saved' && e.network)).toEqual(['c', 'd']);
  expect(after[0]?.seq).toBe(newest?.seq);

  const pieces: Event[] = [];
  for await (const batch of await two.events.watch({ after: 0, limit: 2 })) pieces.push(...batch);
  expect(pieces.map((e) => e.type === 'network.saved' && e.network)).toEqual(['a', 'b']);
  const older = await two.events.list({ before: middle?.seq, limit: 10, types: ['network.saved'] });
  expect(older.map((e) => e.type === 'network.saved' && e.network)).toEqual(['a']);
  expect(await two.events.list({ limit: 10, types: ['chain.ended'] })).toEqual([]);
  await second[Symbol.asyncDispose]();
});

test('what another core does is told here too, and wakes the screen', async () => {
  const from = await lastSeq();
  const abort = new AbortController();
  const changes = await client.app.changes(undefined, { signal: abort.signal });
  await changes.next();
  const other = await openTestApp({ home: core.home });
  const there = (await openDoor('in-process', other.app)).client;
  await there.networks.save({ name: 'elsewhere', kind: 'local' });
  const told = await until(from, (e) => e.type === 'network.saved');
  expect(told.at(-1)).toMatchObject({ network: 'elsewhere' });
  for await (const batch of changes) {
    if (batch.some((c) => c.topic === 'networks' && c.key === 'elsewhere')) break;
  }
  abort.abort();
  await there.networks.remove({ name: 'elsewhere' });
  await other[Symbol.asyncDispose]();
});

test('an event of a transaction that is rolled back never happened', async () => {
  await using folder = await temporaryFolder();
  const db = openDb(folder.path);
  const events = eventsService({ store: eventsStore(db), changed: () => undefined });
  const heard: Event[] = [];
  events.listen((e) => heard.push(e));
  const fail = db.transaction(() => {
    events.emit(saved('never'));
    throw new Error('rolled back');
  });
  expect(fail).toThrow('rolled back');
  events.emit(saved('kept'));
  await Promise.resolve();
  expect(heard.map((e) => e.type === 'network.saved' && e.network)).toEqual(['kept']);
  expect(events.list({ limit: 10 })).toHaveLength(1);
  events.close();
  db.close();
});

test('only the last events are kept, and no seq comes twice', async () => {
  await using folder = await temporaryFolder();
  const db = openDb(folder.path);
  const events = eventsService({ store: eventsStore(db), changed: () => undefined, kept: 50 });
  for (let i = 1; i <= 175; i++) events.emit(saved(`n${i}`));
  const left = events.list({ limit: 1000 });
  expect(left.length).toBeGreaterThanOrEqual(50);
  expect(left.length).toBeLessThan(100);
  expect(left[0]?.seq).toBe(175);
  events.close();
  db.close();

  const raw = new Database(`${folder.path}/drydock.db`);
  raw.exec('DELETE FROM events');
  raw.close();
  const again = openDb(folder.path);
  const later = eventsService({ store: eventsStore(again), changed: () => undefined });
  later.emit(saved('next'));
  expect(later.list({ limit: 1 })[0]?.seq).toBe(176);
  later.close();
  again.close();
});

test('a page hears of a chain that stops answering, and when it answers again', async () => {
  const { pid } = await client.chains.start({ chain: 'local' });
  const abort = new AbortController();
  const changes = await client.app.changes(undefined, { signal: abort.signal });
  /** Reads the chain as a page does, which asks only when it is told that something has changed. */
  const reads = async (wanted: string) => {
    for (;;) {
      const { value, done } = await changes.next();
      if (done) throw new Error('the stream ended');
      if (value.length > 0 && !value.some(({ topic }) => topic === 'chains')) continue;
      if ((await client.chains.get({ chain: 'local' })).status === wanted) return;
    }
  };
  await reads('running');
  try {
    // The second time it goes on as soon as the page has seen it: sooner than anything else did.
    for (let times = 0; times < 2; times++) {
      process.kill(pid as number, 'SIGSTOP');
      await client.networks.save({ name: `other-${times}`, kind: 'local' });
      await reads('unresponsive');
      process.kill(pid as number, 'SIGCONT');
      await reads('running');
    }
  } finally {
    process.kill(pid as number, 'SIGCONT');
    abort.abort();
  }
  await client.chains.stop({ chain: 'local' });
});
