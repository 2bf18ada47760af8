import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import { appRoot } from '#main/lib/app-root.ts';
import { isFinal } from '#main/shared/final.ts';
import { some } from '#test/harness/all.ts';
import type { Client } from '#test/harness/doors.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { type HostProcess, startHostProcess } from '#test/harness/host-process.ts';
import { freePort } from '#test/harness/ports.ts';
import { bundledCore } from './bundled-core.ts';
import { letterInfo } from './letter/info.ts';
import { type LetterProject, letterProject } from './letter/project.ts';

const run = promisify(execFile);
const patience = { timeout: 60_000, interval: 50 };

let bundle: Awaited<ReturnType<typeof bundledCore>>;
let stack: AsyncDisposableStack;
let home: string;
let host: HostProcess;
let project: LetterProject;
let id: number;

beforeAll(async () => {
  bundle = await bundledCore();
}, 120_000);
afterAll(() => bundle[Symbol.asyncDispose]());

const startCore = () =>
  startHostProcess(home, { program: [bundle.program], env: { DRYDOCK_ENGINE: 'process' } });

beforeEach(async () => {
  stack = new AsyncDisposableStack();
  home = stack.use(await temporaryFolder()).path;
  project = stack.use(await letterProject());
  host = await startCore();
  const port = await freePort();
  await host.client.networks.save({ name: 'local', kind: 'local', port });
  ({ id } = await host.client.projects.add({ path: project.folder }));
}, 120_000);

afterEach(async () => {
  await host.client.chains.stop({ chain: 'local' });
  await host.stop();
  await stack.disposeAsync();
}, 60_000);

type Input = Parameters<Client['deployments']['start']>[0]['input'];

const start = (input: Input) =>
  host.client.deployments.start({ project: id, target: 'local', input });

async function ended(deployment: number) {
  await vi.waitFor(async () => {
    const { status } = await host.client.deployments.get({ id: deployment });
    expect(isFinal(status)).toBe(true);
  }, patience);
  return host.client.deployments.get({ id: deployment });
}

const inPhase = (deployment: number, phase: string) =>
  vi.waitFor(async () => {
    const { phases } = await host.client.deployments.get({ id: deployment });
    expect(phases.find(({ status }) => status === 'running')?.id).toBe(phase);
  }, patience);

/** How many transactions the chain has of the account that posts. */
async function sent(): Promise<number> {
  const { rpcUrl } = await host.client.chains.get({ chain: 'local' });
  const call = rpc(rpcUrl as string);
  const [account] = await call<string[]>('eth_accounts');
  return Number(await call<string>('eth_getTransactionCount', [account, 'latest']));
}

test('a kind from elsewhere is added, deployed, recorded, found and shown like any other', async () => {
  const { projects, deployments, history, events } = host.client;
  expect(await projects.kinds()).toContainEqual(letterInfo);
  expect(await projects.get({ project: id })).toMatchObject({ kind: 'letter', missing: false });

  const refused = await start({ paper: 'plain' }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'BAD_ARGUMENT', data: { field: 'text' } });

  const first = await ended((await start({ text: 'Dear reader' })).id);
  expect(first).toMatchObject({
    kind: 'letter',
    family: 'contracts',
    target: 'local',
    title: 'Dear reader (lined)',
    status: 'succeeded',
    failure: null,
    live: true,
    // Whole, whatever was asked for.
    input: { text: 'Dear reader', paper: 'lined', stamps: 1, express: false },
    summary: { family: 'contracts', contractCount: 1 },
    command: "node post.mjs 'Dear reader'",
  });
  expect(first.phases.map(({ id: phase, status }) => `${phase} ${status}`)).toEqual([
    ...['walk done', 'write done', 'post done', 'file done'],
  ]);
  const { result } = first;
  if (result?.family !== 'contracts') throw new Error('a result of another family');
  expect(result.contracts).toMatchObject([{ name: 'Letter', verified: true }]);
  expect(result.transactions).toMatchObject([{ status: 'success', verified: true }]);

  const journal = await deployments.logs({ id: first.id });
  const lines = journal.flatMap((event) => (event.type === 'log' ? [event.text] : []));
  expect(lines).toContain('posting: Dear reader');
  expect(lines).toContain('On lined paper.');
  const phases = journal.flatMap((e) => (e.type === 'phase' ? [`${e.phase} ${e.status}`] : []));
  expect(phases).toEqual(expect.arrayContaining(['write running', 'write done', 'file done']));
  expect(journal.some(({ type }) => type === 'result')).toBe(true);

  const { items } = await history.list({ project: id });
  expect(items).toMatchObject([{ id: first.id, title: 'Dear reader (lined)', target: 'local' }]);
  for (const text of ['reader', 'Letter', result.contracts[0]?.address as string]) {
    await vi.waitFor(async () => {
      const { hits } = await history.search({ text });
      expect(hits.map(({ deployment }) => deployment.id)).toEqual([first.id]);
    }, patience);
  }
  expect((await events.list({ types: ['deployment.ended'] }))[0]).toMatchObject({
    deployment: { id: first.id },
    status: 'succeeded',
  });

  const again = await ended((await deployments.redeploy({ id: first.id, asItIsNow: true })).id);
  expect(again).toMatchObject({ status: 'succeeded', input: first.input, trigger: 'redeploy' });
  expect(await sent()).toBe(2);
}, 180_000);

