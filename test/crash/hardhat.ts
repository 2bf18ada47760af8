import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { rpc } from '#main/eth/rpc.ts';
import { isFinal } from '#main/shared/final.ts';
import type { HostProcess } from '#test/harness/host-process.ts';
import { freePort } from '#test/harness/ports.ts';
import { wrongOfLive } from './chain-checks.ts';
import type { Crashable } from './frame.ts';
import type { FindLeftovers } from './leftovers.ts';

const RECORDS = 'ignition/deployments/chain-31337';
const SCRIPT = 'ignition/modules/Vaults.js';
/** Futures that are contracts, and all that it sends. */
const FUTURES = 2;
const SENT = 3;

interface HardhatEngine {
  name: Crashable['engine'];
  /** Of the core: where its daemon is, or a home folder with a compiler. */
  env: Record<string, string>;
  /** Of the project's code. */
  toolEnv?: string[];
  withinMs: number;
  leftovers: FindLeftovers;
  /** Takes away what the next run then has to make. */
  bare?: (home: string) => Promise<void>;
}

/**
 * A deploy of an Ignition module, onto a chain that is begun anew before most of them, so that there
 * is something to deploy. In some rounds the user has records of their own in the project.
 *
 * @param folder the project
 */
export function hardhatRounds(
  { name: engine, env, toolEnv = [], withinMs, leftovers, bare }: HardhatEngine,
  folder: string,
  home: string,
): Crashable {
  const input = { script: SCRIPT, env: toolEnv };
  const records = path.join(folder, RECORDS);
  let project: number;
  let isUsers = false;

  const deploy = ({ client }: HostProcess) =>
    client.deployments.start({ project, target: 'local', input });

  async function ended({ client }: HostProcess, id: number) {
    for (;;) {
      const run = await client.deployments.get({ id });
      if (isFinal(run.status)) return run;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  function leftInProject(): string[] {
    const left = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(
        ({ name, parentPath }) => name.includes('.drydock-') && !/node_modules/.test(parentPath),
      )
      .map(({ name }) => `${name} is left in the project`);
    const own = path.join(records, 'own.json');
    const isBack = !isUsers || (existsSync(own) && readFileSync(own, 'utf8') === '"mine"');
    return isBack ? left : [...left, 'records of the user are not back'];
  }

  return {
    ...{ kind: 'hardhat', engine, env, withinMs, settlesWithinMs: 0, leftovers },

    async prepare(core) {
      ({ id: project } = await core.client.projects.add({ path: folder, kind: 'hardhat' }));
      const port = await freePort();
      await core.client.networks.save({ name: 'local', kind: 'local', port });
      // Compiles.
      const first = await ended(core, (await deploy(core)).id);
      if (first.status !== 'succeeded') throw new Error(first.failure?.message);
    },

    async act(core, random) {
      const { chains } = core.client;
      if (random() < 0.8) {
        const isRunning = (await chains.get({ chain: 'local' })).status === 'running';
        await chains[isRunning ? 'restart' : 'start']({ chain: 'local', fresh: true });
      }
      if (bare && random() < 0.25) await bare(home);
      isUsers = random() < 0.4;
      rmSync(records, { recursive: true, force: true });
      if (isUsers) {
        await mkdir(records, { recursive: true });
        writeFileSync(path.join(records, 'own.json'), '"mine"');
      }
      return Array.from({ length: 1 + Math.floor(random() * 2) }, () =>
        deploy(core).catch(() => undefined),
      );
    },

    async wrong(core) {
      const wrong = leftInProject();
      if ((await core.client.chains.get({ chain: 'local' })).status === 'running') {
        wrong.push(...(await wrongOfLive(core)), ...(await wrongSuccess(core)));
      }
      // What is left of the module is deployed by the next run, and nothing of it twice.
      const sent = await next(core);
      return [
        ...wrong,
        ...(sent.failure ? [`a later deploy: ${sent.failure}`] : []),
        ...leftInProject(),
        ...(await wrongOfLive(core)),
        ...(await wrongModule(core, sent.unknown)),
      ];
    },

    async letGo({ client }) {
      await client.chains.stop({ chain: 'local' });
      await client.projects.remove({ project });
    },
  };

  /** A run that was cut off must not say that it has deployed the module. */
  async function wrongSuccess(core: HostProcess): Promise<string[]> {
    const { items } = await core.client.deployments.list({ limit: 20, live: true });
    const succeeded = items.filter(({ status }) => status === 'succeeded');
    if (succeeded.length === 0) return [];
    const sent = await sentOn(core);
    return sent < SENT ? [`${succeeded.length} succeeded, and ${sent} were sent`] : [];
  }

  /**
   * Deploys once more. A transaction of which the tool never heard is foreign to Ignition: it asks
   * for confirmations of it first, and sends it again then.
   */
  async function next(core: HostProcess) {
    const first = await ended(core, (await deploy(core)).id);
    const isUnknown = first.failure?.code === 'WAITING_FOR_CONFIRMATIONS';
    if (isUnknown) await core.client.chains.mine({ chain: 'local', blocks: 5 });
    const last = isUnknown ? await ended(core, (await deploy(core)).id) : first;
    return { failure: last.failure?.message, unknown: isUnknown ? 1 : 0 };
  }

  /** What Ignition takes to be deployed has to be there, and nothing twice. */
  async function wrongModule(
    { client }: Pick<HostProcess, 'client'>,
    unknown: number,
  ): Promise<string[]> {
    const { rpcUrl } = await client.chains.get({ chain: 'local' });
    const call = rpc(rpcUrl as string);
    const sent = await sentOn({ client });
    const wrong = sent === SENT + unknown ? [] : [`${sent} transactions were sent`];
    if (isUsers) return wrong;
    const file = path.join(records, 'deployed_addresses.json');
    const addresses = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    const futures = Object.entries(addresses);
    if (futures.length !== FUTURES) wrong.push(`deployed are ${Object.keys(addresses)}`);
    for (const [future, address] of futures) {
      const code = await call<string>('eth_getCode', [address, 'latest']);
      if (code === '0x') wrong.push(`${future} would be skipped, and is not at ${address}`);
    }
    return wrong;
  }
}

/** How many transactions the first account has on the chain. */
async function sentOn({ client }: Pick<HostProcess, 'client'>): Promise<number> {
  const { rpcUrl } = await client.chains.get({ chain: 'local' });
  const call = rpc(rpcUrl as string);
  const [sender] = await call<string[]>('eth_accounts');
  return Number(await call<string>('eth_getTransactionCount', [sender, 'latest']));
}
