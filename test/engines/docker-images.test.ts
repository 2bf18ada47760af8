import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readContext } from '#main/engines/docker/build-context.ts';
import { projectRecipe } from '#main/engines/docker/image-spec.ts';
import { homeId, labels } from '#main/engines/docker/labels.ts';
import type { DockerOptions } from '#main/engines/docker/open-docker.ts';
import { workspaceName } from '#main/engines/docker/workspace.ts';
import type { Workspace } from '#main/engines/engine.ts';
import type { ImageUse } from '#main/engines/images.ts';
import { foundryImage } from '#main/kinds/foundry/image.ts';
import { realPathWithin } from '#main/lib/path-within.ts';
import { proxies } from '#main/lib/proxies.ts';
import { foundryToolchain } from '#main/targets/chain/anvil.ts';
import { openTestDocker, type TestDocker, testDocker } from '#test/harness/docker.ts';
import {
  startPrivateDaemon,
  stopPrivateDaemon,
  whyNoPrivateDaemon,
} from '#test/harness/docker-daemon.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { smallDisk, whyNoMount } from '#test/harness/small-disk.ts';

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await temporaryFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder.path, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return folder.path;
}

describe('the context of a build', () => {
  const { usuallyIgnored } = foundryImage;
  const digest = async (folder: string) => (await readContext(folder, { usuallyIgnored })).digest;

  test('changes with names, contents and modes, and with nothing else', async () => {
    const files = { Dockerfile: 'FROM x', 'a.txt': 'one', 'deep/b.txt': 'two' };
    const folder = await folderWith(files);
    const before = await digest(folder);
    expect(await digest(await folderWith(files))).toBe(before);
    await writeFile(path.join(folder, 'a.txt'), 'one');
    expect(await digest(folder)).toBe(before);
    await writeFile(path.join(folder, 'a.txt'), 'two');
    const other = await digest(folder);
    expect(other).not.toBe(before);
    await chmod(path.join(folder, 'a.txt'), 0o755);
    const executable = await digest(folder);
    expect(executable).not.toBe(other);
    await symlink('a.txt', path.join(folder, 'link'));
    expect(await digest(folder)).not.toBe(executable);
  });

  test('leaves out what a .dockerignore names, and without one what tools write', async () => {
    const noise = { 'out/A.json': '{}', 'cache/x': '1', '.git/HEAD': 'x', 'lib/y/.git/HEAD': 'x' };
    const plain = { Dockerfile: 'FROM x', 'src/A.sol': 'a' };
    expect(await digest(await folderWith({ ...plain, ...noise }))).toBe(
      await digest(await folderWith(plain)),
    );
    const chosen = { ...plain, '.dockerignore': '*\n!src\n# why\n!Dockerfile\n' };
    const [one, two] = await Promise.all([
      folderWith({ ...chosen, ...noise }),
      folderWith({ ...chosen, 'README.md': 'more' }),
    ]);
    expect(await digest(one)).toBe(await digest(two));
    await writeFile(path.join(one, 'src', 'A.sol'), 'b');
    expect(await digest(one)).not.toBe(await digest(two));
    expect((await readContext(two, { usuallyIgnored })).bytes).toBe('FROM xa'.length);
  });

  test('a Dockerfile must lie in the project, however it is written', async () => {
    const outside = await folderWith({ Dockerfile: 'FROM x' });
    const folder = await folderWith({
      'docker/Dockerfile': 'FROM x',
      '..weird/Dockerfile': 'FROM x',
    });
    await symlink(outside, path.join(folder, 'elsewhere'));
    await symlink('docker/Dockerfile', path.join(folder, 'Dockerfile'));
    for (const file of ['docker/Dockerfile', 'Dockerfile', '..weird/Dockerfile']) {
      expect(await realPathWithin(folder, file), file).toBeDefined();
    }
    const leading = [
      'elsewhere/Dockerfile',
      path.relative(folder, path.join(outside, 'Dockerfile')),
      path.join(outside, 'Dockerfile'),
      'docker/../../nothing',
    ];
    for (const file of leading) {
      await expect(projectRecipe(foundryImage, folder, file), file).rejects.toMatchObject({
        code: 'DOCKERFILE_UNUSABLE',
      });
    }
  });
});

