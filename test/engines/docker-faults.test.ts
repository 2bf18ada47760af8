import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { remove } from '#main/engines/docker/container.ts';
import { ifThere } from '#main/engines/docker/docker-errors.ts';
import { homeId, labels } from '#main/engines/docker/labels.ts';
import { engines } from '#main/engines/engines.ts';
import { processEngine } from '#main/engines/process/process-engine.ts';
import { rpc } from '#main/eth/rpc.ts';
import type { Chain } from '#main/features/chains/contract.ts';
import { allTools } from '#main/features/engines/machine.ts';
import type { JournalEvent } from '#main/shared/run.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import {
  openTestDocker,
  prepareDocker,
  type TestDocker,
  testDocker,
} from '#test/harness/docker.ts';
import {
  endPrivateDaemon,
  startPrivateDaemon,
  stopPrivateDaemon,
  whyNoPrivateDaemon,
} from '#test/harness/docker-daemon.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { copyFixture, type Fixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { made } from '#test/harness/made.ts';
import { freePort } from '#test/harness/ports.ts';
import { skipAloud } from '#test/harness/skip.ts';

const shared = await testDocker();

describe.skipIf(skipAloud('images that can not be built', shared.missing))('no image', () => {
  const chains = { tool: 'anvil' };
  const nowhere = { buildArgs: () => ({ BASE_IMAGE: 'localhost:1/none:1' }) };

  test('the automatic choice says so and goes without Docker; by hand it is an error', async () => {
    await using folder = await temporaryFolder();
    await using docker = openTestDocker(shared, folder.path, nowhere);
    let choice: 'auto' | 'docker' = 'auto';
    const parts = {
      process: processEngine({ tools: allTools }),
      docker: docker.engine,
      choice: () => choice,
    };
    const all = engines(parts);
    const said: string[] = [];
    expect((await all.choose({ note: (line) => said.push(line) }, undefined, chains)).name).toBe(
      'process',
    );
    expect(said.join('\n')).toMatch(/could not be built.*Going on without Docker/);
    choice = 'docker';
    await expect(all.choose(undefined, undefined, chains)).rejects.toMatchObject({
      code: 'IMAGE_BUILD_FAILED',
    });
  });

  test('a project with a Dockerfile of its own does not go without it', async () => {
    await using folder = await temporaryFolder();
    await writeFile(path.join(folder.path, 'Dockerfile'), 'FROM localhost:1/none:1\n');
    await using docker = openTestDocker(shared, folder.path, {
      imageOf: (id) => ({ image: 'foundry', dockerfile: id === 1 ? 'Dockerfile' : null }),
    });
    const all = engines({
      process: processEngine({ tools: allTools }),
      docker: docker.engine,
      choice: () => 'auto',
    });
    const chosen = all.choose({}, undefined, { id: 1, path: folder.path });
    await expect(chosen).rejects.toMatchObject({ code: 'IMAGE_BUILD_FAILED' });
  });

  test('who gives up waiting for a build is let go', async () => {
    await using folder = await temporaryFolder();
    await using docker = openTestDocker(shared, folder.path, nowhere);
    const abort = new AbortController();
    const waiting = docker.images.ensure('foundry', {
      signal: abort.signal,
      note: () => abort.abort(new Error('enough')),
    });
    await expect(waiting).rejects.toThrow('enough');
  });
});

const why = shared.missing ?? whyNoPrivateDaemon();

