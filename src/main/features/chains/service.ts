import { getAddress, parseEther } from 'viem';
import { type Engine, type Preparation, type RunRef, runKey } from '../../engines/engine.ts';
import type { OwnChoice } from '../../engines/engines.ts';
import { AppError } from '../../kit/errors.ts';
import { isSecretUrl, maskUrl } from '../../kit/mask.ts';
import { RpcError } from '../../kit/rpc.ts';
import { accountsOf } from './accounts.ts';
import { latestBlock } from './anvil.ts';
import type { Account, Chain, Reverted, Snapshot } from './contract.ts';
import { chainLifecycle, chainUrl, type RunningChain, type StartOptions } from './lifecycle.ts';
import { followChain } from './monitor.ts';
import { ChainsContext, type ChainsParts } from './parts.ts';
import { reconcileChains } from './reconcile.ts';
import { chainSnapshots } from './snapshots.ts';

/** A chain held for a deployment. */
export interface HeldChain {
  url: string;
  /** Where it runs. */
  engine: Engine;
  chainId: number;
  /** Takes the automatic snapshot. */
  snapshot: (name: string) => Promise<{ id: number; name: string }>;
  /** Lets the node sign for an address that is not one of its own. */
  impersonate: (address: string) => Promise<void>;
  accounts: () => Promise<string[]>;
  isRunning: () => Promise<boolean>;
  /** Tells when the chain's process ends. Answers how to stop listening. */
  onEnd: (listener: () => void) => () => void;
}

const UNKNOWN =
  'The Docker daemon does not answer, so nobody can tell whether this chain still runs. Start Docker; the chain continues from its last saved state.';

/** How often a held chain's process is looked at. */
const LOOK_EVERY_MS = 200;

/** When a chain is looked at again after its connection has ended. */
const LOOK_AGAIN_MS = [300, 1500, 5000];

