import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type Docker from 'dockerode';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { homeId } from '#main/engines/docker/labels.ts';
import { openDocker } from '#main/engines/docker/open-docker.ts';
import { settingsShape } from '#main/features/settings/contract.ts';
import { app as appKind } from '#main/kinds/app/app.ts';
import type { AppInput } from '#main/kinds/app/input.ts';
import type { RunContext, RunEnd, RunEnvironment } from '#main/kinds/kind.ts';
import type { ServicesResult } from '#main/shared/result.ts';
import {
  type RuntimeProvider,
  type RuntimeTarget,
  runtimeProvider,
} from '#main/targets/runtime/runtime.ts';
import type { RecordedRun } from '#main/targets/target.ts';
import { type AppProject, appProject } from '#test/harness/app-project.ts';
import { type OpenedDocker, openTestDocker, testDocker } from '#test/harness/docker.ts';
import { holdFirewall } from '#test/harness/docker-firewall.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { skipAloud } from '#test/harness/skip.ts';

const docker = await testDocker();

const acquisition = {
  deployment: { id: 1, number: 1 },
  project: { id: 1, name: 'shop', path: '/', engine: null },
  name: 'docker',
  needs: null,
  job: 'test-deployment-1',
  approval: null,
};

const BY_AND_BY = { timeout: 20_000, interval: 50 };

/** A run without a queue and a journal: what its kind does, and what it is told. */
interface TestRun {
  end: RunEnd;
  phases: string[];
  lines: string[];
  result: ServicesResult | null;
  url: string;
}

const NO_VARIABLES: RunEnvironment = { variables: {}, secretNames: [], secrets: [] };