describe.skipIf(skipAloud('a Docker daemon that goes away', why))('a daemon that goes away', () => {
  let stack: AsyncDisposableStack;
  let folder: string;
  let host: string;
  let app: TestApp;
  let client: Client;
  let project: number;
  let broken: Fixture;

  beforeAll(async () => {
    stack = new AsyncDisposableStack();
    folder = stack.use(await temporaryFolder()).path;
    stack.defer(() => stopPrivateDaemon(folder));
    ({ host } = await startPrivateDaemon(folder, { buildKit: true }));
    await prepareDocker(host);
    process.env.DOCKER_HOST = host;
    process.env.DRYDOCK_ENGINE = 'docker';
    app = stack.use(await openTestApp({ follow: true }));
    client = (await openDoor('in-process', app.app)).client;
    const port = await freePort();
    await client.networks.save({ name: 'own', kind: 'local', port });
    broken = stack.use(await copyFixture('broken'));
    project = (await client.projects.add({ path: broken.folder, name: 'broken' })).id;
  }, 300_000);
  afterAll(() => stack.disposeAsync(), 120_000);

  async function deploy(count: number): Promise<number> {
    const { id } = await client.deployments.start({
      project,
      target: 'own',
      input: { script: 'script/Many.s.sol', sig: 'run(uint256)', args: [`${count}`] },
    });
    return id;
  }

  async function ended(id: number): Promise<{ text: string }> {
    const all: JournalEvent[] = [];
    for await (const batch of await client.deployments.watch({ id })) all.push(...batch);
    return { text: all.flatMap((e) => (e.type === 'log' ? [e.text] : [])).join('\n') };
  }

  async function docker(status: string): Promise<void> {
    for await (const _ of await client.app.changes()) {
      if ((await client.app.info()).docker.status === status) return;
    }
  }

  test('in the middle of a run: the run says so and keeps what it had; all works again after', async () => {
    const id = await deploy(600);
    for await (const batch of await client.deployments.watch({ id })) {
      const sent = batch.some(
        (e) =>
          e.type === 'result' &&
          e.result.family === 'contracts' &&
          e.result.transactions.some((t) => t.status === 'success'),
      );
      if (sent) break;
    }
    // The run's container goes on without its daemon; it must not get to its end before the chain
    // starts anew with the next daemon.
    const { rpcUrl } = await client.chains.get({ chain: 'own' });
    const call = rpc(rpcUrl as string);
    await call('evm_setAutomine', [false]);
    await endPrivateDaemon(folder, 'SIGKILL');
    await ended(id);
    const lost = await client.deployments.get({ id });
    expect(lost.status).toBe('failed');
    expect(lost.failure).toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
    expect(lost.failure?.message).toContain('Docker daemon went away');
    expect(made(lost).transactions.filter((t) => t.status === 'success').length).toBeGreaterThan(0);

    await docker('missing');
    // The chain goes on without its daemon, and says so itself where nothing else can.
    expect(await client.chains.get({ chain: 'own' })).toMatchObject({
      ...{ status: 'running', problem: null },
    });
    const { checks } = await client.doctor.run();
    expect(checks.find((check) => check.id === 'docker')?.detail).toContain(host);
    const refused = await deploy(1);
    await ended(refused);
    expect((await client.deployments.get({ id: refused })).failure?.code).toBe(
      'ENGINE_UNAVAILABLE',
    );

    await startPrivateDaemon(folder);
    await docker('ready');
    const again = await deploy(3);
    await ended(again);
    expect(await client.deployments.get({ id: again })).toMatchObject({
      status: 'succeeded',
      failure: null,
    });
    const own = await client.chains.get({ chain: 'own' });
    expect(own.blockNumber).toBeGreaterThan(3);

    // What nobody could tell while there was no daemon is told now.
    await client.doctor.reconcile();
    const settled = await client.deployments.get({ id });
    expect(settled.failure?.message).toContain('Everything of this run has ended now');
    const landed = made(settled).transactions.filter((t) => t.status === 'success');
    for (const { hash } of landed) {
      expect(await call('eth_getTransactionReceipt', [hash])).not.toBeNull();
    }
    expect(settled.failure?.message).toContain(
      `${landed.length} of its ${made(settled).transactions.length} transactions`,
    );
    const later = await client.doctor.reconcile();
    expect((await client.deployments.get({ id })).failure).toEqual(settled.failure);
    expect(later).toEqual([]);
  }, 240_000);

  test('a log that is followed goes on with the next daemon, and repeats nothing', async () => {
    const { daemon, containers, images } = stack.use(
      openTestDocker({ missing: null, host, privateFolder: folder }, `${folder}/logs`),
    );
    const { tag } = await images.recipe('foundry');
    const { docker: api } = await daemon.require();
    const made = await api.createContainer({
      Image: tag,
      Entrypoint: ['sh', '-c', 'echo "from $(cat /proc/sys/kernel/random/uuid)"; exec sleep 600'],
      Labels: { [labels.home]: homeId(`${folder}/logs`) },
    });
    await made.start();
    const all: string[] = [];
    const stop = new AbortController();
    const reading = (async () => {
      const options = { tail: 10, follow: true, signal: stop.signal };
      for await (const lines of containers.log(made.id, options)) all.push(...lines);
    })();
    await vi.waitFor(() => expect(all).toHaveLength(1));
    await endPrivateDaemon(folder, 'SIGTERM');
    await startPrivateDaemon(folder, { buildKit: true });
    daemon.lost();
    const { docker: next } = await daemon.require();
    // Long enough for the reader to find it stopped first.
    await sleep(1000);
    await next.getContainer(made.id).start();
    await vi.waitFor(() => expect(all).toHaveLength(2));
    expect(new Set(all).size).toBe(2);
    stop.abort();
    await reading;
  }, 120_000);

  test('the first run explains the image that it makes, and so does the start of a chain', async () => {
    process.env.DRYDOCK_ENGINE = 'auto';
    const target: TestDocker = { missing: null, host, privateFolder: folder };
    await using other = openTestDocker(target, `${folder}/unused`);
    const { docker: api } = await other.daemon.require();
    const { tag } = await other.images.recipe('foundry');
    /** How the chain stood whenever it was said that something is being made for it. */
    const watched = async (work: () => Promise<Chain>) => {
      const during: Pick<Chain, 'engine' | 'status'>[] = [];
      const stop = new AbortController();
      const listening = (async () => {
        const news = await client.chains.watch({ chain: 'own' }, { signal: stop.signal });
        for await (const { preparing, engine, status } of news) {
          if (preparing) during.push({ engine, status });
        }
      })();
      const chain = await work();
      stop.abort();
      await listening.catch(() => undefined);
      return { chain, during };
    };
    const forget = async () => {
      await client.chains.stop({ chain: 'own' });
      for (const { Id } of await api.listContainers({ all: true })) await remove(api, Id);
      await ifThere(api.getImage(tag).remove({ force: true }));
    };
    await forget();
    // This daemon builds with BuildKit, the one of the other suites with the classic builder.
    expect((await other.daemon.require()).buildKit).toBe(true);
    const id = await deploy(1);
    const { text } = await ended(id);
    expect(text).toContain(`Building the image ${tag}`);
    expect(text).toContain('[tools 2/4] WORKDIR /tools');
    expect(text).toMatch(/The image is ready after \d+ s/);
    expect(text).toMatch(/Docker answers on this machine.*settings set engine process/);
    expect((await client.deployments.get({ id })).failure).toBeNull();

    await forget();
    const started = await watched(() => client.chains.start({ chain: 'own' }));
    expect(started.chain).toMatchObject({ engine: 'docker', preparing: null });
    expect(started.during.length).toBeGreaterThan(0);

    // A restart in Docker makes it while the chain still runs where it is.
    await client.chains.restart({ chain: 'own', engine: 'process' });
    await forget();
    await client.chains.start({ chain: 'own' });
    // From nothing, so that there is time to see it.
    await api.pruneBuilder();
    const restarted = await watched(() =>
      client.chains.restart({ chain: 'own', engine: 'docker' }),
    );
    expect(restarted.chain).toMatchObject({ engine: 'docker', preparing: null });
    expect(restarted.during).toContainEqual({ engine: 'process', status: 'running' });
  }, 240_000);
});
