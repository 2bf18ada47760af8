import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type Docker from 'dockerode';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { ifThere } from '#main/engines/docker/docker-errors.ts';
import { homeId, labels } from '#main/engines/docker/labels.ts';
import type { JournalEvent } from '#main/shared/run.ts';
import { testsAll } from '#test/harness/all.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { openTestDocker, prepareDocker, removeAll, type TestDocker } from '#test/harness/docker.ts';
import {
  startPrivateDaemon,
  stopPrivateDaemon,
  whyNoPrivateDaemon,
} from '#test/harness/docker-daemon.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { startRedis, whyNoRedis } from '#test/harness/redis.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { putSmallImage } from '#test/harness/small-image.ts';

const noRedis = await whyNoRedis();

// A daemon of their own: on a shared one they would remove what others use.
const why = whyNoPrivateDaemon();

const ours = (kind: string) => ({
  [labels.kind]: 'image',
  [labels.name]: kind,
  [labels.version]: '0.0.1',
});

describe.skipIf(skipAloud('images', why))('images', () => {
  let stack: AsyncDisposableStack;
  let target: TestDocker;
  let docker: Docker;
  /** Of the standard image. */
  let standard: string;

  beforeAll(async () => {
    stack = new AsyncDisposableStack();
    const folder = stack.use(await temporaryFolder()).path;
    stack.defer(() => stopPrivateDaemon(folder));
    process.env.DRYDOCK_BUILD_NETWORK = 'host';
    process.env.DRYDOCK_ENGINE = 'docker';
    const { host } = await startPrivateDaemon(folder);
    process.env.DOCKER_HOST = host;
    target = { missing: null, host, privateFolder: folder };
    await prepareDocker(host);
    await using opened = openTestDocker(target, `${folder}/none`);
    docker = (await opened.daemon.require()).docker;
    standard = (await opened.images.recipe('foundry')).tag;
  }, 300_000);
  afterAll(() => stack.disposeAsync(), 120_000);

  /** A core with a chain's port of its own, and what it made in Docker removed at the end. */
  async function core(env: Record<string, string> = {}): Promise<TestApp & { client: Client }> {
    for (const [name, value] of Object.entries(env)) process.env[name] = value;
    const app = await openTestApp();
    for (const name of Object.keys(env)) delete process.env[name];
    const { client } = await openDoor('in-process', app.app);
    onTestFinished(async () => {
      await app[Symbol.asyncDispose]();
      await removeAll(target.host, app.home);
      const filters = { reference: ['drydock/*'] };
      for (const { Id, RepoTags } of await docker.listImages({ filters })) {
        if (RepoTags?.includes(standard)) continue;
        await ifThere(docker.getImage(Id).remove({ force: true }));
      }
    });
    return { ...app, client };
  }

  async function project(client: Client, files: Record<string, string> = {}) {
    const fixture = await copyFixture('token-vault');
    onTestFinished(() => fixture[Symbol.asyncDispose]());
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(fixture.folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    const { id } = await client.projects.add({
      path: fixture.folder,
      name: 'vault',
      kind: 'foundry',
    });
    return { id, folder: fixture.folder };
  }

  async function deploy(client: Client, id: number) {
    const started = await client.deployments.start({ project: id, target: 'local' });
    const events: JournalEvent[] = [];
    for await (const batch of await client.deployments.watch({ id: started.id })) {
      events.push(...batch);
    }
    const text = events.flatMap((e) => (e.type === 'log' ? [e.text] : [])).join('\n');
    return { text, ...(await client.deployments.get({ id: started.id })) };
  }

  async function built(client: Client, input: Parameters<Client['images']['build']>[0]) {
    const lines: string[] = [];
    for await (const batch of await client.images.build(input)) {
      lines.push(...batch.map(({ text }) => text));
    }
    return lines;
  }

  const imageOf = async (client: Client, tag: string) =>
    (await client.images.status()).images.find((image) => image.tag === tag);

  test('without reuse a run leaves no container of its own, and the cache says that it is off', async () => {
    const { client } = await core({ CONTAINER_REUSE_ENABLED: 'false' });
    const { id } = await project(client);
    expect((await deploy(client, id)).status).toBe('succeeded');
    const { images, cache } = await client.images.status();
    expect(cache.enabled).toBe(false);
    const users = images.find(({ tag }) => tag === standard)?.usedBy;
    expect(users).toEqual([{ kind: 'chain', name: 'local', running: true }]);
  }, 60_000);

  test.skipIf(skipAloud('numbers of images for other readers of Redis', noRedis))(
    'others read in Redis what a run has used, without asking Drydock',
    async () => {
      await using redis = await startRedis();
      const { client, home } = await core({ REDIS_URL: redis.url });
      const { id } = await project(client);
      await deploy(client, id);
      const raw = new Redis(redis.url);
      onTestFinished(() => raw.disconnect());
      const key = `drydock:${homeId(home)}:image:${standard}`;
      await expect.poll(() => raw.hget(key, 'hits'), { timeout: 20_000 }).toMatch(/^[1-9]/);
      expect(await raw.hget(key, 'present')).toBe('true');
    },
    60_000,
  );

  const embedded = { backend: 'embedded', missing: null } as const;
  const shared = { backend: 'redis', missing: noRedis } as const;

  describe.each(testsAll ? [embedded, shared] : [embedded])(
    'with the cache on $backend',
    ({ backend, missing }) => {
      const skip = skipAloud(`images with the cache on ${backend}`, missing);

      async function opened(): Promise<Awaited<ReturnType<typeof core>>> {
        if (backend === 'embedded') return core();
        const redis = await startRedis();
        onTestFinished(() => redis[Symbol.asyncDispose]());
        return core({ REDIS_URL: redis.url });
      }

      test.skipIf(skip)(
        'a run counts as a hit, and its workspace and chain hold the image',
        async () => {
          const { client } = await opened();
          const { id } = await project(client);
          expect(await imageOf(client, standard)).toMatchObject({
            present: true,
            current: true,
            hits: 0,
          });
          expect((await deploy(client, id)).status).toBe('succeeded');
          const image = await imageOf(client, standard);
          expect(image?.hits).toBeGreaterThanOrEqual(2);
          expect(image).toMatchObject({ misses: 0, kind: 'foundry' });
          expect(image?.lastUsedAt).not.toBeNull();
          expect(image?.usedBy).toEqual(
            expect.arrayContaining([
              { kind: 'workspace', name: 'vault', running: true },
              { kind: 'chain', name: 'local', running: true },
            ]),
          );
          const { cache, bytes, freeableBytes } = await client.images.status();
          expect(cache).toMatchObject({ enabled: true, backend, problem: null, hits: image?.hits });
          expect(bytes).toBe(image?.bytes);
          expect(freeableBytes).toBe(0);
          await expect(client.images.remove({ image: standard })).rejects.toMatchObject({
            code: 'IMAGE_IN_USE',
            message: expect.stringContaining('the workspace of vault'),
          });
          expect(await client.images.clear()).toMatchObject({
            removed: [],
            kept: [{ tag: standard, reason: expect.stringContaining('the chain local') }],
          });
          expect(await imageOf(client, standard)).toMatchObject({
            present: true,
            hits: image?.hits,
          });
        },
        120_000,
      );

      test.skipIf(skip)(
        'what is neither current nor used goes; what is not ours is not touched',
        async () => {
          const { client } = await opened();
          await putSmallImage(docker, 'drydock/foundry:outdated', ours('foundry'));
          await putSmallImage(docker, 'drydock/foundry:theirs');
          await putSmallImage(docker, 'drydock/foundry:held', ours('foundry'));
          const holder = await docker.createContainer({
            Image: 'drydock/foundry:held',
            Cmd: ['none'],
          });
          expect((await client.images.cleanUp()).removed).toEqual([]);
          const { images } = await client.images.status();
          expect(images.map(({ tag }) => tag)).not.toContain('drydock/foundry:theirs');
          await expect(
            client.images.remove({ image: 'drydock/foundry:theirs' }),
          ).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });

          const impatient = await core({ CONTAINER_CACHE_MAX_AGE: '0s' });
          // Its age counts in whole seconds.
          await vi.waitFor(
            async () =>
              expect((await impatient.client.images.cleanUp()).removed).toEqual([
                'drydock/foundry:outdated',
              ]),
            20_000,
          );
          const held = await imageOf(client, 'drydock/foundry:held');
          expect(held).toMatchObject({
            current: false,
            usedBy: [{ kind: 'other', running: false }],
          });
          expect(await imageOf(client, standard)).toMatchObject({ present: true });
          expect(await docker.getImage('drydock/foundry:theirs').inspect()).toBeDefined();
          await holder.remove();
        },
        60_000,
      );

      test.skipIf(skip)(
        'one of the version that a project asks for is listed before it is built',
        async () => {
          const { client } = await opened();
          await project(client, { '.tool-versions': 'foundry 1.5.1\n' });
          const { images } = await client.images.status();
          expect(images).toContainEqual(
            expect.objectContaining({
              tag: expect.stringMatching(/^drydock\/foundry:1\.5\.1-/),
              ...{ label: 'Foundry', present: false, current: true, projects: ['vault'] },
            }),
          );
          expect(await imageOf(client, standard)).toMatchObject({ current: true });
        },
      );

      test.skipIf(skip)(
        'one that was removed behind our back is built again, and counts as a miss',
        async () => {
          const { client } = await opened();
          const { id } = await project(client, {
            Dockerfile: `FROM ${standard}\nCOPY foundry.toml /tmp/\n`,
          });
          await client.projects.setDockerfile({ project: id, dockerfile: 'Dockerfile' });
          await built(client, { project: id });
          const own = (await client.images.status()).images.find(({ kind }) => kind === 'project');
          expect(own).toMatchObject({
            present: true,
            current: true,
            projects: ['vault'],
            misses: 1,
          });
          await docker.getImage(own?.tag as string).remove({ force: true });
          expect(await imageOf(client, own?.tag as string)).toMatchObject({
            present: false,
            misses: 1,
          });
          const ended = await deploy(client, id);
          expect(ended.status).toBe('succeeded');
          expect(ended.text).toContain(`Building the image ${own?.tag}`);
          expect(await imageOf(client, own?.tag as string)).toMatchObject({
            present: true,
            misses: 2,
          });
        },
        120_000,
      );
    },
  );
});
