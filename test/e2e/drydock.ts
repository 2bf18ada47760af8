import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { rpc } from '#main/eth/rpc.ts';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import {
  copyFixture,
  type Fixture,
  type FixtureName,
  type FixtureOptions,
} from '../harness/fixture.ts';
import { temporaryFolder } from '../harness/folder.ts';
import { type HostProcess, startHostProcess } from '../harness/host-process.ts';
import { DrydockPage } from '../harness/page.ts';

const cli = path.resolve(import.meta.dirname, '../../out/main/cli.js');

/** Drydock as one user has it: a data folder, a HOME, and the built host that serves it. */
export class Drydock {
  private running: HostProcess | null = null;

  constructor(
    readonly home: string,
    private readonly env: Record<string, string>,
    private readonly asksForTrust: boolean,
    private readonly program?: readonly string[],
  ) {}

  /** The host that runs now. */
  get host(): HostProcess {
    if (!this.running) throw new Error('the host does not run');
    return this.running;
  }

  get client(): HostProcess['client'] {
    return this.host.client;
  }

  /** What a person opens, at one of its pages, e.g. `/settings`. */
  address(at = '/'): string {
    return `${this.host.url}${at}?token=${this.host.token}`;
  }

  async start(port = 0): Promise<void> {
    this.running = await startHostProcess(this.home, {
      port,
      env: this.env,
      asksForTrust: this.asksForTrust,
      program: this.program,
    });
  }

  async stop(): Promise<void> {
    const host = this.host;
    this.running = null;
    await host.stop();
  }

  /** As a crash ends it. */
  async kill(): Promise<void> {
    const host = this.host;
    this.running = null;
    await host.kill();
  }

  /** Runs a command of the built command line, and answers how it ended. */
  run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        [cli, ...args],
        { env: { ...process.env, ...this.env, DRYDOCK_HOME: this.home } },
        (error, stdout, stderr) =>
          resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
      );
    });
  }

  async rpcUrl(chain = 'local'): Promise<string> {
    const { rpcUrl } = await this.client.chains.get({ chain });
    if (rpcUrl === null) throw new Error(`${chain} was never started`);
    return rpcUrl;
  }

  /**
   * Starts the local chain, which then makes one block a second: a run of as many transactions
   * lasts as many seconds, on any machine.
   */
  async startSlowChain(): Promise<void> {
    await this.client.chains.start({ chain: 'local' });
    await rpc(await this.rpcUrl(), 10_000)('evm_setIntervalMining', [1]);
  }

  async startQuickChain(): Promise<void> {
    await this.client.chains.start({ chain: 'local' });
    const call = rpc(await this.rpcUrl(), 10_000);
    await call('evm_setIntervalMining', [0]);
    await call('evm_setAutomine', [true]);
  }

  /** Deploys to the local chain without the page, and waits for the end, whatever it is. */
  async deploy(
    project: string,
    script: string,
    sig = 'run()',
    args: string[] = [],
  ): Promise<DeploymentDetail> {
    const { id } = await this.client.deployments.start({
      project,
      target: 'local',
      input: { script, sig, args },
    });
    const get = () => this.client.deployments.get({ id });
    await expect.poll(async () => (await get()).endedAt, { timeout: 60_000 }).not.toBeNull();
    return get();
  }

  /** Ends everything that was started here, also after a test that ended the host. */
  async end(): Promise<void> {
    if (!this.running) await this.start();
    for (const { id } of (await this.client.deployments.queue()).running) {
      await this.client.deployments.cancel({ id }).catch(() => undefined);
    }
    for (const { name, status } of await this.client.chains.list()) {
      if (status !== 'stopped') await this.client.chains.stop({ chain: name });
    }
    await this.stop();
  }
}

interface Fixtures {
  /** Whether projects have to be trusted first, as those of a user. */
  asksForTrust: boolean;
  /** What Node runs instead of the built host. */
  program: readonly string[] | undefined;
  /** Further variables that the host and the command line are started with. */
  variables: Record<string, string>;
  drydock: Drydock;
  /** Copies a project, compiled unless told otherwise; it is deleted after the test. */
  project: (name: FixtureName, options?: FixtureOptions) => Promise<Fixture>;
  /** The page of the host, opened at its start. */
  app: DrydockPage;
  /** Opens another tab of the same browser. */
  tab: (at?: string) => Promise<DrydockPage>;
}

export const test = base.extend<Fixtures>({
  // What can't be pressed is a failure of its own, told long before the test's time is up.
  actionTimeout: 60_000,
  asksForTrust: [false, { option: true }],
  program: [undefined, { option: true }],
  variables: [{}, { option: true }],
  drydock: async ({ asksForTrust, program, variables }, use) => {
    await using folder = await temporaryFolder();
    const user = path.join(folder.path, 'user');
    await mkdir(user);
    const drydock = new Drydock(
      path.join(folder.path, 'data'),
      { HOME: user, USERPROFILE: user, ...variables },
      asksForTrust,
      program,
    );
    await drydock.start();
    await use(drydock);
    await drydock.end();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern
  project: async ({}, use) => {
    const made: Fixture[] = [];
    await use(async (name, options) => {
      const fixture = await copyFixture(name, { compiled: true, ...options });
      made.push(fixture);
      return fixture;
    });
    for (const fixture of made) await fixture[Symbol.asyncDispose]();
  },
  app: async ({ drydock, page }, use) => {
    await page.goto(drydock.address());
    // Nobody presses a key before there is anything to see.
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    await use(new DrydockPage(page));
  },
  tab: async ({ drydock, context }, use) => {
    await use(async (at) => {
      const page: Page = await context.newPage();
      await page.goto(drydock.address(at));
      return new DrydockPage(page);
    });
  },
});

export { expect };
