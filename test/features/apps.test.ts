import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { DockerDaemon } from '#main/engines/docker/daemon.ts';
import type { ProcessRef } from '#main/lib/process-ref.ts';
import { processes } from '#main/lib/processes/processes.ts';
import { openTestApp } from '#test/harness/app.ts';
import { appProject } from '#test/harness/app-project.ts';
import { removeAll, testDocker } from '#test/harness/docker.ts';
import type { Client } from '#test/harness/doors.ts';
import { openDoor } from '#test/harness/doors.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { skipAloud } from '#test/harness/skip.ts';

const docker = await testDocker();
const BY_AND_BY = { timeout: 60_000, interval: 100 };

describe.skipIf(skipAloud('apps through the core', docker.missing))(
  'an app through the core',
  () => {
    if (docker.host) process.env.DOCKER_HOST = docker.host;

    async function open(home: string) {
      const opened = await openTestApp({ home, follow: true });
      const door = await openDoor('in-process', opened.app);
      return {
        client: door.client,
        async [Symbol.asyncDispose]() {
          await door[Symbol.asyncDispose]();
          await opened[Symbol.asyncDispose]();
        },
      };
    }

    async function startAgain(container: string): Promise<void> {
      const dockerHost = () => docker.host;
      const daemon = new DockerDaemon({ dockerHost, changed: () => undefined });
      await (await daemon.require()).docker.getContainer(container).start();
    }

    async function dataFolder(): Promise<string> {
      const home = await temporaryFolder();
      onTestFinished(async () => {
        await removeAll(docker.host, home.path);
        await home[Symbol.asyncDispose]();
      });
      return home.path;
    }

    async function ended(client: Client, id: number) {
      for (;;) {
        const run = await client.deployments.get({ id });
        if (run.endedAt !== null) return run;
        await sleep(100);
      }
    }

    async function deploy(client: Client, input: Record<string, unknown> = {}) {
      const asked = { project: 'shop', input: { window: 0, ...input } };
      return ended(client, (await client.deployments.start(asked)).id);
    }

    const serviceOf = (run: Awaited<ReturnType<typeof ended>>) => {
      const service = run.result?.family === 'services' ? run.result.services[0] : undefined;
      if (!service) throw new Error(`it made no service: ${JSON.stringify(run.failure)}`);
      return service;
    };

    const ask = async (url: string | null) => (await fetch(`${url}/`)).json();
    const lives = async (client: Client, ids: number[]) =>
      Promise.all(ids.map(async (id) => (await client.deployments.get({ id })).live));

    test('is deployed, replaced, rolled back, stopped, and known after a restart', async () => {
      const home = await dataFolder();
      await using project = await appProject();
      let one: Awaited<ReturnType<typeof ended>>;
      let two: Awaited<ReturnType<typeof ended>>;
      {
        await using core = await open(home);
        const { client } = core;
        expect(await client.projects.detect({ path: project.folder })).toMatchObject({
          candidates: [{ kind: 'app', path: project.folder, problems: [] }],
        });
        const added = await client.projects.add({ path: project.folder });
        expect(added).toMatchObject({ name: 'shop', kind: 'app' });
        const { runs } = await client.projects.trustQuestion({ project: 'shop' });
        expect(runs.join(' ')).toContain('sees none of your files');

        one = await deploy(client, { env: ['RELEASE=one', 'WARNS=to stderr'] });
        expect(one).toMatchObject({
          ...{ status: 'succeeded', kind: 'app', family: 'services', target: 'docker', live: true },
          title: 'Dockerfile, port 3000',
          input: { dockerfile: 'Dockerfile', port: 3000, env: ['RELEASE=one', 'WARNS=to stderr'] },
          phases: ['build', 'start', 'probe', 'record'].map((id) => ({ id, status: 'done' })),
        });
        expect(await ask(serviceOf(one).url)).toMatchObject({ release: 'one' });
        const lines = await client.deployments.logs({ id: one.id, limit: 10_000 });
        const log = lines.flatMap((event) => (event.type === 'log' ? [event.text] : []));
        expect(log.join('\n')).toContain('COPY server.mjs /app/');
        const streamOf = (line: RegExp) =>
          lines.flatMap((event) =>
            event.type === 'log' && line.test(event.text) ? [event.stream] : [],
          );
        expect(streamOf(/COPY server\.mjs/)).toContain('stdout');
        expect(streamOf(/^listening$/)).toEqual(['stdout']);
        expect(streamOf(/^to stderr$/)).toEqual(['stderr']);
        expect(streamOf(/until it responds\.$/)).toEqual(['drydock']);

        two = await deploy(client, { env: ['RELEASE=two'] });
        expect(await lives(client, [one.id, two.id])).toEqual([false, true]);
        const containers = await client.containers.list();
        expect(containers).toHaveLength(2);

        const failed = await deploy(client, { env: ['FAILS=3'] });
        expect(failed).toMatchObject({
          status: 'failed',
          live: null,
          failure: { code: 'ENDED_EARLY' },
        });
        expect(await lives(client, [one.id, two.id])).toEqual([false, true]);
        expect(await ask(serviceOf(two).url)).toMatchObject({ release: 'two' });
      }
      {
        await using core = await open(home);
        const { client } = core;
        expect(await ask(serviceOf(two).url)).toMatchObject({ release: 'two' });
        const there = (id: number) => client.history.live({ id });
        expect(await there(two.id)).toMatchObject({ live: 'all', services: [{ name: 'shop' }] });
        expect(await there(one.id)).toMatchObject({ live: 'none', problem: null });
        const diff = await client.history.diff({ a: one.id, b: two.id });
        expect(diff.services).toMatchObject([{ name: 'shop', b: { health: 'healthy' } }]);
        expect(diff.services[0]?.changes).toContain('url');
        const plan = await client.deployments.rollback({ id: two.id, dryRun: true });
        expect(plan).toMatchObject({ gone: [{ id: two.id }], back: { id: one.id } });
        await client.deployments.rollback({ id: two.id });
        expect(await lives(client, [one.id, two.id])).toEqual([true, false]);
        expect(await ask(serviceOf(one).url)).toMatchObject({ release: 'one' });
        await expect(ask(serviceOf(two).url)).rejects.toThrow();
        await expect(client.deployments.rollback({ id: two.id })).rejects.toMatchObject({
          code: 'NOT_LIVE',
        });

        await client.deployments.stop({ id: one.id });
        expect(await lives(client, [one.id, two.id])).toEqual([false, false]);
        await expect(ask(serviceOf(one).url)).rejects.toThrow();
        const now = await client.deployments.get({ id: one.id });
        expect(serviceOf(now).health).toBe('stopped');
      }
    }, 300_000);

    test('a rollback that was cut short has not been, and one that goes on is left alone', async () => {
      const home = await dataFolder();
      await using project = await appProject();
      const states = async (client: Client) =>
        (await client.containers.list()).map(({ state }) => state).toSorted();
      const ids: number[] = [];
      let replaced: string;
      {
        await using core = await open(home);
        await core.client.projects.add({ path: project.folder });
        const one = await deploy(core.client, { env: ['RELEASE=one'] });
        const two = await deploy(core.client, { env: ['RELEASE=two'] });
        ids.push(one.id, two.id);
        // It is stopped once the new one has taken over.
        await vi.waitFor(async () => {
          expect(await states(core.client)).toEqual(['exited', 'running']);
        }, BY_AND_BY);
        replaced = serviceOf(one).containerId;
      }
      // By no core: one that is open would end it again.
      await startAgain(replaced);
      // It runs again, and may be in place: another core brings it back.
      const returning = (owner: ProcessRef | undefined) => {
        const db = new Database(path.join(home, 'drydock.db'));
        db.prepare('UPDATE deployments SET live = NULL, owner = ? WHERE id = ?').run(
          ...[JSON.stringify(owner), ids[0]],
        );
        db.close();
      };
      {
        returning(await processes.ref(process.ppid));
        await using core = await open(home);
        const { client } = core;
        await vi.waitFor(async () => {
          expect(await lives(client, ids)).toEqual([true, true]);
        }, BY_AND_BY);
        expect(await states(client)).toEqual(['running', 'running']);
      }

      returning({ pid: process.pid, startedAt: 'gone' });
      await using core = await open(home);
      const { client } = core;
      await vi.waitFor(async () => {
        expect(await lives(client, ids)).toEqual([false, true]);
        expect(await states(client)).toEqual(['exited', 'running']);
      }, BY_AND_BY);
      const two = await client.deployments.get({ id: ids[1] as number });
      expect(await ask(serviceOf(two).url)).toMatchObject({ release: 'two' });
    }, 180_000);

    test('is seen to end by itself, and goes with its project', async () => {
      const home = await dataFolder();
      await using project = await appProject();
      await using core = await open(home);
      const { client } = core;
      await client.projects.add({ path: project.folder });
      const run = await deploy(client);
      await fetch(`${serviceOf(run).url}/end`).catch(() => undefined);
      await vi.waitFor(async () => {
        const now = await client.deployments.get({ id: run.id });
        expect(now.live).toBe(false);
        expect(serviceOf(now).health).toBe('stopped');
      }, BY_AND_BY);
      await client.projects.remove({ project: 'shop' });
      await vi.waitFor(async () => expect(await client.containers.list()).toEqual([]), BY_AND_BY);
    }, 180_000);
  },
);
