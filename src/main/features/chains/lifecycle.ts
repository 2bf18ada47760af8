import { setTimeout as sleep } from 'node:timers/promises';
import { rpc } from '../../eth/rpc.ts';
import { AppError } from '../../shared/errors.ts';
import { metadata } from './anvil.ts';
import type { ChainsContext } from './context.ts';
import type { RunningChain, RunningChains } from './running.ts';
import { assertRunsOn, type EngineWish } from './start/engine-choice.ts';
import { launch, type StartOptions } from './start/launch.ts';
import type { ChainRow } from './store.ts';

const STOP_GRACE_MS = 10_000;

/** One that stands still is not waited for to say where it is. */
const LAST_ANSWER_MS = 2000;
const LOOK_EVERY_MS = 10;

/** Starts chains from what is saved, and stops them with everything saved. */
export function chainLifecycle(context: ChainsContext, { running }: RunningChains) {
  const { store, engines, gateway, logger, emit } = context.deps;

  /**
   * The chain if it runs. A process that is being killed is there for a moment longer than it
   * responds: one that doesn't is looked at again before it counts as running.
   */
  async function lasting(name: string): Promise<RunningChain | undefined> {
    const chain = await running(name);
    // Without an instance it is just being started.
    if (!chain?.row.instance) return chain;
    const until = Date.now() + LAST_ANSWER_MS;
    const meta = await metadata(rpc(chain.url, LAST_ANSWER_MS)).catch(() => undefined);
    if (meta) return chain;
    while (await running(name)) {
      if (Date.now() > until) return chain;
      await sleep(LOOK_EVERY_MS);
    }
    return undefined;
  }

  async function start(
    name: string,
    options: StartOptions,
    wish: Omit<EngineWish, 'engine'> = {},
  ): Promise<void> {
    const network = context.network(name);
    const row = context.row(name);
    if (await lasting(name)) {
      assertCodeSize(row, options.codeSizeLimit);
      assertGateway(row, options.gateway);
      assertForkBlock(row, options.forkBlock);
      return assertRunsOn(engines, row, options.engine);
    }
    const moved =
      options.forkBlock !== undefined &&
      row.startedAt !== null &&
      options.forkBlock !== row.forkBlock;
    const origin = options.fresh || moved ? 'fresh' : 'saved';
    await context.during(name, 'starting', () => launch(context, network, options, origin, wish));
  }

  /** @param keepsPort it is about to start again: the gateway keeps its port meanwhile */
  async function stop(name: string, keepsPort = false): Promise<void> {
    const chain = await running(name);
    if (!chain?.row.process) return;
    await context.during(name, 'stopping', () => end(chain, keepsPort));
    logger.info({ chain: name }, 'chain stopped');
  }

  /** A chain counts as stopped when its port is free for others. */
  async function end({ row, url }: RunningChain, keepsPort: boolean): Promise<void> {
    const { name } = row;
    if (!row.process) return;
    await Promise.all([...context.beforeEnd].map((held) => held(name)));
    const meta = await metadata(rpc(url, LAST_ANSWER_MS)).catch(() => undefined);
    // Tells what sees its process end that it didn't end by itself.
    store.put({ ...(store.chain(name) as ChainRow), instance: null });
    await engines.of(row.process).stopService(row.process, STOP_GRACE_MS);
    // What the gateway goes by.
    store.put({ ...(store.chain(name) as ChainRow), backend: null, sealedUpstream: null });
    if (!keepsPort) await gateway.leave(name);
    store.transaction(() => {
      store.put({
        ...(store.chain(name) as ChainRow),
        process: null,
        instance: null,
        problem: null,
        blockNumber: meta?.latestBlockNumber ?? row.blockNumber,
      });
      emit({ type: 'chain.stopped', chain: name });
    });
    await context.folder(name).keepState();
  }

  return { start, stop };
}

export type ChainLifecycle = ReturnType<typeof chainLifecycle>;

/** Throws CHAIN_BUSY for a chain that would have to be started anew for that. */
function assertCodeSize({ name, codeSizeLimit }: ChainRow, asked: number | null | undefined): void {
  if (asked === undefined || asked === codeSizeLimit) return;
  throw new AppError(
    'CHAIN_BUSY',
    `${name} is running already. For another limit to the size of contracts, restart it.`,
    {
      fix: {
        label: `Restart ${name}`,
        command: `drydock chain restart ${name} --code-size-limit ${asked ?? 'default'}`,
        call: { procedure: 'chains.restart', input: { chain: name, codeSizeLimit: asked } },
      },
    },
  );
}

/** Throws CHAIN_BUSY for a chain that would have to be started anew for that. */
function assertGateway({ name, gateway }: ChainRow, asked: ChainRow['gateway'] | undefined): void {
  if (asked === undefined || asked === gateway) return;
  const where = asked === 'on' ? 'behind the gateway' : 'without the gateway';
  throw new AppError('CHAIN_BUSY', `${name} is running already. To run it ${where}, restart it.`, {
    fix: {
      label: `Restart ${name} ${where}`,
      command: `drydock chain restart ${name} --gateway ${asked}`,
      call: { procedure: 'chains.restart', input: { chain: name, gateway: asked } },
    },
  });
}

/** Throws CHAIN_BUSY for a chain that would have to be started anew for that. */
function assertForkBlock({ name, forkBlock }: ChainRow, asked: number | undefined): void {
  if (asked === undefined || asked === forkBlock) return;
  throw new AppError(
    'CHAIN_BUSY',
    `${name} is running already, from block ${forkBlock}. To begin at block ${asked}, restart it: what it has is dropped, its snapshots stay.`,
    {
      fix: {
        label: `Restart ${name} from block ${asked}`,
        command: `drydock chain restart ${name} --fork-block ${asked}`,
        call: { procedure: 'chains.restart', input: { chain: name, forkBlock: asked } },
      },
    },
  );
}
