import { expect } from 'vitest';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { openTestApp, type TestApp } from './app.ts';
import { type Client, openDoor } from './doors.ts';
import type { Fixture } from './fixture.ts';
import { deploy } from './hardhat-deploy.ts';
import { made } from './made.ts';
import { MORE, type MoreOfProject, upgradeableProject } from './upgradeable.ts';

/** The first proxy that a run has made. */
export const proxyOf = (run: DeploymentDetail): string => proxiesOf(run)[0] ?? '';

/** In their order. */
export const proxiesOf = (run: DeploymentDetail): string[] =>
  made(run)
    .contracts.filter(({ name }) => name?.endsWith('Proxy'))
    .map(({ address }) => address);

export interface UpgradeableApp extends TestApp {
  client: Client;
  fixture: Fixture;
  project: number;
  /** Runs the project's script; by default its own one, that deploys a counter behind a proxy. */
  deployed(input?: Record<string, unknown>, target?: string): Promise<DeploymentDetail>;
  /** Resolves with the run of a function of `More`, once it has ended. */
  run(sig: string, args: string[], more?: object, target?: string): Promise<DeploymentDetail>;
  /** The name of what runs behind a proxy. */
  behind(proxy: string, network?: string): Promise<string | null | undefined>;
}

/** A core with the project, and a chain `local` that runs. */
export async function openUpgradeable(more: MoreOfProject): Promise<UpgradeableApp> {
  const core = await openTestApp();
  const { client } = await openDoor('in-process', core.app);
  const fixture = await upgradeableProject(more);
  const { id: project } = await client.projects.add({ path: fixture.folder, name: 'up' });
  await client.chains.start({ chain: 'local' });
  return {
    ...{ ...core, client, fixture, project },
    async deployed(input = { script: 'script/Deploy.s.sol' }, target = 'local') {
      const run = await deploy(client, project, input, target);
      expect(run.status, run.failure?.message).toBe('succeeded');
      return run;
    },
    run: (sig, args, extra = {}, target = 'local') =>
      deploy(client, project, { script: MORE, sig, args, ...extra }, target),
    behind: async (proxy, network = 'local') =>
      (await client.contracts.show({ contract: proxy, network })).proxy?.implementation.contract,
    async [Symbol.asyncDispose]() {
      await core[Symbol.asyncDispose]();
      await fixture[Symbol.asyncDispose]();
    },
  };
}
