import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HardhatRun } from '#main/kinds/hardhat/input.ts';
import { installCommand } from '#main/kinds/hardhat/manager-command.ts';
import { packageInstall } from '#main/kinds/hardhat/package-manager.ts';
import { placeInContainer } from '#main/kinds/hardhat/tool-place.ts';
import { projectFiles } from '#main/lib/project-files.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { openTestDocker, testDocker } from '#test/harness/docker.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { deploy, expectDeployed, inputOf, logOf } from '#test/harness/hardhat-deploy.ts';
import { copyHardhatFixture, whyNoHardhat } from '#test/harness/hardhat-fixture.ts';
import { type NpmRegistry, npmRegistryForContainers } from '#test/harness/npm-registry.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { writtenFolder } from '#test/harness/written-folder.ts';

const docker = await testDocker();
const missing = docker.missing ?? (await whyNoHardhat());

describe.skipIf(skipAloud('packages of Hardhat projects in Docker', missing))('packages', () => {
  let core: TestApp;
  let client: Client;
  let registry: NpmRegistry;

  beforeAll(async () => {
    // A build has the network of this machine, and the registry as it is.
    await using data = await temporaryFolder();
    await using opened = openTestDocker(docker, data.path);
    await opened.images.ensure('hardhat');
    registry = await npmRegistryForContainers();
    process.env.NPM_CONFIG_REGISTRY = registry.url;
    process.env.DRYDOCK_ENGINE = 'docker';
    process.env.DOCKER_HOST = docker.host;
    core = await openTestApp({ platform: 'darwin-arm64' });
    client = (await openDoor('in-process', core.app)).client;
    await client.chains.start({ chain: 'local' });
  }, 120_000);
  afterAll(async () => {
    await core?.[Symbol.asyncDispose]();
    await registry?.[Symbol.asyncDispose]();
  });

  test('of a machine with other programs stay there, and the container has its own', async () => {
    await using fixture = await copyHardhatFixture('three-ethers', { inContainer: true });
    const modules = path.join(fixture.project, 'node_modules');
    await rm(modules, { recursive: true });
    await mkdir(path.join(modules, 'hardhat'), { recursive: true });
    const other = '{ "name": "hardhat", "version": "2.0.0", "bin": "for-another-machine.js" }';
    await writeFile(path.join(modules, 'hardhat', 'package.json'), other);

    const { id: project } = await client.projects.add({ path: fixture.project, kind: 'hardhat' });
    const [expected] = fixture.deploys;
    if (!expected) throw new Error('the fixture deploys nothing');
    const input = { ...inputOf(expected), env: fixture.env };
    const first = await deploy(client, project, input);
    const log = await logOf(client, first.id);
    expectDeployed(first, expected, log);
    expect(log).toContain('Installing packages with npm');
    expect(log).not.toContain('without Docker');
    expect(await readdir(modules)).toEqual(['hardhat']);
    expect(await readFile(path.join(modules, 'hardhat', 'package.json'), 'utf8')).toBe(other);

    await client.chains.restart({ chain: 'local', fresh: true });
    const second = await deploy(client, project, input);
    expectDeployed(second, expected, await logOf(client, second.id));
    expect(await logOf(client, second.id)).not.toContain('Installing packages');

    await using opened = openTestDocker(docker, core.home);
    const volumes = async () =>
      (await opened.containers.volumes()).filter((one) => one.dataFolder === core.home);
    expect((await volumes()).map((one) => one.project)).toEqual([project, project]);
    await client.projects.remove({ project });
    await expect.poll(volumes, { timeout: 20_000 }).toEqual([]);
  }, 600_000);

  test.each([
    ['pnpm@9.1.0', 'node_modules/.modules.yaml', /pnpm@9\.1\.0/],
    ['yarn@4.9.2', 'node_modules/.yarn-state.yml', /is-number/],
    ['bun@1.2.20', 'bun.lock', /is-number/],
  ])(
    'are installed by %s where package.json names it',
    async (packageManager, file, holds) => {
      await using folder = await writtenFolder({
        '.git/HEAD': '',
        '.yarnrc.yml': 'nodeLinker: node-modules\nunsafeHttpWhitelist: [host.docker.internal]\n',
        'package.json': { name: 'one', packageManager, dependencies: { 'is-number': '7.0.0' } },
      });
      await using data = await temporaryFolder();
      await using opened = openTestDocker(docker, data.path, {
        imageOf: () => ({ image: 'hardhat', dockerfile: null }),
      });
      const project = { id: 1, name: 'one', path: folder.path, repository: folder.path };
      const workspace = opened.engine.workspace(project);
      const { signal } = new AbortController();
      const place = placeInContainer({
        ...{ workspace, project, signal, deployment: { id: 1, number: 1 } },
        input: {} as HardhatRun,
      });
      const install = packageInstall(projectFiles(folder.path));
      const env = place.installVariables({ program: 'node', version: '24.0.0' }, install);
      const { command, isBrought } = await installCommand(workspace, install, env, signal);
      expect(isBrought).toBe(true);
      let said = '';
      const exit = await workspace.exec(command, {
        onOutput: (_, text) => {
          said += text;
        },
      });
      expect(exit.code, said).toBe(0);
      expect(await readFile(path.join(folder.path, file), 'utf8')).toMatch(holds);
      expect(await readdir(folder.path)).not.toContain('.pnpm-store');
    },
    240_000,
  );
});
