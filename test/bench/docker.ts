import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { promisify } from 'node:util';
import type Docker from 'dockerode';
import { type Db, openDb } from '#main/db/open.ts';
import { homeId } from '#main/engines/docker/labels.ts';
import { chainNetwork, projectsNetwork } from '#main/engines/docker/network.ts';
import { workspaceName } from '#main/engines/docker/workspace.ts';
import { rpc } from '#main/eth/rpc.ts';
import { Journal } from '#main/features/deployments/journal.ts';
import { RunLog } from '#main/features/deployments/run-log.ts';
import { deploymentsStore } from '#main/features/deployments/store.ts';
import { projectsStore } from '#main/features/projects/store.ts';
import { forge } from '#main/kinds/foundry/forge.ts';
import { type OpenedDocker, openTestDocker, testDocker } from '#test/harness/docker.ts';
import { stopPrivateDaemon } from '#test/harness/docker-daemon.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { freePort } from '#test/harness/ports.ts';
import { queuedDeployment } from '#test/harness/queued-deployment.ts';
import { type Core, deployAndWatch, openCore, settled } from './core.ts';
import { type Figure, plainFigure, ratioFigure } from './figure.ts';
import { interleave, median, type Pairs, timed } from './samples.ts';
import { threeTransactions } from './warm-deploy.ts';

const run = promisify(execFile);
const MB = 1024 * 1024;
const LINE = 'compiling contracts/token/ERC20/ERC20.sol, about a line long';

/** The docker engine over the bare `docker` command, on the daemon that the tests use. */
export async function dockerFigures(rounds: number, lines: number): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'drydock-bench-docker-'));
  const target = await testDocker(folder);
  if (target.missing) {
    process.stderr.write(`skipped: Docker: ${target.missing}\n`);
    return [];
  }
  process.env.DOCKER_HOST = target.host;
  process.env.DRYDOCK_ENGINE = 'docker';
  try {
    await using core = await openCore();
    await using docker = openTestDocker(target, core.home);
    return [
      await preparing(docker, rounds),
      await cachedBuild(docker),
      ...(await warmDeploys(core, docker, rounds)),
      await chainStarts(core, docker, rounds),
      ...(await logLines(core, docker, lines)),
    ];
  } finally {
    process.env.DRYDOCK_ENGINE = 'process';
    await stopPrivateDaemon(folder);
  }
}

async function preparing(docker: OpenedDocker, rounds: number): Promise<Figure> {
  const samples: number[] = [];
  for (let round = 0; round < rounds; round++) {
    samples.push(await timed(() => docker.images.ensure('foundry')));
  }
  return plainFigure('preparing an image that is there', median(samples), 'ms', 30);
}

/** Every step from an earlier build, over every step done. */
async function cachedBuild(docker: OpenedDocker): Promise<Figure> {
  const pairs: Pairs = { ours: [], bare: [] };
  const build = (fresh: boolean) => timed(() => docker.images.rebuild('foundry', { fresh }));
  for (let round = 0; round < 3; round++) {
    pairs.bare.push(await build(true));
    pairs.ours.push(await build(false));
  }
  return ratioFigure('a cached build of an image, over the first', 0.05, pairs);
}

async function warmDeploys(core: Core, docker: OpenedDocker, rounds: number): Promise<Figure[]> {
  await using small = await threeTransactions();
  const { client, chain } = core;
  const project = await client.projects.add({ path: small.folder });
  const deploy = async () => {
    const ended = await deployAndWatch(client, project.id, chain);
    if (ended.status !== 'succeeded') throw new Error(`deploy ${ended.status}: ${ended.why}`);
  };
  await deploy();
  const container = workspaceName(homeId(core.home), project.id);
  const words = await sameCommand(core, docker, project);
  const { id: snapshot } = await client.chains.snapshot({ chain });
  /** All of them start from the same state of the same chain. */
  const fromThere = async (work: () => Promise<unknown>) => {
    await settled(client, chain);
    await client.chains.revert({ chain, snapshot });
    return timed(work);
  };
  const ours = () => fromThere(deploy);
  const exec = () =>
    fromThere(() => run('docker', ['exec', '-w', small.folder, container, ...words]));
  const { HostConfig, Config } = await inspect(docker, container);
  const mounts = (HostConfig.Mounts ?? []).flatMap(({ Type, Source, Target }) => [
    '--mount',
    `type=${Type},src=${Source},dst=${Target}`,
  ]);
  const network = chainNetwork(core.home, chain).name;
  const anew = () =>
    fromThere(() =>
      run('docker', [
        ...['run', '--rm', '--init', '--network', network, ...mounts],
        ...['-u', Config.User || '0:0', '-w', small.folder, Config.Image, ...words],
      ]),
    );
  await interleave(2, ours, exec);
  return [
    ratioFigure(
      'warm deploy in Docker, over `docker exec`',
      1.1,
      await interleave(rounds, ours, exec),
    ),
    ratioFigure('… over `docker run --rm`', 0.5, await interleave(rounds, ours, anew)),
  ];
}

