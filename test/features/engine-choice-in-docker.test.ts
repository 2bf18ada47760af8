import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import type { JournalEvent } from '#main/shared/run.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { openTestDocker, testDocker } from '#test/harness/docker.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { freePort } from '#test/harness/ports.ts';
import { skipAloud } from '#test/harness/skip.ts';

const docker = await testDocker();

describe.skipIf(skipAloud('the engine of a project and of a chain', docker.missing))(
  'an engine chosen for one',
  () => {
    let stack: AsyncDisposableStack;
    let app: TestApp;
    let client: Client;
    let project: number;
    let chains = 0;

    beforeAll(async () => {
      stack = new AsyncDisposableStack();
      process.env.DOCKER_HOST = docker.host;
      process.env.DRYDOCK_ENGINE = 'process';
      app = stack.use(await openTestApp());
      stack.use(openTestDocker(docker, app.home));
      client = (await openDoor('in-process', app.app)).client;
      const fixture = stack.use(await copyFixture('broken', { compiled: true }));
      project = (await client.projects.add({ path: fixture.folder, name: 'broken' })).id;
    });
    afterAll(() => stack.disposeAsync(), 60_000);

    async function newChain(): Promise<string> {
      const name = `chain-${++chains}`;
      const port = await freePort();
      await client.networks.save({ name, kind: 'local', port });
      return name;
    }

    async function deploy(network: string): Promise<{ run: DeploymentDetail; log: string }> {
      const { id } = await client.deployments.start({
        project,
        target: network,
        input: { script: 'script/Many.s.sol', sig: 'run(uint256)', args: ['2'] },
      });
      const events: JournalEvent[] = [];
      for await (const batch of await client.deployments.watch({ id })) events.push(...batch);
      const log = events.flatMap((e) => (e.type === 'log' ? [e.text] : [])).join('\n');
      return { run: await client.deployments.get({ id }), log };
    }

    const engineOf = async (chain: string) => (await client.chains.get({ chain })).engine;

    const workspaces = async () =>
      (await client.containers.list()).filter((c) => c.kind === 'workspace' && c.own);

    test('a chain keeps what was chosen for it, until it is told otherwise', async () => {
      const chain = await newChain();
      expect(await client.chains.start({ chain, engine: 'docker' })).toMatchObject({
        engine: 'docker',
        ownEngine: 'docker',
        pid: null,
      });
      await client.chains.mine({ chain, blocks: 3 });
      await client.chains.stop({ chain });
      expect(await client.chains.start({ chain })).toMatchObject({
        engine: 'docker',
        blockNumber: 3,
      });
      await expect(client.chains.start({ chain, engine: 'process' })).rejects.toMatchObject({
        code: 'CHAIN_BUSY',
        data: { fix: { call: { procedure: 'chains.restart' } } },
      });
      // Its state goes along.
      expect(await client.chains.restart({ chain, engine: 'process' })).toMatchObject({
        engine: 'process',
        ownEngine: 'process',
        container: null,
        blockNumber: 3,
      });
      expect(await client.chains.restart({ chain, engine: 'auto' })).toMatchObject({
        engine: 'process',
        ownEngine: null,
      });
      await client.chains.stop({ chain });
    });

    test('a project in Docker takes along the chain that it has to start', async () => {
      await client.projects.setEngine({ project, engine: 'docker' });
      const chain = await newChain();
      const { run } = await deploy(chain);
      expect(run.failure).toBeNull();
      expect(await engineOf(chain)).toBe('docker');
      expect((await client.chains.get({ chain })).ownEngine).toBeNull();
      expect(await workspaces()).toHaveLength(1);
      await client.chains.stop({ chain });
    });

    test('a chain of its own choice stays there, and the run goes beside it and says so', async () => {
      await client.projects.setEngine({ project, engine: 'docker' });
      const chain = await newChain();
      await client.chains.start({ chain, engine: 'process' });
      const { run, log } = await deploy(chain);
      expect(run.failure).toBeNull();
      expect(log).toContain(`The chain ${chain} runs without Docker, and so does this run.`);
      expect(await engineOf(chain)).toBe('process');
      await client.chains.stop({ chain });
    });

    test('a project without Docker reaches a chain in a container', async () => {
      await client.projects.setEngine({ project, engine: 'process' });
      const before = await workspaces();
      for (const { id } of before) await client.containers.remove({ container: id });
      const chain = await newChain();
      await client.chains.start({ chain, engine: 'docker' });
      const { run, log } = await deploy(chain);
      expect(run.failure).toBeNull();
      expect(log).toContain(`The chain ${chain} runs in Docker, this run without.`);
      expect(await workspaces()).toHaveLength(0);
      await client.chains.stop({ chain });
    });

    test('a shell is where the project runs', async () => {
      await client.projects.setEngine({ project, engine: 'docker' });
      const { id, shell } = await client.terminals.open({ project });
      expect(shell).toBe('shell');
      expect(await workspaces()).toHaveLength(1);
      await client.terminals.close({ id });
      await client.projects.setEngine({ project, engine: null });
    });
  },
);
