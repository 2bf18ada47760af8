import { writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import Docker from 'dockerode';
import type { App } from '#main/app.ts';
import { remove } from '#main/engines/docker/container.ts';
import { homeId, labels, machine } from '#main/engines/docker/labels.ts';
import { workspaceName } from '#main/engines/docker/workspace.ts';
import { rpc } from '#main/eth/rpc.ts';
import { openTestApp } from '#test/harness/app.ts';
import { startPrivateDaemon, stopPrivateDaemon } from '#test/harness/docker-daemon.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { freePort } from '#test/harness/ports.ts';
import { putSmallImage } from '#test/harness/small-image.ts';
import type { Known } from './arbitrary.ts';
import { isAboutDocker, KEY } from './examples.ts';

/** One that runs nothing, and that any daemon makes at once. */
const IMAGE = 'drydock/fuzz:small';
/** Another, which neither a container nor a build uses. */
const SPARE = 'drydock/fuzz:spare';

/** Gas of a block. */
const ROOM = 60_000_000;
/** Unix time, s. */
const YEAR_9000 = 221_845_392_000;

/** What there is for operations to work on, with real ids. */
export interface World extends AsyncDisposable {
  app: App;
  client: Client;
  /** Deploys three contracts. */
  project: { id: number; name: string; path: string };
  /** Of the networks: one that runs, a fork of it, one that responds, and one that doesn't. */
  networks: { chain: string; fork: string; near: string; far: string };
  /** Runs that have ended: two that succeeded, one that failed. */
  runs: { succeeded: number; second: number; failed: number };
  /** As they are after `mend`. */
  snapshot: number;
  webhook: number;
  delivery: number;
  terminal: string;
  backup: string;
  container: string;
  image: string;
  /** Puts back what the operations before have changed or removed, as far as the next needs it. */
  mend(procedure?: string): Promise<void>;
  /** Deploys, and waits for the end. Returns the run; on the running chain it has succeeded. */
  run(network?: string): Promise<number>;
  /** Values for the fields of a feature's inputs. */
  known(feature: string): Known;
}

/** Without Docker its address leads nowhere, so that no daemon that is here is touched. */
export async function openWorld({ docker }: { docker: boolean }): Promise<World> {
  await using stack = new AsyncDisposableStack();
  const daemon = docker ? await openDaemon(stack) : undefined;
  const host = daemon?.host ?? 'unix:///nowhere/docker.sock';
  const before = process.env.DOCKER_HOST;
  process.env.DOCKER_HOST = host;
  stack.defer(() => {
    if (before === undefined) delete process.env.DOCKER_HOST;
    else process.env.DOCKER_HOST = before;
  });
  const core = stack.use(await openTestApp({ asksForTrust: true }));
  const fixture = stack.use(await copyFixture('token-vault', { git: true, compiled: true }));
  writeFileSync(path.join(fixture.folder, 'Dockerfile'), `FROM ${IMAGE}\n`);
  const { client } = await openDoor('in-process', core.app);
  const port = await freePort();
  const forkPort = await freePort();
  const receiver = await openReceiver(stack);

  const networks = { chain: 'local', fork: 'fork', near: 'near', far: 'far' };
  const project = await client.projects.add({
    path: fixture.folder,
    kind: 'foundry',
    name: 'vault',
  });
  await client.settings.set({ sourcifyUrl: receiver });
  const settings = await client.settings.get();
  const retention = await client.data.retention();
  const { secret: _, ...hook } = await client.webhooks.add({ name: 'hook', url: receiver });

  const world: World = {
    app: core.app,
    client,
    project: { id: project.id, name: 'vault', path: project.path },
    networks,
    runs: { succeeded: 0, second: 0, failed: 0 },
    snapshot: 0,
    webhook: hook.id,
    delivery: 0,
    terminal: '',
    backup: '',
    container: '',
    image: SPARE,
    mend,
    run,
    known,
    async [Symbol.asyncDispose]() {
      await client.backups.cancelRestore();
      await moved.disposeAsync();
    },
  };

  async function mend(procedure = ''): Promise<void> {
    await client.settings.set(settings);
    await client.data.setRetention(retention);
    await client.backups.cancelRestore();
    await cancelAll();
    const isNew = await mendProject();
    await mendChain();
    await mendVariables();
    if (isNew) {
      world.runs = { succeeded: await run(), second: await run(), failed: await run('far') };
    }
    if (daemon && isAboutDocker(procedure)) await mendDocker(daemon.docker);
    if (procedure.startsWith('terminals.')) await mendTerminal();
    if (procedure.startsWith('webhooks.')) await mendWebhook();
    if (procedure.startsWith('backups.')) await mendBackup();
    if (/^(keys|reviews)\./.test(procedure)) await mendKeys();
  }

  async function cancelAll(): Promise<void> {
    const { running, waiting } = await client.deployments.queue();
    for (const { id } of [...waiting, ...running]) {
      await client.deployments.cancel({ id }).catch(() => undefined);
    }
  }

  /** Whether it's another one now: the runs of one that is removed go with it. */
  async function mendProject(): Promise<boolean> {
    const all = await client.projects.list();
    for (const one of all) {
      if (one.path !== fixture.folder) await client.projects.remove({ project: one.id });
    }
    const { id } = await client.projects.add({
      path: fixture.folder,
      kind: 'foundry',
      name: 'vault',
    });
    const isNew = world.runs.second === 0 || id !== world.project.id;
    world.project.id = id;
    for (const { path: parent, kind } of await client.projects.trusted()) {
      if (kind === 'parent') await client.projects.untrustParent({ path: parent });
    }
    await client.projects.trust({ project: id });
    await client.projects.edit({ project: id, name: 'vault', color: null, group: '' });
    await client.projects.setEngine({ project: id, engine: null });
    await client.projects.setDockerfile({ project: id, dockerfile: null });
    await client.projects.setToolVersion({ project: id, tool: 'foundry', version: null });
    await client.deployments.setLimits({
      project: id,
      limits: { run: 600, compile: 600, broadcast: 600 },
    });
    return isNew;
  }

  async function mendChain(): Promise<void> {
    const url = `http://127.0.0.1:${port}`;
    for (const { name, source } of await client.networks.list()) {
      const own = Object.values(networks).includes(name);
      if (source === 'user' && !own) await removeNetwork(name);
    }
    const running = (await client.chains.list()).filter(({ status }) => status === 'running');
    const local = running.find(({ name }) => name === 'local');
    for (const { name } of running) {
      if (name !== 'local') await client.chains.stop({ chain: name });
    }
    const same = local?.rpcUrl === url && local.engine === 'process';
    if (same) await client.chainControls.mining({ chain: 'local', mode: 'auto' });
    if (!same || !(await takesDeploys(url))) {
      if (local) await client.chains.stop({ chain: 'local' });
      await client.networks.save({ name: 'local', kind: 'local', port });
      await client.chains.start({ chain: 'local', engine: 'process', port, fresh: true });
    }
    await client.networks.save({ name: 'fork', kind: 'fork', url, port: forkPort });
    await client.networks.save({ name: 'near', kind: 'remote', url });
    await client.networks.save({ name: 'far', kind: 'remote', url: 'http://127.0.0.1:9' });
    for (const { name, label, color, group } of await client.networks.list()) {
      if (label === '' && color === null && group === '') continue;
      await client.networks.edit({ name, label: '', color: null, group: '' });
    }
    for (const network of [networks.near, networks.far]) {
      const { freeze, ...rails } = await client.rails.get({ network });
      if (freeze) await client.rails.unfreeze({ network });
      const isSet = [rails.ownProduction, rails.doors, rails.senders, rails.dailyLimit].some(
        (one) => one !== null,
      );
      if (!isSet && rails.ownConfirmations === null) continue;
      await client.rails.set({
        ...{ network, production: null, doors: null, senders: null },
        ...{ dailyLimit: null, confirmations: null },
      });
    }
    for (const { id, name } of await client.chains.snapshots({ chain: 'local' })) {
      if (name !== 'one') await client.chains.removeSnapshot({ chain: 'local', snapshot: id });
    }
    const [one] = await client.chains.snapshots({ chain: 'local' });
    world.snapshot = (one ?? (await client.chains.snapshot({ chain: 'local', name: 'one' }))).id;
  }

  /** Junk may have left one whose value can't be looked up, without which no run begins. */
  async function mendVariables(): Promise<void> {
    for (const { name, project, target } of await client.environments.list({ project: 'vault' })) {
      await client.environments.unset({ name, project: project?.id ?? null, target });
    }
  }

  /** Junk may have left it without a next block, with one that no deployment fits in, or at the end of time. */
  async function takesDeploys(url: string): Promise<boolean> {
    const call = rpc(url);
    try {
      const [from] = await call<string[]>('eth_accounts');
      const hash = await call('eth_sendTransaction', [{ from, data: '0x', gas: '0x5b8d80' }]);
      const receipt = await call<{ status: string } | null>('eth_getTransactionReceipt', [hash]);
      const { timestamp } = await call<{ timestamp: string }>('eth_getBlockByNumber', [
        ...['latest', false],
      ]);
      return receipt?.status === '0x1' && Number(timestamp) < YEAR_9000;
    } catch {
      return false;
    }
  }

  async function removeNetwork(name: string): Promise<void> {
    const chain = (await client.chains.list()).find((one) => one.name === name);
    if (chain?.status === 'running') await client.chains.stop({ chain: name });
    await client.networks.remove({ name });
  }

  async function mendDocker(engine: Docker): Promise<void> {
    for (const tag of [IMAGE, SPARE]) {
      await putSmallImage(engine, tag, { [labels.kind]: 'image', [labels.name]: 'foundry' });
    }
    world.container = workspaceName(homeId(core.home), world.project.id);
    // Builds that go on after their stream was left have some, too.
    for (const { Id } of await engine.listContainers({ all: true })) await remove(engine, Id);
    await engine.createContainer({
      name: world.container,
      Image: IMAGE,
      Cmd: ['/content'],
      Labels: {
        [labels.home]: homeId(core.home),
        [labels.data]: core.home,
        [labels.machine]: machine,
        [labels.kind]: 'workspace',
        [labels.name]: `${world.project.id}`,
      },
    });
  }

  async function mendTerminal(): Promise<void> {
    const all = await client.terminals.list({});
    const good = all.find(({ id, exit }) => id === world.terminal && exit === null);
    for (const { id } of all) if (id !== good?.id) await client.terminals.close({ id });
    if (!good) world.terminal = (await client.terminals.open({ project: 'vault' })).id;
  }

  async function mendWebhook(): Promise<void> {
    for (const { id } of await client.webhooks.list()) {
      if (id !== world.webhook) await client.webhooks.remove({ webhook: id });
    }
    const same = { name: 'hook', url: receiver, types: null, enabled: true };
    const there = (await client.webhooks.list()).length > 0;
    if (there) await client.webhooks.update({ webhook: world.webhook, ...same });
    else world.webhook = (await client.webhooks.add(same)).id;
    const [last] = await client.webhooks.deliveries({ webhook: world.webhook, limit: 1 });
    world.delivery = last?.id ?? (await client.webhooks.test({ webhook: world.webhook })).id;
  }

  async function mendBackup(): Promise<void> {
    const [newest] = (await client.backups.list()).items;
    world.backup = (newest ?? (await client.backups.create())).name;
  }

  async function mendKeys(): Promise<void> {
    const all = await client.keys.list();
    for (const { name } of all) {
      if (name !== KEY) await client.keys.remove({ name, confirm: name });
    }
    if (all.every(({ name }) => name !== KEY)) await client.keys.create({ name: KEY });
  }

  async function run(network = 'local'): Promise<number> {
    // Junk may have left blocks in which no deployment has room.
    if (network === 'local') {
      await client.chainControls
        .nextBlock({ chain: 'local', gasLimit: ROOM })
        .catch(() => undefined);
    }
    const { id } = await client.deployments.start({ project: 'vault', target: network });
    for await (const _ of await client.deployments.watch({ id }));
    const { status, failure } = await client.deployments.get({ id });
    if (network === 'local' && status !== 'succeeded') {
      throw new Error(`A run that other operations need has ${status}: ${failure?.message}`);
    }
    return id;
  }

  function known(feature: string): Known {
    const { runs } = world;
    const ids: Record<string, (string | number)[]> = {
      terminals: [world.terminal],
      webhooks: [world.delivery],
    };
    const projects = [world.project.id, 'vault', fixture.folder];
    const names = Object.values(networks);
    return {
      project: projects,
      path: [fixture.folder, core.home],
      path_url: [fixture.folder, `file://${fixture.folder}`],
      prefix: [fixture.folder, `${path.dirname(fixture.folder)}/`],
      dockerfile: ['Dockerfile', 'foundry.toml'],
      chain: ['local', 'local', ...names],
      network: names,
      network_name: names,
      name: [...names, 'vault', 'hook', 'one'],
      id: ids[feature] ?? Object.values(runs),
      a: Object.values(runs),
      b: Object.values(runs),
      snapshot: [world.snapshot, 'one', 'latest'],
      script: ['script/Deploy.s.sol', 'script/Deploy.s.sol:Deploy'],
      script_path: ['script/Deploy.s.sol'],
      sig: ['run()'],
      webhook: [world.webhook, 'hook'],
      backup: [world.backup, 'latest'],
      container: [world.container, 'vault'],
      image: [IMAGE, SPARE],
      url: [receiver, `http://127.0.0.1:${port}`],
      address: ['0x00000000000000000000000000000000000000aa'],
      ether: ['1', '0.5'],
    };
  }

  await mend();
  const moved = stack.move();
  return world;
}

async function openDaemon(stack: AsyncDisposableStack): Promise<{ host: string; docker: Docker }> {
  const folder = stack.use(await temporaryFolder()).path;
  stack.defer(() => stopPrivateDaemon(folder));
  const { host } = await startPrivateDaemon(folder);
  return { host, docker: new Docker({ socketPath: host.replace('unix://', '') }) };
}

/** Where deliveries of webhooks go. */
async function openReceiver(stack: AsyncDisposableStack): Promise<string> {
  const server = http.createServer(({ url = '' }, response) => {
    const verified = JSON.stringify({ customCode: 'already_verified', message: 'It is.' });
    if (url.startsWith('/v2/verify/')) response.writeHead(409).end(verified);
    else response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stack.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
