import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { homeId, labels, named, OLD_NETWORK } from '#main/engines/docker/labels.ts';
import { chainNetwork } from '#main/engines/docker/network.ts';
import { serviceName } from '#main/engines/docker/service-container.ts';
import { workspaceName } from '#main/engines/docker/workspace.ts';
import type { ContainerRef, Workspace } from '#main/engines/engine.ts';
import { type OpenedDocker, openTestDocker, testDocker } from '#test/harness/docker.ts';
import { holdFirewall } from '#test/harness/docker-firewall.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { freePort } from '#test/harness/ports.ts';
import { skipAloud } from '#test/harness/skip.ts';

const run = promisify(execFile);
const docker = await testDocker();

/** Prints those of its arguments, addresses of RPC endpoints, at which something answers. */
const WHICH_ANSWER = `
const body = '{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}';
const headers = { 'content-type': 'application/json' };
const answers = (url) => fetch(url, { method: 'POST', body, headers, signal: AbortSignal.timeout(1500) })
  .then((response) => response.json()).then(() => [url], () => []);
Promise.all(process.argv.slice(1).map(answers)).then((all) => {
  console.log(JSON.stringify(all.flat()));
  // A name that is being looked up would hold it up.
  setTimeout(() => process.exit(), 50);
});
`;

