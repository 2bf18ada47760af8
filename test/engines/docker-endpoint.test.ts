import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Daemon, DockerDaemon } from '#main/engines/docker/daemon.ts';
import { endpoints } from '#main/engines/docker/endpoint.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { skipAloud } from '#test/harness/skip.ts';

let home: string;
let cleanup: AsyncDisposableStack;

beforeEach(async () => {
  cleanup = new AsyncDisposableStack();
  home = cleanup.use(await temporaryFolder()).path;
});
afterEach(() => cleanup.disposeAsync());

/** Where the daemon is looked for in this home, on a Linux machine. */
const found = (env: NodeJS.ProcessEnv = {}, dockerHost = '') =>
  endpoints({ dockerHost, env, home, platform: 'linux' })
    // Those of the machine that the test runs on.
    .filter(
      ({ host }) =>
        !host.startsWith('unix:') || host.includes(home) || host === 'unix:///play.sock',
    );

async function listenOn(...parts: string[]): Promise<string> {
  const file = path.join(home, ...parts);
  await mkdir(path.dirname(file), { recursive: true });
  const server = net.createServer().listen(file);
  await new Promise((resolve) => server.once('listening', resolve));
  cleanup.defer(() => void server.close());
  return `unix://${file}`;
}

async function writeContext(name: string, host: string, tls: Record<string, string> = {}) {
  const id = createHash('sha256').update(name).digest('hex');
  const config = path.join(home, '.docker');
  await mkdir(path.join(config, 'contexts', 'meta', id), { recursive: true });
  await writeFile(
    path.join(config, 'contexts', 'meta', id, 'meta.json'),
    JSON.stringify({
      Name: name,
      Metadata: {},
      Endpoints: { docker: { Host: host, SkipTLSVerify: false } },
    }),
  );
  for (const [file, text] of Object.entries(tls)) {
    await mkdir(path.join(config, 'contexts', 'tls', id, 'docker'), { recursive: true });
    await writeFile(path.join(config, 'contexts', 'tls', id, 'docker', file), text);
  }
}

const use = async (name: string) => {
  await mkdir(path.join(home, '.docker'), { recursive: true });
  await writeFile(
    path.join(home, '.docker', 'config.json'),
    JSON.stringify({ currentContext: name }),
  );
};

describe('where the daemon is looked for', () => {
  test('the setting goes before everything else', async () => {
    await writeContext('work', 'tcp://work:2375');
    await use('work');
    const env = { DOCKER_HOST: 'tcp://elsewhere:2375' };
    expect(found(env, 'ssh://me@box')).toEqual([
      { host: 'ssh://me@box', source: 'the settings', tls: undefined },
    ]);
  });

  test('DOCKER_HOST goes before a context, and may lack its scheme', async () => {
    await writeContext('work', 'tcp://work:2375');
    await use('work');
    expect(found({ DOCKER_HOST: 'box:2375' })).toMatchObject([{ host: 'tcp://box:2375' }]);
  });

  test('DOCKER_CONTEXT goes before the context in use, which goes before sockets', async () => {
    await listenOn('.docker', 'run', 'docker.sock');
    await writeContext('work', 'tcp://work:2376');
    await writeContext('play', 'unix:///play.sock');
    await use('work');
    expect(found()).toMatchObject([{ host: 'tcp://work:2376', source: 'the context "work"' }]);
    expect(found({ DOCKER_CONTEXT: 'play' })).toMatchObject([{ host: 'unix:///play.sock' }]);
  });

  test('a context brings its certificates along', async () => {
    await writeContext('work', 'tcp://work:2376', {
      'ca.pem': 'A',
      'cert.pem': 'C',
      'key.pem': 'K',
    });
    await use('work');
    const [{ tls } = {}] = found();
    expect(tls?.verify).toBe(true);
    expect([tls?.ca, tls?.cert, tls?.key].map(String)).toEqual(['A', 'C', 'K']);
  });

  test('DOCKER_CERT_PATH and DOCKER_TLS_VERIFY are taken for TCP', async () => {
    await writeFile(path.join(home, 'ca.pem'), 'A');
    const env = { DOCKER_HOST: 'tcp://box:2376', DOCKER_CERT_PATH: home };
    expect(found(env)[0]?.tls).toMatchObject({ verify: false });
    expect(found({ ...env, DOCKER_TLS_VERIFY: '1' })[0]?.tls).toMatchObject({ verify: true });
    expect(found({ ...env, DOCKER_HOST: 'unix:///x' })[0]?.tls).toBeUndefined();
  });

  test('a context that is gone is said to be', async () => {
    await use('lost');
    expect(() => found()).toThrow('"lost"');
    const daemon = new DockerDaemon({
      dockerHost: () => '',
      changed: () => undefined,
      env: {},
      home,
    });
    expect(await daemon.find()).toBeUndefined();
    expect(daemon.state).toMatchObject({ status: 'missing' });
    expect(daemon.state.problem).toContain('"lost"');
  });

  test('the usual sockets are taken in order, as far as they exist', async () => {
    const colima = await listenOn('.colima', 'default', 'docker.sock');
    const podman = await listenOn('.local/share/containers/podman/machine', 'podman.sock');
    const desktop = await listenOn('.docker', 'run', 'docker.sock');
    const rootless = await listenOn('runtime', 'docker.sock');
    const env = { XDG_RUNTIME_DIR: path.join(home, 'runtime') };
    expect(found(env).map(({ host }) => host)).toEqual([desktop, rootless, colima, podman]);
    await use('default');
    expect(found(env)).toHaveLength(4);
  });
});

