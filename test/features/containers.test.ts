import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { homeId, labels, machine, named } from '#main/engines/docker/labels.ts';
import { chainNetwork, ensureNetwork, projectsNetwork } from '#main/engines/docker/network.ts';
import type { Container, ContainerStats } from '#main/features/containers/contract.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import {
  type OpenedDocker,
  openTestDocker,
  prepareDocker,
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
import { freePort } from '#test/harness/ports.ts';
import { skipAloud } from '#test/harness/skip.ts';

const shared = await testDocker();

interface World {
  host: string;
  app: TestApp;
  client: Client;
  docker: Docker;
  opened: OpenedDocker;
  project: number;
  fixture: Fixture;
  chain: string;
}

/** A core with a project and a running chain, both in containers of that daemon. */
async function world(stack: AsyncDisposableStack, host: string): Promise<World> {
  process.env.DOCKER_HOST = host;
  process.env.DRYDOCK_ENGINE = 'docker';
  const app = stack.use(await openTestApp({ follow: true }));
  const opened = stack.use(openTestDocker({ missing: null, host, privateFolder: null }, app.home));
  const { docker } = await opened.daemon.require();
  const { client } = await openDoor('in-process', app.app);
  const port = await freePort();
  const chain = `own-${randomUUID().slice(0, 4)}`;
  await client.networks.save({ name: chain, kind: 'local', port });
  await client.chains.start({ chain });
  const fixture = stack.use(await copyFixture('broken'));
  const { id: project } = await client.projects.add({ path: fixture.folder, name: 'broken' });
  const parts = { host, app, client, docker, opened, project, fixture, chain };
  await deployed(parts);
  return parts;
}

async function deploy({ client, project, chain }: World, count = 1): Promise<number> {
  const { id } = await client.deployments.start({
    project,
    target: chain,
    input: { script: 'script/Many.s.sol', sig: 'run(uint256)', args: [`${count}`] },
  });
  return id;
}

async function deployed(parts: World): Promise<void> {
  const id = await deploy(parts);
  for await (const _ of await parts.client.deployments.watch({ id })) {
    // Only its end matters.
  }
  expect((await parts.client.deployments.get({ id })).failure).toBeNull();
}

async function mine({ client, chain }: World, kind: Container['kind']): Promise<Container> {
  const found = (await client.containers.list()).find(
    (c) => c.kind === kind && c.title === (kind === 'chain' ? chain : 'broken'),
  );
  if (!found) throw new Error(`no ${kind}`);
  return found;
}

/** The first answer of a stream that is good enough. The stream stays open. */
async function until<T>(
  stream: AsyncIterator<T, unknown>,
  isEnough: (value: T) => boolean,
): Promise<T> {
  for (;;) {
    const { done, value } = await stream.next();
    if (done) throw new Error('the stream ended');
    if (isEnough(value as T)) return value as T;
  }
}

const exists = async ({ docker }: World, id: string): Promise<boolean> =>
  docker
    .getContainer(id)
    .inspect()
    .then(
      () => true,
      () => false,
    );