describe.skipIf(skipAloud('isolation', docker.missing))('what a container reaches', () => {
  let stack: AsyncDisposableStack;
  let opened: OpenedDocker;
  let client: Docker;
  let data: string;
  const chains = new Map<string, { ref: ContainerRef; port: number }>();

  beforeAll(async () => {
    stack = new AsyncDisposableStack();
    // All networks are made while it is held.
    stack.use(await holdFirewall());
    data = stack.use(await temporaryFolder()).path;
    opened = stack.use(openTestDocker(docker, data));
    ({ docker: client } = await opened.daemon.require());
    await Promise.all([start('one'), start('two')]);
  }, 120_000);
  afterAll(() => stack.disposeAsync(), 60_000);

  async function start(name: string, upstream?: string): Promise<void> {
    const old = chains.get(name);
    if (old) await opened.engine.stopService(old.ref, 1000);
    const port = old?.port ?? (await freePort());
    const cwd = path.join(data, name);
    await mkdir(cwd, { recursive: true });
    const ref = await opened.engine.startService({
      name,
      use: 'chain',
      image: null,
      command: [
        'anvil',
        '--host',
        '0.0.0.0',
        '--port',
        `${port}`,
        ...(upstream ? ['--fork-url', upstream] : []),
      ],
      ports: [{ port, host: port }],
      folder: { path: cwd, env: {}, logFile: path.join(cwd, 'log') },
      readOnly: true,
      reaches: upstream,
    });
    chains.set(name, { ref: ref as ContainerRef, port });
    await vi.waitUntil(() => answers(`http://127.0.0.1:${port}`), { timeout: 30_000 });
  }

  const answers = (url: string): Promise<boolean> =>
    run(process.execPath, ['-e', WHICH_ANSWER, url]).then(({ stdout }) => stdout.includes(url));

  /** As a run has it that goes to that chain, or a terminal that goes to none. */
  async function workspace(id: number, chain?: string): Promise<Workspace> {
    const folder = path.join(data, 'projects', `${id}`);
    await mkdir(folder, { recursive: true });
    const port = chain === undefined ? undefined : chains.get(chain)?.port;
    const url = port && (await opened.engine.reach(`http://127.0.0.1:${port}`));
    return opened.engine.workspace({ id, path: folder }, url || undefined);
  }

  async function said(place: Workspace, ...words: string[]): Promise<string> {
    let text = '';
    const [program = '', ...args] = words;
    await place.exec(
      { program, args, env: {}, cwd: path.join(data, 'projects') },
      {
        onOutput: (_, piece) => {
          text += piece;
        },
      },
    );
    return text.trim();
  }

  /** Every address that a container could be reached at from another one. */
  async function addressesOf(container: string, port: number): Promise<string[]> {
    const { Name, NetworkSettings } = await client.getContainer(container).inspect();
    const hosts = Object.values(NetworkSettings.Networks).flatMap((n) => [n.IPAddress, n.Gateway]);
    return [Name.slice(1), 'host.docker.internal', ...hosts.filter(Boolean)].map(
      (host) => `http://${host}:${port}`,
    );
  }

  /** Names of the chains that are reached from there, at whichever of their addresses. */
  async function reached(place: Workspace): Promise<string[]> {
    const all = await Promise.all(
      [...chains].map(async ([name, { ref, port }]) => ({
        name,
        urls: await addressesOf(ref.container, port),
      })),
    );
    const urls = all.flatMap((chain) => chain.urls);
    const found: string[] = JSON.parse(await said(place, 'node', '-e', WHICH_ANSWER, ...urls));
    return all.filter((chain) => chain.urls.some((url) => found.includes(url))).map((c) => c.name);
  }

  test('a run reaches the chain that it goes to, and no other; the one before it no more', async () => {
    const a = await workspace(1, 'one');
    expect(await reached(a)).toEqual(['one']);
    const b = await workspace(2, 'one');
    expect(await reached(b)).toEqual(['one']);
    expect(await reached(await workspace(1)), 'after a run of another project').toEqual([]);
    expect(await reached(await workspace(1, 'two'))).toEqual(['two']);
    expect(await reached(b), 'still').toEqual(['one']);
    expect(await reached(await workspace(3)), 'a terminal before the first run').toEqual([]);
  }, 120_000);

  test('what a core that was killed has left joined is put right by the next run', async () => {
    await workspace(1, 'one').then((place) => said(place, 'true'));
    const container = workspaceName(homeId(data), 1);
    await client.getNetwork(chainNetwork(data, 'two').name).connect({ Container: container });
    expect(await reached(await workspace(1, 'one'))).toEqual(['one']);
  });

  test('a chain that an earlier version has started is reached', async () => {
    const { name } = chainNetwork(data, 'two');
    await client
      .getNetwork(name)
      .disconnect({ Container: serviceName(homeId(data), 'chain', 'two') });
    await client.getNetwork(name).remove();
    expect(await reached(await workspace(2, 'two'))).toEqual(['two']);
  });

  test('a fork reaches the chain that it forks from, also one that was started again', async () => {
    const { port } = chains.get('one') ?? { port: 0 };
    const upstream = (await opened.engine.reach(`http://127.0.0.1:${port}`)) ?? '';
    await start('fork', upstream);
    await start('one');
    const { container } = chains.get('fork')?.ref ?? { container: '' };
    const exec = await client.getContainer(container).exec({
      Cmd: ['node', '-e', WHICH_ANSWER, upstream],
      AttachStdout: true,
    });
    const stream = await exec.start({});
    let text = '';
    for await (const piece of stream) text += piece;
    expect(text).toContain(upstream);
    expect(await reached(await workspace(1, 'fork'))).toEqual(['fork']);
    expect(await reached(await workspace(2, 'one'))).toEqual(['one']);
  }, 120_000);

  test('workspaces do not reach each other', async () => {
    const listening = await workspace(1, 'one');
    const server = said(listening, 'timeout', '60', 'anvil', '--host', '0.0.0.0', '--port', '9999');
    const container = workspaceName(homeId(data), 1);
    const own = ['http://127.0.0.1:9999'];
    const ask = async (place: Workspace, urls: string[]) =>
      JSON.parse(await said(place, 'node', '-e', WHICH_ANSWER, ...urls));
    await expect.poll(() => ask(listening, own), { timeout: 30_000 }).toEqual(own);
    const all = await addressesOf(container, 9999);
    expect(await ask(await workspace(2, 'two'), all)).toEqual([]);
    await said(
      listening,
      'sh',
      '-c',
      'kill $(grep -alz "^9999$" /proc/[0-9]*/cmdline | cut -d/ -f3)',
    );
    await server;
  }, 60_000);

  test('networks go with their chain', async () => {
    const fork = chains.get('fork');
    if (fork) await opened.engine.stopService(fork.ref, 1000);
    chains.delete('fork');
    const ofFork = () =>
      client.listNetworks({
        filters: { label: [`${labels.home}=${homeId(data)}`, `${labels.name}=fork`] },
      });
    expect((await ofFork()).length).toBe(2);
    await opened.engine.forgetService('fork');
    expect(await ofFork()).toEqual([]);
  });

  test('the network that earlier versions shared is told from those of today', async () => {
    const networks = await opened.containers.networks();
    const own = networks.filter((network) => network.dataFolder === data);
    expect(own.map(({ use, subject }) => `${use} ${subject}`).sort()).toEqual([
      'chain one',
      'chain two',
      'workspaces projects',
    ]);
    expect(own.map(({ name }) => name)).not.toContain(OLD_NETWORK);
  });
});