/** What a deploy runs when nothing is to be compiled, as words, its variables among them. */
async function sameCommand(
  { client, home, chain }: Core,
  docker: OpenedDocker,
  project: { id: number; path: string },
): Promise<string[]> {
  const { rpcUrl, chainId } = await client.chains.get({ chain });
  const [first] = await client.chains.accounts({ chain });
  const reached = await docker.engine.reach(rpcUrl ?? '');
  if (!reached || !first) throw new Error('the chain is not running');
  const { command } = await forge({ dataFolder: home }).plan(
    {
      folder: project.path,
      script: { file: 'script/Deploy.s.sol', contract: 'Deploy' },
      signature: 'run()',
      args: [],
      from: first.address.toLowerCase(),
      target: {
        rpcUrl: reached,
        secretUrl: false,
        chainId,
        unlocked: true,
        codeSizeLimit: null,
        mayHoldProxies: false,
        isOwn: true,
      },
    },
    docker.engine.workspace(project),
  );
  const env = Object.entries(command.env).map(([name, value]) => `${name}=${value}`);
  return [...(env.length > 0 ? ['env', ...env] : []), command.program, ...command.args];
}

async function inspect(docker: OpenedDocker, name: string): Promise<Docker.ContainerInspectInfo> {
  return (await docker.daemon.require()).docker.getContainer(name).inspect();
}

async function chainStarts(core: Core, docker: OpenedDocker, rounds: number): Promise<Figure> {
  const { client, chain } = core;
  const { tag } = await docker.images.recipe('foundry');
  const port = await freePort();
  await client.chains.stop({ chain });
  const ours = async () => {
    const before = performance.now();
    const { rpcUrl } = await client.chains.start({ chain, fresh: true });
    await rpc(rpcUrl as string)('eth_chainId');
    const ms = performance.now() - before;
    await client.chains.stop({ chain });
    return ms;
  };
  const bare = async () => {
    const before = performance.now();
    await run('docker', [
      ...[
        'run',
        '-d',
        '--init',
        '--network',
        projectsNetwork(core.home).name,
        '--name',
        'drydock-bench-bare',
      ],
      ...['-p', `127.0.0.1:${port}:${port}`, '--entrypoint', 'anvil', tag],
      ...['--host', '0.0.0.0', '--port', `${port}`],
    ]);
    const call = rpc(`http://127.0.0.1:${port}`);
    while (!(await call('eth_chainId').catch(() => undefined))) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const ms = performance.now() - before;
    await run('docker', ['rm', '-f', 'drydock-bench-bare']);
    return ms;
  };
  await interleave(1, ours, bare);
  const pairs = await interleave(rounds, ours, bare);
  return ratioFigure('chain container to first answer, over `docker run`', 1.2, pairs);
}

/** The same lines: taken apart by dockerode and thrown away, and into the journal of a run. */
async function logLines(core: Core, docker: OpenedDocker, lines: number): Promise<Figure[]> {
  await using small = await threeTransactions();
  await using data = await temporaryFolder();
  const project = { id: 1000, path: small.folder };
  const workspace = docker.engine.workspace(project);
  const args = ['-f', `%.0f: ${LINE}`, '1', `${lines}`];
  const command = { program: 'seq', args, env: {}, cwd: small.folder };
  await workspace.exec({ ...command, args: ['1'] }, { onOutput: () => undefined });
  const { docker: api } = await docker.daemon.require();
  const place = api.getContainer(workspaceName(homeId(core.home), project.id));

  const db = openDb(data.path);
  const journalOf = journalIn(db);
  const record = async () => {
    const { log, count } = journalOf();
    await workspace.exec(command, {
      onOutput: (stream, text) => log.output(stream, text, () => undefined),
    });
    log.flush();
    if (count() !== lines) throw new Error(`${count()} of ${lines} lines arrived`);
  };
  const pairs: Pairs = { ours: [], bare: [] };
  let growth: number;
  try {
    // Before any bare stream: ours would grow, unseen, into the room of what that has left behind.
    growth = await memoryGrowth(async () => {
      for (let round = 0; round < 3; round++) await record();
    });
    for (let round = 0; round < 3; round++) {
      pairs.bare.push(await timed(() => discard(place, ['seq', ...args])));
      pairs.ours.push(await timed(record));
    }
  } finally {
    db.close();
  }
  const name = `${lines.toLocaleString('en')} lines from a container, over the bare stream`;
  return [
    ratioFigure(name, 2, pairs),
    plainFigure('… memory growth at its peak', growth / MB, 'MB', 100),
  ];
}

/** In bytes, at the peak. */
async function memoryGrowth(work: () => Promise<void>): Promise<number> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  await work().finally(() => clearInterval(watch));
  return peak - before;
}

/** Makes the journals of one run after the other. */
function journalIn(db: Db) {
  const store = deploymentsStore(db);
  const { id: projectId } = projectsStore(db).insert({
    name: 'bench',
    path: '/bench',
    kind: 'foundry',
    addedAt: 0,
  });
  return () => {
    const id = queuedDeployment(store, projectId);
    const log = new RunLog(id, new Journal(store, () => undefined));
    return { log, count: () => store.lastSeq(id) };
  };
}

async function discard(place: Docker.Container, words: string[]): Promise<void> {
  const created = await place.exec({ Cmd: words, AttachStdout: true, AttachStderr: true });
  const stream = await created.start({ hijack: true, stdin: false });
  const sink = new PassThrough();
  sink.resume();
  place.modem.demuxStream(stream, sink, sink);
  await new Promise((resolve) => stream.once('end', resolve));
}