describe.skipIf(skipAloud('the app kind', docker.missing))('an app', { timeout: 180_000 }, () => {
  let stack: AsyncDisposableStack;
  let opened: OpenedDocker;
  let client: Docker;
  let data: string;
  let provider: RuntimeProvider;
  let target: RuntimeTarget;
  let project: AppProject;
  let next = 1;

  beforeAll(async () => {
    stack = new AsyncDisposableStack();
    // All networks are made while it is held.
    stack.use(await holdFirewall());
    data = stack.use(await temporaryFolder()).path;
    opened = stack.use(openTestDocker(docker, data));
    ({ docker: client } = await opened.daemon.require());
    provider = runtimeProvider({
      folderId: homeId(data),
      engine: opened.engine,
      services: opened.services,
    });
    target = await provider.acquire(acquisition, {
      note: () => undefined,
      signal: new AbortController().signal,
    });
  }, 240_000);
  afterAll(async () => {
    for (const { RepoTags } of await client.listImages()) {
      for (const tag of RepoTags ?? []) {
        if (tag.startsWith(`drydock/app-${homeId(data)}-`)) await client.getImage(tag).remove();
      }
    }
    await stack.disposeAsync();
  }, 60_000);
  beforeEach(async () => {
    project = await appProject();
  });
  afterEach(async () => {
    await provider.releases.removeAll(1);
    await project[Symbol.asyncDispose]();
  });

  async function deploy(
    asked: Record<string, unknown> = {},
    {
      signal = new AbortController().signal,
      id = next++,
      onPhase = (_: string) => {},
      record = (_: ServicesResult) => {},
      environment = NO_VARIABLES,
    } = {},
  ): Promise<TestRun> {
    const kind = appKind();
    const input = await kind.normalize({ window: 0, ...asked }, project.folder);
    const phases: string[] = [];
    const lines: string[] = [];
    let result: ServicesResult | null = null;
    const context: RunContext<AppInput, RuntimeTarget> = {
      deployment: { id, number: id },
      project: { id: 1, name: 'shop', path: project.folder, repository: null },
      input,
      target,
      environment,
      workspace: opened.engine.workspace({ id: 1, path: project.folder }),
      signal,
      startedAt: Date.now(),
      standsFor: null,
      inPlace: () => [],
      prepared: Promise.resolve(),
      whileWatched: (work) => work(new AbortController().signal),
      currentPhase: () => phases.at(-1) ?? '',
      afterwards: (work) => work(),
      phase(phase) {
        phases.push(phase);
        onPhase(phase);
      },
      note: (line) => void lines.push(line),
      output: (_, line) => void lines.push(line),
      warn: (line) => void lines.push(line),
      command: (line) => void lines.push(line),
      hide: () => undefined,
      exec: () => Promise.reject(new Error('an app runs no command in a workspace')),
      publish: () => undefined,
      async record(whole) {
        const checked = await target.check(whole);
        result = checked.result as ServicesResult;
        record(result);
        return null;
      },
      stopped: () => (signal.aborted ? { status: 'cancelled' } : null),
      recentLines: () => lines.map((text, n) => ({ seq: n + 1, text })),
    };
    const end = await kind.run(context);
    const services = (result as ServicesResult | null)?.services;
    return { end, phases, lines, result, url: services?.[0]?.url ?? '' };
  }

  const ask = async (url: string, at = '/') => (await fetch(url + at)).json();
  const running = async () =>
    (await provider.releases.of(1))
      .filter(({ state }) => state === 'running')
      .map(({ deployment }) => deployment);
  const kept = async () => (await provider.releases.of(1)).map(({ deployment }) => deployment);
  const failureOf = ({ end }: TestRun) => {
    if (end.status !== 'failed') throw new Error(`it has ${end.status}`);
    return end.failure;
  };

  test('is given secrets as files that stay in its container, and all else in its environment', async () => {
    const environment = {
      variables: { API_KEY: 'hk-93xPbV2-of-the-harbour', GREETING: 'hello', RELEASE: 'kept' },
      ...{ secretNames: ['API_KEY'], secrets: ['hk-93xPbV2-of-the-harbour'] },
    };
    const run = await deploy(
      { env: ['TELLS=/run/secrets/API_KEY', 'RELEASE=asked'] },
      { environment },
    );
    expect(run.end).toEqual({ status: 'succeeded' });
    expect(run.lines).toContain('secret of 25: hk-93xPbV2-of-the-harbour');
    expect(await ask(run.url)).toMatchObject({ release: 'asked' });
    const container = run.result?.services[0]?.containerId ?? '';
    const found = await client.getContainer(container).inspect();
    expect(found.Config.Env).toEqual(
      expect.arrayContaining(['API_KEY_FILE=/run/secrets/API_KEY', 'GREETING=hello']),
    );
    expect(JSON.stringify(found)).not.toContain('93xPbV2');
    // It begins again with them, as after a restart of the machine.
    await client.getContainer(container).stop();
    await provider.releases.startAgain(container);
    await expect.poll(() => ask(run.url).catch(() => null)).toMatchObject({ release: 'asked' });
  });

  test('is built, started without privileges, asked until it responds, and recorded', async () => {
    const run = await deploy({ env: ['RELEASE=first'] });
    expect(run.end).toEqual({ status: 'succeeded' });
    expect(run.phases).toEqual(['build', 'start', 'probe', 'record']);
    expect(run.lines.join('\n')).toContain('COPY server.mjs /app/');
    expect(run.lines).toContain('listening');
    expect(run.lines.at(-1)).toBe('It responds with status 200.');
    expect(run.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await ask(run.url)).toEqual({ release: 'first', uid: 1000 });
    const [service] = run.result?.services ?? [];
    expect(service).toMatchObject({ name: 'shop', health: 'healthy' });
    const found = await client.getContainer(service?.containerId ?? '').inspect();
    expect(found.HostConfig).toMatchObject({
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Privileged: false,
    });
    expect(found.Mounts).toEqual([]);
    expect(Object.values(found.NetworkSettings.Ports).flat()).toEqual([
      { HostIp: '127.0.0.1', HostPort: `${service?.port}` },
    ]);
  });

  test('takes over from the one before without losing a request', async () => {
    let { url } = await deploy({ env: ['RELEASE=1'] });
    const seen = new Map<string, number>();
    const lost: unknown[] = [];
    let stop = false;
    const caller = async (at: string) => {
      while (!stop) {
        await ask(url, at).then(
          ({ release }) => seen.set(release, (seen.get(release) ?? 0) + 1),
          (error) => lost.push(error),
        );
      }
    };
    const callers = [caller('/'), caller('/'), caller('/slow')];
    for (const release of ['2', '3', '4']) {
      // What is recorded is the address from then on; requests at the one before come to their end.
      await deploy(
        { env: [`RELEASE=${release}`], window: 1 },
        {
          record(result) {
            url = result.services[0]?.url ?? '';
          },
        },
      );
      await vi.waitFor(() => expect(seen.get(release)).toBeGreaterThan(5), BY_AND_BY);
    }
    stop = true;
    await Promise.all(callers);
    expect(lost).toEqual([]);
    expect([...seen.keys()]).toEqual(['1', '2', '3', '4']);
    expect(await running()).toHaveLength(1);
    // The one before can run again at once.
    expect(await kept()).toHaveLength(2);
  }, 240_000);

  test('leaves the one before as it is when the new one does not respond', async () => {
    const good = await deploy({ env: ['RELEASE=good'] });
    const before = await kept();
    const bad = await deploy({ env: ['FAILS=4', 'SAYS=Error: no database'] });
    const failure = failureOf(bad);
    expect(failure).toMatchObject({ code: 'ENDED_EARLY' });
    expect(failure.message).toContain('exit code 4');
    expect(failure.message).toContain('Error: no database');
    expect(bad.lines[(failure.seq ?? 0) - 1]).toBe('Error: no database');
    expect(bad.result).toBeNull();
    expect(await kept()).toEqual(before);
    expect(await ask(good.url)).toMatchObject({ release: 'good' });
  });

  test('says why it could not be built, and shows the line', async () => {
    await project.dockerfile('RUN echo "npm ERR! missing script" && exit 7');
    const failed = await deploy();
    const failure = failureOf(failed);
    expect(failure).toMatchObject({ code: 'BUILD_COMMAND_FAILED' });
    expect(failure.message).toContain('exit code 7');
    expect(failed.lines).toContain('npm ERR! missing script');
    expect(failed.lines[(failure.seq ?? 0) - 1]).toBe('npm ERR! missing script');
    expect(await kept()).toEqual([]);
  });

  test.each([
    ['FILE_MISSING', ['COPY nowhere /x'], {}],
    ['PORT_UNKNOWN', [], {}],
    ['PORT_UNKNOWN', ['EXPOSE 80 443'], {}],
    ['COMMAND_MISSING', ['EXPOSE 80', 'ENTRYPOINT ["sh", "-c", "exec nothing-of-that-name"]'], {}],
    ['UNHEALTHY', ['EXPOSE 80'], { env: ['STATUS=404'], path: '/healthz' }],
    ['LISTENS_INSIDE_ONLY', ['EXPOSE 80'], { env: ['LISTENS=127.0.0.1', 'SAYS=at 127.0.0.1:80'] }],
    ['OTHER_PORT', ['EXPOSE 80'], { env: ['PORT=8080', 'SAYS=at http://localhost:8080/'] }],
    ['PORT_NOT_EXPOSED', ['EXPOSE 80'], { env: ['PORT=80'], port: 81 }],
  ])('says %s of %j with %j', async (code, instructions, asked) => {
    await project.dockerfile(...instructions);
    const failed = await deploy({ timeout: 10, ...asked });
    expect(failureOf(failed).code).toBe(code);
    expect(await kept()).toEqual([]);
  });

  test('is refused the rights of root, and gets them when it is told so', async () => {
    await project.dockerfile('EXPOSE 80', 'RUN mkdir -m 700 /data');
    const asked = { env: ['WRITES=/data/file'] };
    expect(failureOf(await deploy(asked))).toMatchObject({
      code: 'NOT_PERMITTED',
      fix: { call: { input: { changes: { input: { imageUser: true } } } } },
    });
    const run = await deploy({ ...asked, imageUser: true });
    expect(await ask(run.url)).toMatchObject({ uid: 0 });
  });

  test.each(['build', 'start', 'probe'])(
    'leaves nothing when it is cancelled in %s',
    async (at) => {
      const good = await deploy({ env: ['RELEASE=good'] });
      const before = await kept();
      await project.dockerfile('EXPOSE 80', ...(at === 'build' ? ['RUN sleep 600'] : []));
      const stop = new AbortController();
      const cancelled = await deploy(
        { env: ['LISTENS=127.0.0.1'] },
        {
          signal: stop.signal,
          onPhase: (phase) => {
            if (phase === at) setTimeout(() => stop.abort(), at === 'start' ? 0 : 1500);
          },
        },
      );
      expect(cancelled.end).toEqual({ status: 'cancelled' });
      expect(cancelled.phases.at(-1)).toBe(at);
      expect(await kept()).toEqual(before);
      // Nothing of the build goes on, and nothing that it had begun to run is left.
      await vi.waitFor(async () => {
        const all = await client.listContainers({ all: true });
        expect(all.filter(({ Command }) => /sleep 600/.test(Command))).toEqual([]);
      }, BY_AND_BY);
      expect(await ask(good.url)).toMatchObject({ release: 'good' });
    },
  );

  test('removes what an attempt before has left, and begins at another address when its own is taken', async () => {
    const first = await deploy({}, { id: 500 });
    const again = await deploy({}, { id: 500 });
    expect(await kept()).toEqual([500]);
    expect(again.result?.services[0]?.containerId).not.toBe(first.result?.services[0]?.containerId);
  });

  test('goes on with what was recorded after a crash, and begins again with what was not', async () => {
    const kind = appKind();
    const { result } = await deploy();
    const left = {
      ...{ id: 1, isOwn: true, startedAt: Date.now() },
      project: { id: 1, name: 'shop', path: project.folder, repository: null },
      input: await kind.normalize({}, project.folder),
    };
    expect(await kind.recover({ ...left, result }, true)).toEqual(result);
    expect(await kind.recover({ ...left, result: null }, true)).toBeNull();
  });

  /** As the record has it. */
  const recorded = (run: TestRun, id: number, isLive: boolean): RecordedRun => ({
    ...{ id, project: 1, isUnfinished: false, isLive, result: run.result },
  });

  test('brings the one before back at its address, and ends what is recorded to serve no more', async () => {
    const { bringBack, follow } = provider.succession;
    const one = await deploy({ env: ['RELEASE=one'] }, { id: 601 });
    const two = await deploy({ env: ['RELEASE=two'] }, { id: 602 });
    expect(await running()).toEqual([602]);
    const back = await bringBack(recorded(one, 601, false));
    expect(back).toMatchObject({ live: true, result: { services: [{ url: one.url }] } });
    expect(await ask(one.url)).toMatchObject({ release: 'one' });
    expect((await running()).sort()).toEqual([601, 602]);
    const busy = { ...recorded(two, 602, false), isUnfinished: true };
    expect(await follow([recorded(one, 601, true), busy])).toEqual({ done: [], changed: [] });
    const { done } = await follow([recorded(one, 601, true), recorded(two, 602, false)]);
    expect(done).toEqual([expect.stringContaining('recorded to serve no more')]);
    expect(await running()).toEqual([601]);
    expect((await kept()).sort()).toEqual([601, 602]);
    // What never took over has left something behind, too.
    const stray = await deploy({}, { id: 603 });
    await follow([recorded(one, 601, true), { ...recorded(stray, 603, false), result: null }]);
    expect(await kept()).not.toContain(603);
  });

  test('sees that one has ended by itself', async () => {
    const run = await deploy({}, { id: 701 });
    await fetch(`${run.url}/end`).catch(() => undefined);
    await vi.waitFor(async () => expect(await running()).toEqual([]), BY_AND_BY);
    const { changed } = await provider.succession.follow([recorded(run, 701, true)]);
    expect(changed).toMatchObject([{ id: 701, checked: { live: false } }]);
    const back = await provider.succession.bringBack(recorded(run, 701, false));
    expect(back).toMatchObject({ live: true });
  });

  test('checks what is recorded against what Docker has', async () => {
    const run = await deploy();
    const result = run.result as ServicesResult;
    const { project } = acquisition;
    const past = { name: 'docker', project, needs: null, result, snapshotId: null };
    expect(await provider.check(past, result)).toMatchObject({ result, live: true });
    await fetch(`${run.url}/end`).catch(() => undefined);
    await vi.waitFor(async () => {
      const checked = await provider.check(past, result);
      expect(checked.live).toBe(false);
      expect(checked.result).toMatchObject({ services: [{ health: 'stopped' }] });
    }, BY_AND_BY);
  });

  test('takes no link, pipe or device of the folder into its build', async () => {
    writeFileSync(path.join(project.folder, 'big'), 'x'.repeat(1000));
    let deep = project.folder;
    for (let n = 0; n < 60; n++) deep = path.join(deep, 'deep');
    mkdirSync(deep, { recursive: true });
    execFileSync('mkfifo', [path.join(project.folder, 'pipe')]);
    await project.dockerfile('EXPOSE 80', 'COPY . /all', 'RUN ls /all && test ! -e /all/pipe');
    expect((await deploy()).end).toEqual({ status: 'succeeded' });
  });
});

test('needs the engine: without it a run ends before anything is built', async () => {
  await using data = await temporaryFolder();
  const settings = settingsShape.parse({ dockerHost: 'unix:///nowhere/docker.sock' });
  const { engine, services } = openDocker({
    ...{ dataFolder: data.path, settings: () => settings, images: [], tools: [] },
  });
  const provider = runtimeProvider({ folderId: 'x', engine, services });
  const acquired = provider.acquire(acquisition, {
    note: () => undefined,
    signal: new AbortController().signal,
  });
  await expect(acquired).rejects.toMatchObject({
    code: 'ENGINE_UNAVAILABLE',
    data: { fix: { command: 'drydock doctor' } },
  });
});