describe.skipIf(skipAloud('isolation', docker.missing))('what a container can write', () => {
  let stack: AsyncDisposableStack;
  let opened: OpenedDocker;
  let client: Docker;
  let data: string;

  beforeAll(async () => {
    stack = new AsyncDisposableStack();
    data = stack.use(await temporaryFolder()).path;
    opened = stack.use(openTestDocker(docker, data));
    ({ docker: client } = await opened.daemon.require());
  });
  afterAll(() => stack.disposeAsync(), 60_000);

  async function sh(id: number, folder: string, script: string) {
    await mkdir(folder, { recursive: true });
    let text = '';
    const exit = await opened.engine.workspace({ id, path: folder }).exec(
      { program: 'sh', args: ['-c', script], env: {}, cwd: folder },
      {
        onOutput: (_, piece) => {
          text += piece;
        },
      },
    );
    return { code: exit.code, text };
  }

  async function git(folder: string, ...args: string[]) {
    const own = ['-c', 'user.name=Fixture', '-c', 'user.email=fixture@example.org'];
    await run('git', [...own, '-c', 'protocol.file.allow=always', ...args], { cwd: folder });
  }

  test('is not a .git, of the repository, its worktrees or its submodules', async () => {
    const library = path.join(data, 'library');
    const root = path.join(data, 'repository');
    for (const folder of [library, root]) {
      await mkdir(folder);
      await git(folder, 'init', '--quiet', '-b', 'main');
      await writeFile(path.join(folder, 'a'), 'a');
      await git(folder, 'add', 'a');
      await git(folder, 'commit', '--quiet', '-m', 'First');
    }
    const middle = path.join(data, 'middle');
    await git(data, 'clone', '--quiet', library, middle);
    await git(middle, 'submodule', '--quiet', 'add', library, 'lib/inner');
    await git(middle, 'commit', '--quiet', '-m', 'Inner');
    await git(root, 'submodule', '--quiet', 'add', middle, 'lib/x');
    await git(root, 'submodule', '--quiet', 'update', '--init', '--recursive');
    await git(root, 'commit', '--quiet', '-m', 'Submodule');
    const tree = path.join(data, 'tree');
    await git(root, 'worktree', 'add', '--quiet', tree);

    const attempts = [
      'echo "[core] fsmonitor = evil" >> .git/config',
      'touch .git/hooks/post-checkout',
      'rm -rf .git/config',
      'mv .git .aside',
      'echo x >> .git/modules/lib/x/config',
      'echo "gitdir: /tmp" > lib/x/.git',
      'rm lib/x/.git',
      'rm lib/x/lib/inner/.git',
    ];
    for (const attempt of attempts) {
      expect((await sh(1, root, attempt)).code, attempt).not.toBe(0);
    }
    expect((await sh(1, root, 'cat .git/HEAD; echo new > b; cat b')).text).toMatch(
      /^ref:.*\nnew$/m,
    );
    for (const attempt of ['echo "gitdir: /tmp" > .git', 'rm .git', 'mv .git other']) {
      expect((await sh(2, tree, attempt)).code, attempt).not.toBe(0);
    }
  }, 120_000);

  test('is never run by another project, and goes with its project', async () => {
    const [a, b] = [path.join(data, 'a'), path.join(data, 'b')];
    const plant = [
      'mkdir -p ~/.foundry/bin ~/.local/share/svm/0.8.30 ~/.svm',
      'for file in .profile .bashrc .foundry/bin/forge .local/share/svm/0.8.30/solc-0.8.30 .gitconfig; do echo "echo planted" > ~/$file && chmod +x ~/$file; done',
      'ls -A ~',
    ].join('\n');
    expect((await sh(3, a, plant)).text).toContain('.bashrc');
    expect((await sh(4, b, 'ls -A ~; touch own; echo done')).text).toBe('done\n');

    const { Mounts } = await client.getContainer(workspaceName(homeId(data), 4)).inspect();
    const writable = Mounts.filter(({ RW }) => RW);
    expect(writable.map(({ Source }) => Source).filter((source) => source?.includes(data))).toEqual(
      [b],
    );
    const volumes = async () => {
      const filters = { label: [`${labels.home}=${homeId(data)}`] };
      return ((await client.listVolumes({ filters })).Volumes ?? []).map(({ Name }) => Name);
    };
    const ofThird = (name: string) => name.startsWith(named(homeId(data), 'project', '3', 'home'));
    expect((await volumes()).filter(ofThird)).toHaveLength(1);
    await opened.engine.forget(3);
    expect((await volumes()).filter(ofThird)).toEqual([]);
    expect((await volumes()).length).toBeGreaterThan(0);
  }, 60_000);
});