describe.skipIf(skipAloud('containers', shared.missing))('containers', () => {
  let stack: AsyncDisposableStack;
  let w: World;
  let image: string;

  beforeAll(async () => {
    stack = new AsyncDisposableStack();
    w = await world(stack, shared.host);
    image = (await w.opened.images.recipe('foundry')).tag;
  }, 240_000);
  afterAll(() => stack.disposeAsync(), 60_000);

  async function container(
    name: string,
    Labels: Record<string, string>,
    more: Docker.ContainerCreateOptions = {},
  ): Promise<string> {
    const made = await w.docker.createContainer({
      name,
      Image: image,
      Entrypoint: ['sleep', '600'],
      Labels,
      HostConfig: { Init: true, NetworkMode: 'none' },
      ...more,
    });
    stack.defer(() => made.remove({ force: true, v: true }).catch(() => undefined));
    await made.start();
    return made.id;
  }

  const ours = (folder: string, kind: string, name: string) => ({
    [labels.home]: homeId(folder),
    [labels.data]: folder,
    [labels.machine]: machine,
    [labels.kind]: kind,
    [labels.name]: name,
  });

  test('the list says what each is for and how it does', async () => {
    expect(await mine(w, 'chain')).toMatchObject({
      title: w.chain,
      chain: w.chain,
      state: 'running',
      health: 'healthy',
      orphan: null,
      // Its programs reach it through the gateway, whose port it isn't.
      ports: [],
    });
    expect(await mine(w, 'workspace')).toMatchObject({
      title: 'broken',
      project: w.project,
      state: 'running',
      health: 'healthy',
      orphan: null,
      usedBy: null,
      image,
    });
  });

  test('a chain that does not answer and a workspace that takes no command are unhealthy', async () => {
    const dead = await container(
      named(homeId(w.app.home), 'chain', 'dead'),
      ours(w.app.home, 'chain', 'dead'),
      {
        ExposedPorts: { '8545/tcp': {} },
        HostConfig: {
          ...{ Init: true, NetworkMode: 'bridge' },
          PortBindings: { '8545/tcp': [{ HostIp: '127.0.0.1', HostPort: `${await freePort()}` }] },
        },
      },
    );
    const found = (await w.client.containers.list()).find((c) => c.id === dead);
    expect(found?.health).toBe('unhealthy');
  });

  test('use of CPU and memory is what the program really uses', async () => {
    const workspace = w.opened.engine.workspace({ id: w.project, path: w.fixture.folder });
    const stop = new AbortController();
    const busy = workspace.exec(
      {
        program: 'node',
        args: ['-e', 'const held = Buffer.alloc(150e6, 1); for (;;) held[0]++;'],
        env: {},
        cwd: w.fixture.folder,
      },
      { signal: stop.signal, onOutput: () => undefined },
    );
    try {
      // A busy machine gives it a part of a core; what rests uses less than a hundredth.
      const busyNow = ([one]: ContainerStats[]) =>
        one !== undefined && one.cpuPercent > 8 && one.memoryBytes > 140e6;
      const stream = await w.client.containers.stats({ container: 'broken' });
      const [one] = await until(stream, busyNow);
      expect(one).toMatchObject({ title: 'broken', kind: 'workspace' });
      // One thread that never rests is one core.
      expect(one?.cpuPercent).toBeLessThan(150);
      expect(one?.memoryBytes).toBeLessThan(400e6);
      expect(one?.memoryLimitBytes).toBeGreaterThan(one?.memoryBytes ?? 0);
      expect(one?.pids).toBeGreaterThan(1);
    } finally {
      stop.abort();
      await busy;
    }
  });

  test('traffic is counted in bytes a second', async () => {
    const asking = setInterval(() => {
      w.client.chains.accounts({ chain: w.chain }).catch(() => undefined);
    }, 50);
    try {
      const stream = await w.client.containers.stats({ container: w.chain });
      const [one] = await until(stream, ([s]) => (s?.received ?? 0) > 500);
      expect(one?.sent).toBeGreaterThan(500);
    } finally {
      clearInterval(asking);
    }
  });

  test('asked once, everything that runs is in it', async () => {
    const all = await w.client.containers.statsOnce({});
    expect(all.map((s) => s.title)).toEqual(expect.arrayContaining(['broken', w.chain]));
  });

  test("a chain's log is what anvil says, and goes on over a restart of the chain", async () => {
    const stop = new AbortController();
    const stream = await w.client.containers.logs({ container: w.chain }, { signal: stop.signal });
    const first = await stream.next();
    expect((first.value as string[]).join('\n')).toContain('Listening on');
    const again = until(stream, (lines) => lines.some((line) => line.includes('Listening on')));
    await w.client.chains.restart({ chain: w.chain });
    await again;
    stop.abort();
  });

  test("a container's own log: its last lines, and those after a restart of it, once each", async () => {
    const script =
      'i=$(cat /tmp/n 2>/dev/null || echo 0); echo $((i+1)) > /tmp/n; seq -f "$i.%g é" 1 3000; exec sleep 600';
    const id = await container(
      named(homeId(w.app.home), 'project', `${w.project + 1000}`),
      ours(w.app.home, 'workspace', `${w.project + 1000}`),
      { Entrypoint: ['sh', '-c', script] },
    );
    const written = await w.client.containers.logs({ container: id });
    await until(written, (lines) => lines.includes('0.3000 é'));
    await written.return(undefined);
    const ended: string[] = [];
    for await (const lines of await w.client.containers.logs({
      container: id.slice(0, 12),
      follow: false,
      tail: 2,
    })) {
      ended.push(...lines);
    }
    expect(ended).toEqual(['0.2999 é', '0.3000 é']);

    const stop = new AbortController();
    const all: string[] = [];
    const stream = await w.client.containers.logs(
      { container: id, tail: 5 },
      { signal: stop.signal },
    );
    const read = (async () => {
      for await (const lines of stream) {
        all.push(...lines);
        if (all.includes('0.3000 é') && all.length === 5)
          void w.docker.getContainer(id).restart({ t: 0 });
        if (all.includes('1.3000 é')) return;
      }
    })();
    await read;
    expect(all).toHaveLength(3005);
    expect(new Set(all).size).toBe(3005);
    stop.abort();
  });

  test('a workspace that a deployment runs in is not stopped, and the answer names the run', async () => {
    const id = await deploy(w, 400);
    await until(await w.client.deployments.watch({ id }), (batch) =>
      batch.some((e) => e.type === 'result'),
    );
    const busy = await mine(w, 'workspace');
    expect(busy.usedBy).toMatch(/^broken #\d+$/);
    for (const verb of ['stop', 'remove'] as const) {
      await expect(w.client.containers[verb]({ container: 'broken' })).rejects.toMatchObject({
        code: 'CONTAINER_BUSY',
        message: expect.stringContaining(busy.usedBy ?? '?'),
      });
    }
    await expect(w.client.containers.stop({ container: w.chain })).rejects.toMatchObject({
      code: 'CHAIN_BUSY',
    });
    await w.client.deployments.cancel({ id });
    await w.client.containers.stop({ container: 'broken' });
    expect(await mine(w, 'workspace')).toMatchObject({ state: 'exited', health: null });
    await deployed(w);
    await w.client.containers.remove({ container: 'broken' });
    await expect(mine(w, 'workspace')).rejects.toThrow('no workspace');
    await deployed(w);
  });

  test('stopping the container of a chain stops the chain: its state is saved', async () => {
    const before = await w.client.chains.get({ chain: w.chain });
    await w.client.containers.stop({ container: before.container ?? '' });
    expect(await w.client.chains.get({ chain: w.chain })).toMatchObject({
      status: 'stopped',
      problem: null,
      blockNumber: before.blockNumber,
    });
    await w.client.chains.start({ chain: w.chain });
    expect((await w.client.chains.get({ chain: w.chain })).blockNumber).toBe(before.blockNumber);
  });

  test('orphans go, and nothing else', async () => {
    const gone = await temporaryFolder();
    await rm(gone.path, { recursive: true });
    const there = await temporaryFolder();
    stack.use(there);
    const home = homeId(w.app.home);
    const orphan = await container(
      named(homeId(gone.path), 'chain', 'a'),
      ours(gone.path, 'chain', 'a'),
    );
    const removed = await container(
      named(home, 'project', '999'),
      ours(w.app.home, 'workspace', '999'),
    );
    const volume = named(homeId(gone.path), 'home', '0');
    await w.docker.createVolume({ Name: volume, Labels: ours(gone.path, 'volume', '0') });
    stack.defer(() =>
      w.docker
        .getVolume(volume)
        .remove()
        .catch(() => undefined),
    );

    const mineToo = { [labels.data]: w.app.home, [labels.home]: home, [labels.machine]: machine };
    const leftVolumes = {
      'shared by earlier versions': named(home, 'home', '1-1'),
      'of a removed project': named(home, 'project', '999', 'home', '1-1'),
    };
    await w.docker.createVolume({
      Name: leftVolumes['shared by earlier versions'],
      Labels: mineToo,
    });
    await w.docker.createVolume({
      Name: leftVolumes['of a removed project'],
      Labels: { ...mineToo, [labels.kind]: 'volume', [labels.name]: '999' },
    });
    const leftNetwork = chainNetwork(w.app.home, 'gone');
    await ensureNetwork(w.docker, leftNetwork);

    const foreign = {
      'similar name': await container(named(homeId(gone.path), 'project', '7'), {}),
      'from our image': await container('some-tool', { 'dev.drydock.kind': 'workspace' }),
      // As `docker commit` of one of ours and a run of that would make it.
      'our labels, another name': await container(
        `drydock-copy-${randomUUID().slice(0, 4)}`,
        ours(gone.path, 'chain', 'a'),
      ),
      'another data folder': await container(
        named(homeId(there.path), 'project', '1'),
        ours(there.path, 'workspace', '1'),
      ),
      'this path on another machine': await container(named(home, 'project', '998'), {
        ...ours(w.app.home, 'workspace', '998'),
        [labels.machine]: 'elsewhere',
      }),
      'another machine': await container(named(homeId(gone.path), 'chain', 'b'), {
        ...ours(gone.path, 'chain', 'b'),
        [labels.machine]: 'elsewhere',
      }),
    };
    const foreignVolume = `drydock-notes-${randomUUID().slice(0, 4)}`;
    await w.docker.createVolume({ Name: foreignVolume });
    stack.defer(() =>
      w.docker
        .getVolume(foreignVolume)
        .remove()
        .catch(() => undefined),
    );

    const shown = await w.client.containers.list();
    expect(shown.find((c) => c.id === orphan)?.orphan).toContain(gone.path);
    expect(shown.find((c) => c.id === removed)?.orphan).toContain('project was removed');
    expect(shown.map((c) => c.id)).not.toContain(foreign['similar name']);
    expect(shown.map((c) => c.id)).not.toContain(foreign['our labels, another name']);
    for (const ref of [
      foreign['another data folder'],
      foreign['another machine'],
      foreign['this path on another machine'],
    ]) {
      await expect(w.client.containers.remove({ container: ref })).rejects.toMatchObject({
        code: 'CONTAINER_FOREIGN',
      });
    }
    await expect(
      w.client.containers.remove({ container: foreign['similar name'] }),
    ).rejects.toMatchObject({ code: 'CONTAINER_NOT_FOUND' });

    const plan = await w.client.containers.cleanup({ dryRun: true });
    expect(plan.containers.map((c) => c.id)).toEqual(expect.arrayContaining([orphan, removed]));
    expect(await exists(w, orphan)).toBe(true);

    const done = await w.client.containers.cleanup({});
    expect(done.volumes.map((v) => v.name)).toEqual(
      expect.arrayContaining([volume, ...Object.values(leftVolumes)]),
    );
    expect(done.networks.map((n) => n.name)).toContain(leftNetwork.name);
    expect(done.networks.map((n) => n.name)).not.toContain(projectsNetwork(w.app.home).name);
    expect(done.networks.map((n) => n.name)).not.toContain(chainNetwork(w.app.home, w.chain).name);
    expect(await exists(w, orphan)).toBe(false);
    expect(await exists(w, removed)).toBe(false);
    for (const [what, id] of Object.entries(foreign)) {
      expect(await exists(w, id), what).toBe(true);
    }
    const { Volumes } = await w.docker.listVolumes();
    expect(Volumes.map((v) => v.Name)).toContain(foreignVolume);
    expect(Volumes.map((v) => v.Name)).not.toContain(volume);
    expect(await mine(w, 'workspace')).toMatchObject({ state: 'running' });
    expect(await mine(w, 'chain')).toMatchObject({ state: 'running' });
  });

  test('disk use counts what is ours', async () => {
    const use = await w.client.containers.diskUse();
    expect(use.images.count).toBeGreaterThan(0);
    expect(use.images.bytes).toBeGreaterThan(50e6);
    expect(use.volumes.count).toBeGreaterThan(0);
  });

  test('disk use is answered to several at once, also while somebody else asks for it', async () => {
    let asking = true;
    const somebody = (async () => {
      while (asking) {
        // Docker 20.10 answers one at a time, and refuses the others.
        await Promise.allSettled([w.docker.df(), w.docker.df()]);
        await sleep(10);
      }
    })();
    try {
      for (let round = 0; round < 5; round++) {
        const ask = () => w.client.containers.diskUse();
        const [first, ...others] = await Promise.all([ask(), ask(), ask()]);
        for (const other of others) expect(other).toEqual(first);
      }
    } finally {
      asking = false;
      await somebody;
    }
  });

  test('what becomes of a container is told', async () => {
    const changes = await w.client.app.changes();
    const told = until(changes, (batch) => batch.some((c) => c.topic === 'containers'));
    const { id } = await mine(w, 'workspace');
    await w.docker.getContainer(id).stop({ t: 0 });
    await told;
  });
});

const why = shared.missing ?? whyNoPrivateDaemon();

describe.skipIf(skipAloud('containers of a daemon that goes away', why))('no daemon', () => {
  let stack: AsyncDisposableStack;
  let folder: string;
  let w: World;

  beforeAll(async () => {
    stack = new AsyncDisposableStack();
    folder = stack.use(await temporaryFolder()).path;
    stack.defer(() => stopPrivateDaemon(folder));
    const { host } = await startPrivateDaemon(folder);
    await prepareDocker(host);
    w = await world(stack, host);
  }, 300_000);
  afterAll(() => stack.disposeAsync(), 120_000);

  test('use goes on when the daemon is back, a log ends with the reason', async () => {
    const { id } = await mine(w, 'workspace');
    const stop = new AbortController();
    const stats = await w.client.containers.stats({}, { signal: stop.signal });
    await until(stats, (batch) => batch.length === 2);
    const log = (async () => {
      for await (const _ of await w.client.containers.logs({ container: id })) {
        // It writes nothing.
      }
    })();
    const logEnded = expect(log).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
    await endPrivateDaemon(folder, 'SIGKILL');
    await logEnded;
    await until(stats, (batch) => batch.length === 0);
    await expect(w.client.containers.list()).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
    await startPrivateDaemon(folder);
    await deployed(w);
    const batch = await until(stats, (some) => some.length === 2);
    expect(batch.map((s) => s.title).sort()).toEqual(['broken', w.chain].sort());
    stop.abort();
  }, 180_000);
});
