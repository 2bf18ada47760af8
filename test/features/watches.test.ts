import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import type { Watch } from '#main/features/watches/contract.ts';
import { dataFolder, openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { type HostProcess, startHostProcess } from '#test/harness/host-process.ts';
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
  if (of === client) {
    onTestFinished(() => void client.watches.stop({ project }).catch(() => null));
  }
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

const disposable = (host: HostProcess) => ({ ...host, [Symbol.asyncDispose]: () => host.stop() });

/** The address of what the last good run has deployed, and what it answers. */
async function inPlace(project: number, of = client) {
  const good = (await state(project, of))?.good;
  if (!good) throw new Error('nothing is in place');
  const { result, live } = await of.deployments.get({ id: good.id });
  if (result?.family !== 'contracts') throw new Error('no contracts');
  const [contract] = result.contracts;
  return { address: contract?.address, x: await answer(contract?.address, of), live };
}

/** What x() of a contract answers. */
async function answer(to: string | undefined, of = client): Promise<number> {
  const { rpcUrl } = await of.chains.get({ chain: target });
  return Number(await rpc(rpcUrl as string, 10_000)('eth_call', [{ to, data: X }, 'latest']));
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

test('stopped while a change is under way, it ends with the last good state in place', async () => {
  const { project, change } = await watched('stopped');
  const before = await inPlace(project);
  await change('C(1)', 'C(nothing)');
  await vi.waitFor(async () => expect((await runs(project))[0]?.number).toBe(2), 60_000);
  const last = await client.watches.stop({ project, cancel: true });
  expect(await state(project)).toBeUndefined();
  const { live } = await client.deployments.get({ id: last?.good?.id as number });
  expect(live).toBe(true);
  expect(await answer(before.address)).toBe(1);
});

test('a project that is removed is watched no more, and the others are', async () => {
  const { project } = await watched('removed');
  const other = await watched('remains');
  await client.projects.remove({ project });
  await vi.waitFor(async () => expect(await state(project)).toBeUndefined(), 60_000);
  expect(await state(other.project)).toMatchObject(deployed);
});

test('a host that is killed in the middle of a change leaves it to the next one', async () => {
  await using data = await dataFolder();
  const first = await startHostProcess(data.path);
  const { project, change } = await watched('killed', first.client);
  await change('C(1)', 'C(6)');
  await vi.waitFor(
    async () =>
      expect((await first.client.deployments.list({ project })).items[0]).toMatchObject({
        number: 2,
        status: 'running',
      }),
    { timeout: 60_000, interval: 20 },
  );
  await first.kill();
  const second = await startHostProcess(data.path);
  onTestFinished(() => second.stop());
  await vi.waitFor(async () => expect((await inPlace(project, second.client)).x).toBe(6), 60_000);
  await second.client.watches.stop({ project });
  expect(await second.client.watches.list()).toEqual([]);
});

test('what another living core watches is refused, and left alone', async () => {
  await using data = await dataFolder();
  await using one = await openTestApp({ home: data.path });
  const { client: first } = await openDoor('in-process', one.app);
  const { project } = await watched('taken', first);
  await using host = disposable(await startHostProcess(data.path));
  expect(await host.client.watches.list()).toEqual([]);
  await expect(host.client.watches.start({ project, target })).rejects.toMatchObject({
    code: 'PROJECT_BUSY',
  });
});