describe('what is said of a daemon', () => {
  /** Something that answers as a daemon of that version. */
  async function daemonSaying(version: object, info: object): Promise<string> {
    const { createServer } = await import('node:http');
    const server = createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      const body = request.url?.includes('version') ? version : info;
      response.end(request.url?.includes('_ping') ? 'OK' : JSON.stringify(body));
    });
    const file = path.join(home, 'd.sock');
    await new Promise<void>((resolve) => server.listen(file, resolve));
    cleanup.defer(() => {
      server.closeAllConnections();
      server.close();
    });
    return `unix://${file}`;
  }

  const stateOf = async (host: string) => {
    const daemon = new DockerDaemon({ dockerHost: () => host, changed: () => undefined });
    const answered = await daemon.find();
    return { answered, state: daemon.state };
  };

  test('none: missing, and where it was looked for', async () => {
    const { answered, state } = await stateOf(`unix://${home}/none.sock`);
    expect(answered).toBeUndefined();
    expect(state).toMatchObject({ status: 'missing', endpoint: `unix://${home}/none.sock` });
    expect(state.problem).toMatch(/Start Docker/);
  });

  test('an old one: what it is and what is needed', async () => {
    const host = await daemonSaying(
      { Version: '18.09.1', ApiVersion: '1.39' },
      { OSType: 'linux', OperatingSystem: 'Debian' },
    );
    const { answered, state } = await stateOf(host);
    expect(answered).toBeUndefined();
    expect(state).toMatchObject({ status: 'unsupported', version: '18.09.1' });
    expect(state.problem).toMatch(/18\.09\.1.*too old.*20\.10/);
  });

  test('one for Windows containers: switch it', async () => {
    const host = await daemonSaying(
      { Version: '29.0.0', ApiVersion: '1.52' },
      { OSType: 'windows', OperatingSystem: 'Windows 11' },
    );
    expect((await stateOf(host)).state.problem).toContain('Linux containers');
  });

  /** docker-modem does so for every request, and through an agent it comes to all connections. */
  test('its client is described in few words', async () => {
    const host = await daemonSaying(
      { Version: '29.0.0', ApiVersion: '1.52' },
      { OSType: 'linux', OperatingSystem: 'Debian' },
    );
    const { answered } = await stateOf(host);
    const { agent } = (answered as Daemon).docker.modem as unknown as { agent: object };
    expect(inspect({ agent }, { showHidden: true, depth: null })).toBe('{ agent: [Agent] }');
  });

  test('a rootless one is known as such', async () => {
    const host = await daemonSaying(
      { Version: '29.0.0', ApiVersion: '1.52' },
      {
        OSType: 'linux',
        OperatingSystem: 'Debian',
        SecurityOptions: ['name=seccomp,profile=builtin', 'name=rootless'],
      },
    );
    const { answered, state } = await stateOf(host);
    expect(state).toMatchObject({ status: 'ready', rootless: true, problem: null });
    expect(answered).toMatchObject({ rootless: true, local: true });
  });

  test('a password in its address is not shown', async () => {
    const { state } = await stateOf('tcp://me:sesame@127.0.0.1:9');
    expect(JSON.stringify(state)).not.toContain('sesame');
    expect(state.status).toBe('missing');
  });

  const isRoot = process.getuid?.() === 0 ? 'root may use every socket' : null;
  test.skipIf(skipAloud('a Docker daemon that we may not use', isRoot))(
    'one that we may not use: denied, with the way in',
    async () => {
      const host = await listenOn('closed.sock');
      const { chmod } = await import('node:fs/promises');
      await chmod(host.slice('unix://'.length), 0);
      expect((await stateOf(host)).state).toMatchObject({ status: 'denied' });
    },
  );
});
