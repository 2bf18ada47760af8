import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import type { Watch } from '#main/features/watches/contract.ts';
import { dataFolder, openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { scriptProject } from '#test/harness/script-project.ts';

const target = 'local';
/** Of x(). */
const X = '0x0c55699c';

let core: TestApp;
let client: Client;

beforeAll(async () => {
  core = await openTestApp({ follow: true });
  client = (await openDoor('in-process', core.app)).client;
  await client.chains.start({ chain: target });
}, 120_000);

afterAll(() => core?.[Symbol.asyncDispose]());

const deploys = (value: number) => `vm.startBroadcast(); new C(${value});`;

interface Watched {
  project: number;
  change: (from: string, to: string) => Promise<void>;
}

/** A project that deploys C(1), which is watched, and its first run done. */
async function watched(name: string, of = client): Promise<Watched> {
  const { folder, ...fixture } = await scriptProject({ Deploy: deploys(1) });
  onTestFinished(() => fixture[Symbol.asyncDispose]());
  const { id: project } = await of.projects.add({ path: folder, name });
  await of.watches.start({ project, target });
  onTestFinished(async () => void (await client.watches.stop({ project }).catch(() => null)));
  await vi.waitFor(async () => expect(await state(project, of)).toMatchObject(deployed), 60_000);
  const file = path.join(folder, 'script/Deploy.s.sol');
  return {
    project,
    async change(from, to) {
      const text = await readFile(file, 'utf8');
      expect(text).toContain(from);
      await writeFile(file, text.replace(from, to));
    },
  };
}

const deployed = { state: 'waiting', problem: null, good: expect.anything() };

async function state(project: number, of = client): Promise<Watch | undefined> {
  return (await of.watches.list()).find((one) => one.project.id === project);
}

/** The address of what the last good run has deployed, and what it answers. */
async function inPlace(project: number, of = client) {
  const good = (await state(project, of))?.good;
  if (!good) throw new Error('nothing is in place');
  const { result, live } = await of.deployments.get({ id: good.id });
  if (result?.family !== 'contracts') throw new Error('no contracts');
  const [contract] = result.contracts;
  const { rpcUrl } = await of.chains.get({ chain: target });
  const call = rpc(rpcUrl as string, 10_000);
  const x = await call<string>('eth_call', [{ to: contract?.address, data: X }, 'latest']);
  return { address: contract?.address, x: Number(x), live };
}

const runs = async (project: number) => (await client.deployments.list({ project })).items;

test('a change is deployed from the same state, so that the address stays', async () => {
  const { project, change } = await watched('grows');
  const before = await inPlace(project);
  expect(before).toMatchObject({ x: 1, live: true });
  await change('C(1)', 'C(2)');
  await vi.waitFor(async () => expect((await inPlace(project)).x).toBe(2), 60_000);
  await vi.waitFor(async () => expect(await state(project)).toMatchObject(deployed), 60_000);
  expect(await inPlace(project)).toEqual({ address: before.address, x: 2, live: true });
  const [second, first] = await runs(project);
  expect(second).toMatchObject({ trigger: 'watch', status: 'succeeded', live: true });
  expect(first).toMatchObject({ trigger: 'watch', status: 'succeeded', live: false });
});

test('what no compiler would see is not deployed', async () => {
  const { project, change } = await watched('comments');
  await change('new C(1)', 'new C( /* the first */ 1)');
  // The next change is seen after this one.
  await change('C( /* the first */ 1)', 'C(3)');
  await vi.waitFor(async () => expect((await inPlace(project)).x).toBe(3), 60_000);
  expect(await runs(project)).toHaveLength(2);
});

test('a change that fails leaves the last good state in place, and says why', async () => {
  const { project, change } = await watched('breaks');
  const before = await inPlace(project);
  await change('C(1)', 'C(nothing)');
  await vi.waitFor(
    async () =>
      expect(await state(project)).toMatchObject({
        state: 'waiting',
        problem: expect.stringContaining('Undeclared identifier'),
      }),
    60_000,
  );
  expect(await inPlace(project)).toEqual(before);
  expect((await runs(project))[0]).toMatchObject({ status: 'failed' });
  await change('C(nothing)', 'C(4)');
  await vi.waitFor(async () => expect((await inPlace(project)).x).toBe(4), 60_000);
  expect((await inPlace(project)).address).toBe(before.address);
});

test('a change waits when others have deployed on top, and nothing of theirs is taken back', async () => {
  const { project, change } = await watched('first');
  const other = await watched('second');
  await change('C(1)', 'C(5)');
  await vi.waitFor(
    async () =>
      expect(await state(project)).toMatchObject({
        state: 'held',
        problem: expect.stringContaining('second #1'),
      }),
    60_000,
  );
  expect(await inPlace(project)).toMatchObject({ x: 1, live: true });
  expect(await inPlace(other.project)).toMatchObject({ x: 1, live: true });
});

test('a remote network is refused', async () => {
  const { folder, ...fixture } = await scriptProject({ Deploy: deploys(1) });
  onTestFinished(() => fixture[Symbol.asyncDispose]());
  const { id: project } = await client.projects.add({ path: folder, name: 'far' });
  await client.networks.save({ name: 'far', kind: 'remote', url: 'http://127.0.0.1:1' });
  await expect(client.watches.start({ project, target: 'far' })).rejects.toMatchObject({
    code: 'UNSUPPORTED',
  });
  expect(await state(project)).toBeUndefined();
});

test('the next core goes on, with what was changed while none ran', async () => {
  await using folder = await dataFolder();
  const first = await openTestApp({ home: folder.path, follow: true });
  const before = (await openDoor('in-process', first.app)).client;
  const { project, change } = await watched('stays', before);
  await first.app.close();
  await change('C(1)', 'C(6)');
  await using second = await openTestApp({ home: folder.path, follow: true });
  const { client: after } = await openDoor('in-process', second.app);
  await vi.waitFor(async () => expect((await inPlace(project, after)).x).toBe(6), 60_000);
  await after.watches.stop({ project });
  expect(await after.watches.list()).toEqual([]);
});