test('the command line takes its inputs', async () => {
  const cli = path.join(appRoot(), 'out', 'main', 'cli.js');
  const { stdout } = await run(
    process.execPath,
    [
      ...[cli, 'deploy', `${id}`, '--target', 'local', '--set', 'text=By hand', '--set'],
      ...['stamps=3', '--set', 'express=true', '--json'],
    ],
    { env: { ...process.env, DRYDOCK_HOME: home } },
  );
  expect(JSON.parse(stdout)).toMatchObject({
    status: 'succeeded',
    title: 'By hand (lined)',
    input: { text: 'By hand', paper: 'lined', stamps: 3, express: true },
  });
}, 180_000);

test('its runs wait for each other, are cancelled and have limits for its phases', async () => {
  const { deployments } = host.client;
  await project.hold('post');
  const first = await start({ text: 'one' });
  await inPhase(first.id, 'post');
  const second = await start({ text: 'two' });
  const third = await start({ text: 'three' });
  const { running, waiting } = await deployments.queue();
  expect(running.map((d) => d.id)).toEqual([first.id]);
  expect(waiting.map((d) => d.id)).toEqual([second.id, third.id]);
  await deployments.cancel({ id: third.id });
  await deployments.cancel({ id: first.id });
  expect(await ended(first.id)).toMatchObject({ status: 'cancelled' });
  await project.letGo('post');
  expect(await ended(second.id)).toMatchObject({ status: 'succeeded' });
  expect(await sent()).toBe(1);

  const limits = await deployments.limits({ project: id });
  expect(limits).toMatchObject({ write: 60, post: 90 });
  await deployments.setLimits({ project: id, limits: { post: 1 } });
  await project.hold('post');
  const late = await start({ text: 'late' });
  expect(await ended(late.id)).toMatchObject({
    status: 'failed',
    failure: { message: expect.stringContaining('The phase Post was ended after 1 s') },
  });
}, 180_000);

// What has left nothing is done again; what is done is recorded, and not done twice.
test.each(
  some(
    [
      ['write', 2],
      ['file', 1],
      ['walk', 2],
      ['post', 2],
    ] as const,
    2,
  ),
)(
  'a core that is killed in the phase %s leaves a run that the next one ends',
  async (phase, attempt) => {
    await project.hold(phase);
    const { id: deployment } = await start({ text: `Killed in ${phase}` });
    await inPhase(deployment, phase);
    await host.kill();
    await project.letGo(phase);
    host = await startCore();
    expect(await ended(deployment)).toMatchObject({
      status: 'succeeded',
      failure: null,
      attempt,
      title: `Killed in ${phase} (lined)`,
      live: true,
    });
    expect(await sent()).toBe(1);
  },
  180_000,
);
