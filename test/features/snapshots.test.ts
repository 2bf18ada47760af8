import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Snapshot } from '#main/features/chains/contract.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { copyFixture, type Fixture } from '#test/harness/fixture.ts';

const chain = 'local';

let core: TestApp;
let client: Client;
let fixture: Fixture;

beforeAll(async () => {
  core = await openTestApp({ follow: true });
  client = (await openDoor('in-process', core.app)).client;
  fixture = await copyFixture('token-vault', { compiled: true });
  await client.projects.add({ path: fixture.folder, name: 'vault' });
  await client.chains.start({ chain });
}, 120_000);

afterAll(async () => {
  await core?.[Symbol.asyncDispose]();
  await fixture?.[Symbol.asyncDispose]();
});

const find = async (id: number): Promise<Snapshot | undefined> =>
  (await client.chains.snapshots({ chain })).find((one) => one.id === id);

/** Leaves a state behind, which is kept by an automatic snapshot. */
async function leave(to: number): Promise<Snapshot> {
  await client.chains.mine({ chain });
  const { leftBehind } = await client.chains.revert({ chain, snapshot: to });
  if (!leftBehind) throw new Error('nothing was left behind');
  return leftBehind;
}

test('a snapshot is renamed, noted and pinned, each without the others', async () => {
  const { id } = await client.chains.snapshot({ chain, name: 'first' });
  expect(await find(id)).toMatchObject({ note: '', pinned: false, run: null });
  const change = (parts: { name?: string; note?: string; pinned?: boolean }) =>
    client.chains.describeSnapshot({ chain, snapshot: id, ...parts });

  await change({ note: '  With two tokens,\nand an owner. ' });
  await change({ pinned: true });
  const renamed = await change({ name: 'tokens' });
  const expected = { name: 'tokens', note: 'With two tokens,\nand an owner.', pinned: true };
  expect(renamed).toMatchObject({ id, ...expected });
  expect(await find(id)).toMatchObject(expected);
  // By its new name.
  await client.chains.describeSnapshot({ chain, snapshot: 'tokens', pinned: false, note: '' });
  expect(await find(id)).toMatchObject({ name: 'tokens', note: '', pinned: false });
  // The name that it has is no other one's.
  await change({ name: 'tokens' });
});

test('a name that is taken and a snapshot that is not there are refused, with a way on', async () => {
  const first = await client.chains.snapshot({ chain, name: 'one' });
  await client.chains.snapshot({ chain, name: 'other' });
  await expect(
    client.chains.describeSnapshot({ chain, snapshot: first.id, name: 'other', note: 'lost' }),
  ).rejects.toMatchObject({
    code: 'NAME_TAKEN',
    data: { field: 'name', fix: { command: `drydock chain snapshots ${chain}` } },
  });
  expect(await find(first.id)).toMatchObject({ name: 'one', note: '' });
  await expect(
    client.chains.describeSnapshot({ chain, snapshot: 'nowhere', pinned: true }),
  ).rejects.toMatchObject({
    code: 'SNAPSHOT_NOT_FOUND',
    data: { fix: { command: `drydock chain snapshots ${chain}` } },
  });
  await expect(
    client.chains.describeSnapshot({ chain: 'nowhere', snapshot: first.id }),
  ).rejects.toMatchObject({ code: 'CHAIN_NOT_FOUND' });
});

test('pinned and renamed snapshots outlive the limit of automatic ones, and retention', async () => {
  const { id: start } = await client.chains.snapshot({ chain, name: 'start' });
  const [pinned, renamed, plain] = [await leave(start), await leave(start), await leave(start)];
  await client.chains.describeSnapshot({ chain, snapshot: pinned.id, pinned: true });
  const named = { chain, snapshot: renamed.id, name: 'worth a name' };
  expect(await client.chains.describeSnapshot(named)).toMatchObject({ automatic: false });
  for (let n = 0; n < 50; n++) await leave(start);
  await vi.waitFor(async () => expect(await find(plain.id)).toBeUndefined());
  expect(await find(pinned.id)).toMatchObject({ automatic: true, pinned: true });
  expect(await find(renamed.id)).toMatchObject({ name: 'worth a name' });

  const last = await leave(start);
  await client.data.setRetention({ snapshotCount: 1 });
  await client.data.prune({});
  const left = (await client.chains.snapshots({ chain })).filter((one) => one.automatic);
  expect(left.map(({ id }) => id)).toEqual([pinned.id, last.id]);
});

test('how far a chain has moved on since its snapshot is told', async () => {
  const taken = await client.chains.snapshot({ chain, name: 'here' });
  const since = async () => (await client.chains.get({ chain })).sinceSnapshot;
  const { id, name } = taken;
  expect(await since()).toEqual({ id, name, blocks: 0, changed: false });
  const address = `0x${'be'.repeat(20)}`;
  await client.chains.fund({ chain, address, ether: '1' });
  expect(await since()).toEqual({ id, name, blocks: 0, changed: true });
  await client.chains.mine({ chain, blocks: 3 });
  expect(await since()).toMatchObject({ id, blocks: 3 });
  await client.chains.describeSnapshot({ chain, snapshot: id, name: 'there' });
  await client.chains.revert({ chain, snapshot: id });
  expect(await since()).toEqual({ id, name: 'there', blocks: 0, changed: false });
});

test('names of automatic snapshots say what they keep', async () => {
  const first = await client.chains.snapshot({ chain, name: 'seeded' });
  expect(await leave(first.id)).toMatchObject({ name: '1 block after seeded', automatic: true });
  const address = `0x${'be'.repeat(20)}`;
  await client.chains.fund({ chain, address, ether: '1' });
  const changed = await client.chains.revert({ chain, snapshot: first.id });
  expect(changed.leftBehind).toMatchObject({ name: 'changes after seeded' });
  const set = await client.chainControls.account({
    ...{ chain, address, snapshot: true },
    ...{ balance: '5', nonce: '7' },
  });
  expect(set.snapshot).toMatchObject({ name: 'before balance, nonce of 0xBEbeBe…bebe' });
  // A name isn't made of names that are made up themselves.
  const { name } = await leave(first.id);
  expect(name).toMatch(/^left at block \d+$/);
});

test('automatic snapshots tell which deployment they were taken before or after', async () => {
  const { id } = await client.deployments.start({ project: 'vault', target: chain });
  for await (const batch of await client.deployments.watch({ id })) void batch;
  const { number, title } = await client.deployments.get({ id });
  const run = { id, number, project: 'vault', title };
  const { snapshot, leftBehind } = await client.chains.revert({ chain });
  expect(snapshot).toMatchObject({ name: `before vault #${number}`, automatic: true, run });
  expect(leftBehind).toMatchObject({ name: `after vault #${number}`, automatic: true, run });

  await client.projects.remove({ project: 'vault' });
  expect(await find(snapshot.id)).toMatchObject({ name: `before vault #${number}`, run: null });
});
