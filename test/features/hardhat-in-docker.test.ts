import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { homeId } from '#main/engines/docker/labels.ts';
import { workspaceName } from '#main/engines/docker/workspace.ts';
import { some } from '#test/harness/all.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { openTestDocker, testDocker } from '#test/harness/docker.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { deploy, expectDeployed, inputOf, logOf } from '#test/harness/hardhat-deploy.ts';
import { copyHardhatFixture, whyNoHardhat } from '#test/harness/hardhat-fixture.ts';
import { made } from '#test/harness/made.ts';
import { skipAloud } from '#test/harness/skip.ts';

const docker = await testDocker();
const missing = docker.missing ?? (await whyNoHardhat());

describe.skipIf(skipAloud('Hardhat projects in Docker', missing))('in Docker', () => {
  let core: TestApp;
  let client: Client;

  beforeAll(async () => {
    process.env.DRYDOCK_ENGINE = 'docker';
    process.env.DOCKER_HOST = docker.host;
    core = await openTestApp();
    client = (await openDoor('in-process', core.app)).client;
    await client.chains.start({ chain: 'local' });
  }, 120_000);
  afterAll(() => core?.[Symbol.asyncDispose]());

  async function prepared(name: 'two-ignition' | 'three-viem') {
    const fixture = await copyHardhatFixture(name, { inContainer: true });
    const { env } = fixture;
    const { id: project } = await client.projects.add({ path: fixture.project, kind: 'hardhat' });
    return { fixture, project, env, [Symbol.asyncDispose]: () => fixture[Symbol.asyncDispose]() };
  }

  test.each(some(['three-viem', 'two-ignition'] as const, 1))(
    'the project %s deploys as on this machine',
    async (name) => {
      await using it = await prepared(name);
      for (const expected of it.fixture.deploys) {
        await client.chains.restart({ chain: 'local', fresh: true });
        const run = await deploy(client, it.project, { ...inputOf(expected), env: it.env });
        const log = await logOf(client, run.id);
        expectDeployed(run, expected, log);
        expect(log).not.toContain('without Docker');
      }
    },
    600_000,
  );

  test('parameters of a module reach it, and nothing of them stays', async () => {
    await using it = await prepared('two-ignition');
    await client.chains.restart({ chain: 'local', fresh: true });
    const params = ['Vaults.percent=7n'];
    const input = { script: 'ignition/modules/Vaults.js', params, env: it.env };
    const run = await deploy(client, it.project, input);
    expect(run.status, await logOf(client, run.id)).toBe('succeeded');
    const factory = made(run).transactions.find(
      ({ contractName }) => contractName === 'VaultFactory',
    );
    expect(factory?.arguments).toEqual(['7']);
    await using opened = openTestDocker(docker, core.home);
    const workspace = opened.engine.workspace({ id: it.project, path: it.fixture.project });
    let left = '';
    await workspace.exec(
      { program: 'ls', args: ['/tmp'], env: {}, cwd: it.fixture.project },
      {
        onOutput: (_, text) => {
          left += text;
        },
      },
    );
    expect(left.split('\n')).not.toContain(`drydock-${run.id}`);
  }, 240_000);

  test('a cancel leaves nothing running', async () => {
    await using it = await prepared('two-ignition');
    const script = path.join(it.fixture.project, 'scripts', 'wait.js');
    await mkdir(path.dirname(script), { recursive: true });
    await writeFile(script, "console.log('waiting'); setInterval(() => undefined, 1000);\n");
    const input = { script: 'scripts/wait.js', env: it.env };
    const { id } = await client.deployments.start({ project: it.project, target: 'local', input });
    await vi.waitFor(async () => expect(await logOf(client, id)).toContain('waiting'), 120_000);
    await client.deployments.cancel({ id });
    for await (const batch of await client.deployments.watch({ id })) void batch;
    expect((await client.deployments.get({ id })).status).toBe('cancelled');
    await using opened = openTestDocker(docker, core.home);
    const { docker: api } = await opened.daemon.require();
    const place = api.getContainer(workspaceName(homeId(core.home), it.project));
    const { Processes } = await place.top();
    expect(Processes.map((one: string[]) => one.at(-1)).join('\n')).not.toMatch(/node|hardhat/);
  }, 240_000);
});
