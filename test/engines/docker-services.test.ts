import { mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { homeId, labels } from '#main/engines/docker/labels.ts';
import type { ImageBuild } from '#main/engines/images.ts';
import type { ServiceSpec } from '#main/engines/services.ts';
import { type OpenedDocker, openTestDocker, testDocker } from '#test/harness/docker.ts';
import { holdFirewall } from '#test/harness/docker-firewall.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { skipAloud } from '#test/harness/skip.ts';

const docker = await testDocker();

/** Says who it is on its port, and its lines on stdout. */
const SERVER = `
const http = require('http');
console.log('starting');
http.createServer((request, response) => {
  if (request.url === '/end') process.exit(3);
  console.log('asked for ' + request.url);
  response.end(JSON.stringify({ release: process.env.RELEASE, uid: process.getuid() }));
}).listen(3000, () => console.log('listening'));
process.on('SIGTERM', () => process.exit(0));
`;

describe.skipIf(skipAloud('services in containers', docker.missing))('a service', () => {
  let stack: AsyncDisposableStack;
  let opened: OpenedDocker;
  let client: Docker;
  let data: string;
  let folder: string;
  let base: string;
  const tags = new Set<string>();

  beforeAll(async () => {
    stack = new AsyncDisposableStack();
    // All networks are made while it is held.
    stack.use(await holdFirewall());
    data = stack.use(await temporaryFolder()).path;
    folder = await realpath(stack.use(await temporaryFolder()).path);
    opened = stack.use(openTestDocker(docker, data));
    ({ docker: client } = await opened.daemon.require());
    base = (await opened.images.recipe('foundry')).tag;
    await write({
      Dockerfile: `FROM ${base}\nARG RELEASE=none\nENV RELEASE=$RELEASE\nCOPY server.js /app/\nUSER root\nEXPOSE 3000\nENTRYPOINT []\nCMD ["node", "/app/server.js"]\n`,
      'server.js': SERVER,
    });
  }, 120_000);
  afterAll(async () => {
    for (const { ref } of await opened.services.list()) await opened.services.remove(ref.container);
    for (const tag of tags) await client.getImage(tag).remove({ force: true });
    await stack.disposeAsync();
  }, 60_000);

  async function write(files: Record<string, string>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), text);
    }
  }

  async function build(release: string, more: Partial<ImageBuild> = {}) {
    const tag = `drydock/app-test:${homeId(data)}-${release}`;
    const said: string[] = [];
    const args = { RELEASE: release };
    const note = (line: string) => said.push(line);
    const wanted = { folder, dockerfile: 'Dockerfile', tag, kind: 'app', args, note, ...more };
    const id = await opened.services.build(wanted);
    tags.add(tag);
    return { tag, id, said };
  }

  const spec = (name: string, image: string, more: Partial<ServiceSpec> = {}): ServiceSpec => ({
    name,
    use: 'app',
    project: 3,
    image,
    command: null,
    ports: [{ port: 3000, host: null }],
    ...more,
  });

  const answer = (port: number | undefined) =>
    vi.waitFor(async () => (await fetch(`http://127.0.0.1:${port}/`)).json() as Promise<object>, {
      timeout: 20_000,
      interval: 50,
    });

  async function said(container: string): Promise<string[]> {
    const lines: string[] = [];
    for await (const batch of opened.services.log(container, { tail: 100, follow: false })) {
      lines.push(...batch.map(({ text }) => text));
    }
    return lines;
  }

  test('is built with its log, and started without privileges on a free port of this machine', async () => {
    const { tag, id, said: log } = await build('one', { labels: { 'test.label': 'x' } });
    expect(id).toMatch(/^sha256:/);
    expect(log.join('\n')).toContain('COPY server.js /app/');
    const image = await client.getImage(tag).inspect();
    expect(image.Id).toBe(id);
    expect(image.Config.Labels).toMatchObject({ [labels.kind]: 'image', 'test.label': 'x' });

    const state = await opened.services.start(
      spec('web', tag, { deployment: 12, env: { COLOUR: 'red' }, restart: { onFailure: 2 } }),
    );
    expect(state).toMatchObject({
      name: 'web',
      use: 'app',
      project: 3,
      deployment: 12,
      state: 'running',
      ports: [{ port: 3000, host: expect.any(Number) }],
      image: { id, reference: tag },
    });
    // The image says root.
    expect(await answer(state.ports[0]?.host)).toEqual({ release: 'one', uid: 1000 });
    expect(await said(state.container)).toEqual(['starting', 'listening', 'asked for /']);

    const { HostConfig, Config, NetworkSettings } = await client
      .getContainer(state.ref.container)
      .inspect();
    expect(HostConfig).toMatchObject({
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Privileged: false,
      PidsLimit: 4096,
      RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 2 },
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '3' } },
    });
    expect(HostConfig.Memory).toBeGreaterThan(0);
    expect(Object.values(HostConfig.PortBindings).flat()).toEqual([
      { HostIp: '127.0.0.1', HostPort: '' },
    ]);
    expect(Object.keys(NetworkSettings.Networks)).toEqual([`drydock-${homeId(data)}-app-web`]);
    expect(Config.Env).toContain('COLOUR=red');

    const found = await opened.containers.list();
    expect(found.find(({ id: one }) => one === state.ref.container)).toMatchObject({
      kind: 'app',
      subject: 'web',
      project: 3,
    });
  }, 120_000);

  test('ends, starts again, and is found with others by what it belongs to', async () => {
    const { tag } = await build('two');
    const first = await opened.services.start(spec('first', tag, { deployment: 20 }));
    const second = await opened.services.start(spec('second', tag, { deployment: 21, project: 4 }));
    await Promise.all([first, second].map((one) => answer(one.ports[0]?.host)));
    const names = async (of: object) =>
      (await opened.services.list(of)).map(({ name }) => name).sort();
    expect(await names({ deployment: 20 })).toEqual(['first']);
    expect(await names({ project: 4 })).toEqual(['second']);
    expect(await names({ use: 'chain' })).toEqual([]);

    await opened.services.stop(first.container, 5000);
    expect(await opened.services.state(first.container)).toMatchObject({
      state: 'exited',
      exitCode: 0,
      ports: [],
    });
    expect(await opened.engine.isRunning(first.ref)).toBe(false);
    const again = await opened.services.startAgain(first.container);
    expect(await answer(again?.ports[0]?.host)).toMatchObject({ release: 'two' });
    expect(again?.ref.container).toBe(first.ref.container);

    await opened.services.remove(first.container);
    expect(await opened.services.state(first.ref.container)).toBeNull();
    await opened.services.remove(first.container);
    const networks = await opened.containers.networks();
    expect(networks.filter(({ use }) => use === 'app').map(({ subject }) => subject)).not.toContain(
      'first',
    );
    // It goes on beside the one that has gone.
    expect(await answer(second.ports[0]?.host)).toMatchObject({ release: 'two' });
  }, 120_000);

  test('that fails is started again as often as was asked for, and says how it ended', async () => {
    const { tag } = await build('three');
    const state = await opened.services.start(
      spec('ends', tag, { command: ['node', '-e', 'process.exit(3)'], restart: { onFailure: 1 } }),
    );
    await vi.waitFor(
      async () =>
        expect(await opened.services.state(state.container)).toMatchObject({
          state: 'exited',
          exitCode: 3,
          restarts: 1,
        }),
      { timeout: 30_000, interval: 100 },
    );
  }, 60_000);

  test('keeps a volume for its project over releases, and writes nowhere else when it may not', async () => {
    await mkdir(path.join(folder, 'shared'), { recursive: true });
    await writeFile(path.join(folder, 'shared', 'text'), 'of the host');
    const { tag } = await build('four');
    const write = "require('fs').writeFileSync('/app/x', 'x')";
    const more: Partial<ServiceSpec> = {
      user: '0:0',
      readOnly: true,
      volumes: [
        { volume: 'data', target: '/data' },
        { folder: path.join(folder, 'shared'), target: '/shared', readOnly: true },
      ],
    };
    const run = async (name: string, script: string) => {
      const { container } = await opened.services.start(
        spec(name, tag, { ...more, command: ['node', '-e', script] }),
      );
      await vi.waitFor(
        async () => expect((await opened.services.state(container))?.state).toBe('exited'),
        { timeout: 30_000, interval: 50 },
      );
      return {
        code: (await opened.services.state(container))?.exitCode,
        lines: await said(container),
      };
    };
    expect((await run('writes', write)).lines.join('\n')).toContain('EROFS');
    const keeps = "require('fs').writeFileSync('/data/x', 'kept')";
    expect((await run('release-1', keeps)).code).toBe(0);
    const reads =
      "for (const f of ['/data/x', '/shared/text']) console.log(require('fs').readFileSync(f, 'utf8'))";
    expect((await run('release-2', reads)).lines).toEqual(['kept', 'of the host']);
    const volumes = (await opened.containers.volumes()).filter((one) => one.dataFolder === data);
    expect(volumes.map(({ project }) => project)).toEqual([3]);
  }, 120_000);

  test('is not reached by others, and other containers are not reached through it', async () => {
    const other = await client.createContainer({ Image: base, Cmd: ['sleep', '100'] });
    try {
      await other.start();
      expect(await opened.services.state(other.id)).toBeNull();
      await opened.services.stop(other.id, 0);
      await opened.services.remove(other.id);
      expect((await other.inspect()).State.Running).toBe(true);
    } finally {
      await other.remove({ force: true });
    }
  }, 60_000);

  test('takes no port that is taken, and no image that can not be had', async () => {
    const { tag } = await build('five');
    const one = await opened.services.start(spec('holds', tag));
    const port = one.ports[0]?.host as number;
    await expect(
      opened.services.start(spec('wants', tag, { ports: [{ port: 3000, host: port }] })),
    ).rejects.toMatchObject({ code: 'PORT_TAKEN', message: expect.stringContaining(`${port}`) });
    await expect(
      opened.services.start(spec('lacks', 'localhost:1/none/such:1')),
    ).rejects.toMatchObject({
      code: 'IMAGE_BUILD_FAILED',
      message: expect.stringContaining('localhost:1/none/such:1'),
    });
    expect((await opened.services.list()).map(({ name }) => name)).not.toContain('wants');
  }, 60_000);

  test('whose build fails says why; a build that is cancelled ends', async () => {
    await write({
      'bad.Dockerfile': `FROM ${base}\nRUN echo oh no && exit 3\n`,
      'slow.Dockerfile': `FROM ${base}\nRUN echo begun && sleep 600\n`,
    });
    await expect(build('bad', { dockerfile: 'bad.Dockerfile' })).rejects.toMatchObject({
      code: 'IMAGE_BUILD_FAILED',
      message: expect.stringMatching(
        /^bad\.Dockerfile could not be built: .*(exit code: 3|non-zero code: 3)/,
      ),
    });
    const stop = new AbortController();
    const note = (line: string) => {
      if (/^begun$/.test(line)) stop.abort(new Error('enough'));
    };
    await expect(
      build('slow', { dockerfile: 'slow.Dockerfile', note, signal: stop.signal, fresh: true }),
    ).rejects.toThrow('enough');
    // The step of the build runs in a container of its own.
    await vi.waitFor(
      async () => {
        const all = await client.listContainers();
        expect(all.filter(({ Command }) => Command.includes('sleep 600'))).toEqual([]);
      },
      { timeout: 30_000, interval: 100 },
    );
  }, 120_000);

  test('is built from its folder alone, without what is ignored', async () => {
    const outside = await temporaryFolder();
    await using _ = outside;
    await writeFile(path.join(outside.path, 'Dockerfile'), `FROM ${base}\n`);
    await writeFile(path.join(outside.path, 'secret'), 'of the host');
    await symlink(path.join(outside.path, 'Dockerfile'), path.join(folder, 'linked.Dockerfile'));
    for (const dockerfile of ['linked.Dockerfile', '../Dockerfile', 'none.Dockerfile']) {
      await expect(build('out', { dockerfile })).rejects.toMatchObject({
        code: 'DOCKERFILE_UNUSABLE',
      });
    }
    await symlink(path.join(outside.path, 'secret'), path.join(folder, 'secret'));
    await write({
      'all/Dockerfile': `FROM ${base}\nCOPY . /all\nRUN cd /all && find . | sort && cat secret || true\n`,
      'all/Dockerfile.dockerignore': 'ignored\nall/Dockerfile\n',
      ignored: 'x',
      'kept.txt': 'x',
    });
    const { said: log } = await build('all', { dockerfile: 'all/Dockerfile', fresh: true });
    expect(log).toContain('./kept.txt');
    expect(log).toContain('./all/Dockerfile');
    expect(log).not.toContain('./ignored');
    expect(log.join('\n')).not.toContain('of the host');
  }, 120_000);
});