export function chainsService(parts: ChainsParts) {
  const context = new ChainsContext(parts);
  const lifecycle = chainLifecycle(context);
  const snapshots = chainSnapshots(context, lifecycle);
  const addressesOf = accountsOf();
  const { store, changed } = parts;
  const sizes = new Map<string, { at: number; bytes: number }>();
  /** What is being made for a chain that is about to start, in its latest line. */
  const preparing = new Map<string, string>();
  let closed = false;
  const adopting = new Set<Promise<void>>();
  const followed = new Map<string, { key: string; stop: () => void }>();

  function diskBytes(name: string): number {
    const known = sizes.get(name);
    if (known && Date.now() - known.at < 10_000) return known.bytes;
    const bytes = context.folder(name).diskBytes();
    sizes.set(name, { at: Date.now(), bytes });
    return bytes;
  }

  async function read(name: string): Promise<Chain> {
    const network = context.network(name);
    const chain = await lifecycle.running(name);
    const row = chain?.row ?? lifecycle.rowOf(name);
    const process = chain?.row.process;
    const engine = process
      ? parts.engines.of(process).name
      : await parts.engines.preferred(row.engine);
    const block = await (chain && latestBlock(chain.call))?.catch(() => undefined);
    if (block && block.number !== row.blockNumber) store.setBlock(name, block.number);
    return {
      name,
      kind: network.kind === 'fork' ? 'fork' : 'local',
      status: chain ? 'running' : 'stopped',
      engine,
      ownEngine: row.engine,
      rpcUrl: row.port === null ? null : chainUrl(row.port),
      port: row.port,
      chainId: chain ? row.chainId : (network.servedChainId ?? row.chainId),
      pid: process && 'pid' in process ? process.pid : null,
      container: process && 'container' in process ? process.container : null,
      startedAt: chain ? row.startedAt : null,
      blockNumber: block?.number ?? row.blockNumber,
      blockTime: block?.time ?? null,
      clockDrift: block ? block.time - Math.floor(Date.now() / 1000) : null,
      baseFee: block?.baseFee ?? null,
      forkUrl: network.kind === 'fork' && network.url ? maskUrl(network.url) : null,
      forkBlock: row.forkBlock,
      savedAt: context.folder(name).savedAt(),
      diskBytes: diskBytes(name),
      preparing: preparing.get(name) ?? null,
      problem: row.process && !chain ? UNKNOWN : row.problem,
    };
  }

  /** Turns what a chain refuses into an error that says so. */
  async function asked<T>(name: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      const network = context.network(name);
      if (error.unreachable && !(await lifecycle.running(name))) {
        await lifecycle.requireRunning(name);
      }
      const upstream =
        network.kind === 'fork'
          ? ' If it needs data from its upstream, check that address too.'
          : '';
      const message =
        network.url && isSecretUrl(network.url)
          ? error.message.replaceAll(network.url, maskUrl(network.url))
          : error.message;
      throw new AppError(
        'CHAIN_CALL_FAILED',
        `The chain ${name} refused: ${message}. Restart it if this goes on.${upstream}`,
        {
          fix: {
            label: `Restart ${name}`,
            command: `drydock chain restart ${name}`,
            call: { procedure: 'chains.restart', input: { chain: name } },
          },
        },
      );
    }
  }

  async function startNow(name: string, options: StartOptions): Promise<void> {
    const note = (line: string) => {
      preparing.set(name, line);
      changed({ topic: 'chains', key: name });
    };
    try {
      await asked(name, () => lifecycle.start(name, options, { preparation: { note } }));
    } finally {
      preparing.delete(name);
    }
  }

  /** A change that leaves no block behind, or that a snapshot must not miss. */
  async function touch(name: string, work: (chain: RunningChain) => Promise<void>): Promise<void> {
    const chain = await lifecycle.requireRunning(name);
    await context.saving.get(name);
    await asked(name, () => work(chain));
    context.touched.add(name);
    changed({ topic: 'chains', key: name });
  }

  async function balanceOf(name: string, address: string): Promise<string> {
    const chain = await lifecycle.requireRunning(name);
    return BigInt(await chain.call<string>('eth_getBalance', [address, 'latest'])).toString();
  }

  async function list(): Promise<Chain[]> {
    return Promise.all(parts.networks().map((n) => read(n.name)));
  }

  return {
    list,
    get: read,

    /** The chain now, and again after each change of it. */
    async *watch(name: string, signal?: AbortSignal): AsyncGenerator<Chain, void> {
      for await (const batch of parts.news(signal)) {
        const concerns = batch.some((c) => c.topic === 'chains' && (c.key ?? name) === name);
        if (batch.length === 0 || concerns) yield await read(name);
      }
    },

    async start(name: string, options: StartOptions): Promise<Chain> {
      context.network(name);
      await context.change(name, () => startNow(name, options));
      return read(name);
    },

    async stop(name: string): Promise<Chain> {
      context.network(name);
      await context.change(name, () => lifecycle.stop(name));
      return read(name);
    },

    async restart(name: string, options: StartOptions): Promise<Chain> {
      context.network(name);
      await context.change(name, async () => {
        // Sooner than the stop: a chain goes on if it couldn't be started where it is to run.
        const { engine } = options;
        if (engine && engine !== 'auto') await parts.engines.choose(undefined, engine);
        await lifecycle.stop(name);
        await startNow(name, options);
      });
      return read(name);
    },

    async accounts(name: string): Promise<Account[]> {
      const chain = await lifecycle.requireRunning(name);
      return asked(name, async () => {
        const addresses = await addressesOf(chain);
        return Promise.all(
          addresses.map(async (address, index) => ({
            index,
            address: getAddress(address),
            balance: await balanceOf(name, address),
          })),
        );
      });
    },

    async fund(name: string, address: string, ether: string) {
      await touch(name, async ({ call }) => {
        const balance = BigInt(await call<string>('eth_getBalance', [address, 'latest']));
        const sum = balance + parseEther(ether);
        if (sum >= 2n ** 256n) {
          throw new AppError('BAD_INPUT', 'An account can not hold that much.', { field: 'ether' });
        }
        await call('anvil_setBalance', [address, `0x${sum.toString(16)}`]);
      });
      return { address, balance: await balanceOf(name, address) };
    },

    async mine(name: string, blocks: number): Promise<Chain> {
      await touch(name, async ({ call }) => {
        await call('anvil_mine', [`0x${blocks.toString(16)}`]);
      });
      return read(name);
    },

    async warp(name: string, seconds: number): Promise<Chain> {
      await touch(name, async ({ call }) => {
        await call('evm_increaseTime', [seconds]);
        await call('evm_mine');
      });
      return read(name);
    },

    snapshots: (name: string): Snapshot[] => snapshots.list(name),

    async snapshot(name: string, wanted: string | undefined): Promise<Snapshot> {
      context.network(name);
      return context.change(name, () => asked(name, () => snapshots.snapshot(name, wanted)));
    },

    async revert(name: string, ref: number | string | undefined): Promise<Reverted> {
      context.network(name);
      return context.change(name, () => asked(name, () => snapshots.revert(name, ref)));
    },

    async removeSnapshot(name: string, ref: number | string): Promise<Snapshot> {
      context.network(name);
      return context.change(name, () => snapshots.remove(name, ref));
    },

    /** Address of a running chain, from the records alone. */
    recordedUrl(name: string): string | null {
      const row = store.chain(name);
      return row?.process && row.port !== null ? chainUrl(row.port) : null;
    },

    /** Address of a chain that runs. */
    async runningUrl(name: string): Promise<string | null> {
      return (await lifecycle.running(name))?.url ?? null;
    },

    /** The live deployments that a revert to a snapshot would take from the chain. */
    wouldGo(name: string, snapshot: number) {
      const kept = store.linkedDeployments(snapshot);
      const live = parts.deployments.live(name).map((d) => d.id);
      return parts.deployments.describe(live.filter((id) => !kept.includes(id)));
    },

    /**
     * Compares the records with what is really there: chains that ended by themselves, processes
     * of ours that no record knows, files half written, snapshots that nothing holds any more.
     * Answers what was repaired, a sentence each.
     */
    reconcile: () => reconcileChains(context, lifecycle),

    /** Throws CHAIN_BUSY while the chain of a network runs. */
    assertStopped(name: string): void {
      context.assertUnused(name);
      if (!store.chain(name)?.process) return;
      throw new AppError(
        'CHAIN_BUSY',
        `The chain of ${name} is running. Stop it, then change or remove the network.`,
        {
          fix: {
            label: `Stop ${name}`,
            command: `drydock chain stop ${name}`,
            call: { procedure: 'chains.stop', input: { chain: name } },
          },
        },
      );
    },

    /** Deletes what is kept for a chain whose network has been removed. */
    async forget(name: string): Promise<void> {
      parts.deployments.setLive(name, []);
      store.remove(name);
      await context.folder(name).remove();
    },

    /**
     * Starts the chain if need be, and holds it while `work` runs. `rather` is where it is started if
     * nothing was chosen for it.
     */
    hold<T>(
      name: string,
      work: (chain: HeldChain, startedNow: boolean) => Promise<T>,
      preparation?: Preparation,
      rather?: OwnChoice,
    ): Promise<T> {
      return context.hold(name, async () => {
        const before = await lifecycle.running(name);
        const startedNow = before === undefined;
        if (startedNow) await asked(name, () => lifecycle.start(name, {}, { preparation, rather }));
        const chain = before ?? (await lifecycle.requireRunning(name));
        const result = await work(
          {
            url: chain.url,
            engine: parts.engines.of(chain.row.process as RunRef),
            chainId: chain.row.chainId,
            snapshot: (label) => asked(name, () => snapshots.automatic(chain, label)),
            impersonate: async (address) => {
              await chain.call('anvil_impersonateAccount', [address]);
            },
            accounts: () => addressesOf(chain),
            isRunning: async () => (await lifecycle.running(name)) !== undefined,
            onEnd(listener) {
              let looking = false;
              const timer = setInterval(async () => {
                if (looking) return;
                looking = true;
                const runs = await lifecycle.running(name).finally(() => {
                  looking = false;
                });
                if (runs) return;
                clearInterval(timer);
                listener();
              }, LOOK_EVERY_MS);
              return () => clearInterval(timer);
            },
          },
          startedNow,
        );
        changed({ topic: 'chains', key: name });
        return result;
      });
    },

    /**
     * Looks at every recorded chain: adopts those that still run, marks the others as stopped, and
     * follows new blocks of the running ones. Called at start and after each change.
     */
    async adopt(follow: boolean): Promise<void> {
      if (closed) return;
      const looking = adopt(follow).finally(() => adopting.delete(looking));
      adopting.add(looking);
      await looking;
    },

    /** Leaves the chains running. Resolves when everything of ours is on disk. */
    async close(): Promise<void> {
      closed = true;
      for (const { stop } of followed.values()) stop();
      await Promise.allSettled(adopting);
      await Promise.all(context.saving.values());
    },
  };

  async function adopt(follow: boolean): Promise<void> {
    for (const row of store.chains()) {
      if (!parts.networks().some((n) => n.name === row.name)) continue;
      const chain = await lifecycle.running(row.name);
      if (closed) return;
      const key = chain?.row.process ? runKey(chain.row.process) : undefined;
      const current = followed.get(row.name);
      if (current && current.key !== key) {
        current.stop();
        followed.delete(row.name);
      }
      if (!follow || key === undefined || !chain || followed.has(row.name)) continue;
      const news = () => {
        if (!closed) changed({ topic: 'chains', key: row.name });
      };
      const stop = followChain(chain.url, news, () => {
        followed.delete(row.name);
        news();
        // A process that is being killed answers no more, but is still there for a moment.
        for (const later of LOOK_AGAIN_MS) setTimeout(news, later).unref();
      });
      followed.set(row.name, { key, stop });
    }
  }
}

export type ChainsService = ReturnType<typeof chainsService>;