describe('proxies', () => {
  const config = { proxies: { default: { httpProxy: 'http://p:1', noProxy: 'localhost' } } };

  test('are those of the environment, otherwise those of Docker’s own configuration', async () => {
    const home = await folderWith({ '.docker/config.json': JSON.stringify(config) });
    const fromConfig = {
      HTTP_PROXY: 'http://p:1',
      http_proxy: 'http://p:1',
      NO_PROXY: 'localhost',
      no_proxy: 'localhost',
    };
    expect(proxies({}, home)).toEqual(fromConfig);
    expect(proxies({ DOCKER_CONFIG: path.join(home, '.docker') }, '/nowhere')).toEqual(fromConfig);
    expect(proxies({ https_proxy: 'http://q:2' }, home)).toEqual({ https_proxy: 'http://q:2' });
    expect(proxies({}, '/nowhere')).toEqual({});
  });

  test.each(['', 'not json', '{}', '{"proxies":{"tcp://x":{}}}'])(
    'a configuration without any is none: %j',
    async (text) => {
      expect(proxies({}, await folderWith({ '.docker/config.json': text }))).toEqual({});
    },
  );
});

const shared = await testDocker();

describe.skipIf(skipAloud('images of others', shared.missing))('images of others', () => {
  async function opened(options: Partial<DockerOptions> = {}) {
    const data = await temporaryFolder();
    const uses: ImageUse[] = [];
    const docker = openTestDocker(shared, data.path, {
      ...options,
      imageUsed: (use) => uses.push(use),
    });
    const api = (await docker.daemon.require()).docker;
    const made: string[] = [];
    onTestFinished(async () => {
      await docker[Symbol.asyncDispose]();
      for (const tag of made)
        await api
          .getImage(tag)
          .remove({ force: true })
          .catch(() => undefined);
      await data[Symbol.asyncDispose]();
    });
    const standard = (await openTestDocker(shared, data.path).images.recipe('foundry')).tag;
    return { ...docker, api, data: data.path, uses, made, standard };
  }

  const setting = (base: string) => (key: string) => (key === 'foundryImage' ? base : '');

  /** A stand-in for what others publish: tools on another base of ours, and an odd entry point. */
  async function official(docker: Docker, from: string, tag: string): Promise<void> {
    const { pack } = await import('tar-stream');
    const archive = pack();
    archive.entry(
      { name: 'Dockerfile' },
      `FROM ${from}\nUSER root\nRUN rm -rf /home/drydock\nENV HOME=/root\nWORKDIR /\nENTRYPOINT ["/bin/false"]\n`,
    );
    archive.finalize();
    const stream = await docker.buildImage(archive, { t: tag });
    await new Promise<void>((resolve, reject) => {
      docker.modem.followProgress(stream, (error) => (error ? reject(error) : resolve()));
    });
  }

  test('Foundry from a published image: its tools tell their version, any user may run them', async () => {
    const reference = 'localhost/published/foundry:v1';
    const one = await opened({ setting: setting(reference) });
    one.made.push(reference);
    await official(one.api, one.standard, reference);
    const said: string[] = [];
    const tag = await one.images.ensure('foundry', { note: (line) => said.push(line) });
    one.made.push(tag);
    expect(tag).not.toBe(one.standard);
    expect(said[0]).toContain(`Building the image ${tag}`);
    expect(said.join('\n')).not.toContain('Pulling');
    expect(one.uses).toMatchObject([{ tag, kind: 'foundry', builtInMs: expect.any(Number) }]);
    expect(await one.engine.tool('forge')).toMatchObject({
      version: expect.stringMatching(/^1\.\d/),
    });
    const folder = await folderWith({ 'a.txt': 'x' });
    const workspace = one.engine.workspace({ id: 1, path: folder });
    let output = '';
    const exit = await workspace.exec(
      {
        program: 'sh',
        args: ['-c', 'touch $HOME/x && echo $HOME && forge --version'],
        env: {},
        cwd: folder,
      },
      {
        onOutput: (_, text) => {
          output += text;
        },
      },
    );
    expect(output).toMatch(/^\/home\/drydock\nforge/);
    expect(exit.code).toBe(0);
  }, 60_000);

  test('the version that a project asks for has an image of its own beside the usual one', async () => {
    const one = await opened();
    const pin = (version: string) => [
      { toolchain: foundryToolchain, version, source: '.tool-versions' },
    ];
    const folder = await folderWith({ Dockerfile: `FROM ${one.standard}` });
    const project = { id: 4, path: folder, pins: pin('1.5.1') };
    const tag = await one.images.ensure(project);
    one.made.push(tag);
    expect(tag).toMatch(/^drydock\/foundry:1\.5\.1-/);
    expect(tag).not.toBe(one.standard);
    const workspace = one.engine.workspace(project);
    expect(await workspace.toolVersion('forge')).toBe('1.5.1');
    expect(await workspace.toolIdentity('forge')).toBe(tag);
    const said = async (place: Workspace, program: string) => {
      let output = '';
      const command = { program, args: ['--version'], env: {}, cwd: folder };
      await place.exec(command, { onOutput: (_, text) => (output += text) });
      return output;
    };
    expect(await said(workspace, 'forge')).toMatch(/^forge Version: 1\.5\.1/);
    expect(await said(workspace, 'cast')).toMatch(/^cast Version: 1\.5\.1/);

    const { version: usual } = await one.engine.tool('forge');
    expect((await one.images.recipe({ ...project, pins: pin(usual) })).tag).toBe(one.standard);

    // An image of others is not replaced, and not used for another version.
    const own = await opened({ imageOf: () => ({ image: 'foundry', dockerfile: 'Dockerfile' }) });
    own.made.push(await own.images.ensure(project));
    await expect(said(own.engine.workspace(project), 'forge')).rejects.toMatchObject({
      code: 'TOOL_MISSING',
      message: expect.stringContaining(`the image of Dockerfile has ${usual}`),
    });
    const fitting = own.engine.workspace({ ...project, pins: pin(usual) });
    expect(await said(fitting, 'forge')).toContain(usual);
  }, 180_000);

  test('a reference that can not be pulled says so, and the way back', async () => {
    const one = await opened({ setting: setting('localhost:1/none/foundry:v1') });
    const said: string[] = [];
    await expect(
      one.images.ensure('foundry', { note: (line) => said.push(line) }),
    ).rejects.toMatchObject({
      code: 'IMAGE_BUILD_FAILED',
      message: expect.stringMatching(/Check the reference localhost:1\/none\/foundry:v1/),
    });
    expect(said).toContain('Pulling localhost:1/none/foundry:v1.');
    expect(one.uses).toEqual([]);
  });

  test('a Dockerfile of a project: its files, its user, and the same image until they change', async () => {
    const one = await opened({
      imageOf: () => ({ image: 'foundry', dockerfile: 'docker/Dockerfile' }),
    });
    const dockerfile = `FROM ${one.standard}\nUSER root\nCOPY greeting /greeting\nUSER nobody\nENTRYPOINT ["/bin/false"]`;
    const folder = await folderWith({
      'docker/Dockerfile': dockerfile,
      'docker/greeting': 'hello',
    });
    const project = { id: 3, path: folder };
    const greeting = async () => {
      const workspace = one.engine.workspace(project);
      let output = '';
      await workspace.exec(
        { program: 'cat', args: ['/greeting'], env: {}, cwd: folder },
        {
          onOutput: (_, text) => {
            output += text;
          },
        },
      );
      return output;
    };
    const first = await one.images.ensure(project);
    one.made.push(first);
    expect(first).toMatch(/^drydock\/project:[0-9a-f]{12}$/);
    expect(await greeting()).toBe('hello');
    // What a run writes beside the Dockerfile's folder is no part of it.
    await writeFile(path.join(folder, 'output'), 'x');
    expect(await one.images.ensure(project)).toBe(first);
    await writeFile(path.join(folder, 'docker', 'greeting'), 'good day');
    expect(await greeting()).toBe('good day');
    const second = (await one.images.recipe(project)).tag;
    one.made.push(second);
    expect(second).not.toBe(first);
    expect(one.uses.map(({ tag, builtInMs }) => [tag, builtInMs !== null])).toEqual([
      [first, true],
      [first, false],
      [second, true],
    ]);
    const found = await one.api.getImage(second).inspect();
    expect(found.Config.Labels).toMatchObject({ [labels.kind]: 'image', [labels.name]: 'project' });
  }, 60_000);

  test('one that is built again from scratch is the one that the next run gets', async () => {
    const one = await opened({ imageOf: () => ({ image: 'foundry', dockerfile: 'Dockerfile' }) });
    const dockerfile = `FROM ${one.standard}\nUSER root\nRUN head -c 8 /dev/urandom | od -x > /stamp`;
    const folder = await folderWith({ Dockerfile: dockerfile });
    const project = { id: 4, path: folder };
    const stamp = async () => {
      let output = '';
      await one.engine.workspace(project).exec(
        { program: 'cat', args: ['/stamp'], env: {}, cwd: folder },
        {
          onOutput: (_, text) => {
            output += text;
          },
        },
      );
      return output;
    };
    const first = await stamp();
    const { tag } = await one.images.recipe(project);
    one.made.push(tag);
    const { Id: old } = await one.api.getImage(tag).inspect();
    await one.images.rebuild(project, { fresh: false });
    expect(await stamp()).toBe(first);
    await one.images.rebuild(project, { fresh: true });
    // The container of the earlier run still holds it.
    expect(await one.api.getImage(old).inspect()).toBeDefined();
    const second = await stamp();
    expect(second).not.toBe(first);
    await expect(one.api.getImage(old).inspect()).rejects.toMatchObject({ statusCode: 404 });
    expect(await stamp()).toBe(second);
  }, 60_000);

  test('one without forge says what to add', async () => {
    const one = await opened({ imageOf: () => ({ image: 'foundry', dockerfile: 'Dockerfile' }) });
    const dockerfile = `FROM ${one.standard}\nUSER root\nRUN rm /usr/local/bin/forge`;
    const folder = await folderWith({ Dockerfile: dockerfile });
    const { tag } = await one.images.recipe({ id: 1, path: folder });
    await expect(one.images.ensure({ id: 1, path: folder })).rejects.toMatchObject({
      code: 'IMAGE_BUILD_FAILED',
      message: expect.stringMatching(
        /^The image of Dockerfile has no forge\. Add it .*COPY --from/,
      ),
    });
    expect((await one.images.own()).map((image) => image.tag)).not.toContain(tag);
  }, 60_000);

  test('a step that fails is in the message; a large context is warned of', async () => {
    const one = await opened({ imageOf: () => ({ image: 'foundry', dockerfile: 'Dockerfile' }) });
    const folder = await folderWith({
      Dockerfile: `FROM ${one.standard}\nRUN echo oh no && exit 3`,
      large: 'x'.repeat(51 * 1024 * 1024),
    });
    const said: string[] = [];
    await expect(
      one.images.ensure({ id: 1, path: folder }, { note: (line) => said.push(line) }),
    ).rejects.toMatchObject({ message: expect.stringMatching(/non-zero code: 3|exit code: 3/) });
    expect(said.join('\n')).toContain('oh no');
    expect(said.join('\n')).toMatch(/The folder of Dockerfile has 51 MiB.*\.dockerignore/);
  }, 60_000);

  test('what others build on our image is theirs', async () => {
    const one = await opened();
    one.made.push('mine/on-drydock:1');
    await official(one.api, one.standard, 'mine/on-drydock:1');
    const { Id } = await one.api.getImage('mine/on-drydock:1').inspect();
    expect((await one.images.own()).map(({ tag }) => tag)).not.toContain('mine/on-drydock:1');
    for (const ref of ['mine/on-drydock:1', Id]) {
      expect(await one.images.removeOwn(ref)).toBe('gone');
    }
    expect(await one.api.getImage(Id).inspect()).toBeDefined();
  });

  test('without reuse a workspace has a container of its own, which ends with it', async () => {
    const one = await opened({ reuse: () => false });
    const folder = await folderWith({ 'a.txt': 'x' });
    const containers = async () =>
      (
        await one.api.listContainers({
          all: true,
          filters: { label: [`${labels.home}=${homeId(one.data)}`] },
        })
      ).map(({ Names }) => Names[0]);
    const [first, second] = [1, 2].map(() => one.engine.workspace({ id: 7, path: folder }));
    const run = (workspace = first) =>
      workspace?.exec(
        {
          program: 'sh',
          args: ['-c', 'echo >> /tmp/n; exit $(wc -l < /tmp/n)'],
          env: {},
          cwd: folder,
        },
        { onOutput: () => undefined },
      );
    expect((await run())?.code).toBe(1);
    expect((await run())?.code).toBe(2);
    expect((await run(second))?.code).toBe(1);
    expect(await containers()).toHaveLength(2);
    expect(await containers()).not.toContain(`/${workspaceName(homeId(one.data), 7)}`);
    await first?.end();
    await second?.end();
    expect(await containers()).toEqual([]);
    // One that a killed core has left goes when it was idle.
    await run(one.engine.workspace({ id: 7, path: folder }));
    await sleep(20);
    expect(await one.engine.stopIdle(10)).toBe(1);
    expect(await containers()).toEqual([]);
  }, 60_000);
});

const noDisk = whyNoPrivateDaemon() ?? whyNoMount();

describe.skipIf(skipAloud('a full disk under Docker', noDisk))('a full disk', () => {
  test('ends a build with that as its reason', async () => {
    using disk = smallDisk(48);
    await using data = await temporaryFolder();
    const { host } = await startPrivateDaemon(disk.path);
    try {
      const target: TestDocker = { missing: null, host, privateFolder: disk.path };
      await using docker = openTestDocker(target, data.path, {
        imageOf: () => ({ image: 'foundry', dockerfile: 'Dockerfile' }),
      });
      const folder = await folderWith({
        Dockerfile: 'FROM scratch\nCOPY large /',
        large: 'x'.repeat(40 * 1024 * 1024),
      });
      await expect(docker.images.ensure({ id: 1, path: folder })).rejects.toMatchObject({
        code: 'IMAGE_BUILD_FAILED',
        message: expect.stringContaining('the disk that Docker keeps its images on is full'),
      });
    } finally {
      await stopPrivateDaemon(disk.path);
    }
  }, 120_000);
});
