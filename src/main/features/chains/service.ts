import type { Preparation } from '../../engines/engine.ts';
import { AppError } from '../../kit/errors.ts';
import { chainAccounts } from './accounts.ts';
import { chainCalls } from './calls.ts';
import type { Chain, Reverted, Snapshot } from './contract.ts';
import { chainHold } from './hold.ts';
import { chainLifecycle } from './lifecycle.ts';
import { chainListing } from './listing.ts';
import { chainMonitor } from './monitor.ts';
import { ChainsContext, type ChainsParts } from './parts.ts';
import { chainUrl } from './port.ts';
import { reconcileChains } from './reconcile.ts';
import { runningChains } from './running.ts';
import { chainSnapshots } from './snapshots/snapshots.ts';
import type { StartOptions } from './start/launch.ts';

export function chainsService(parts: ChainsParts) {
  const context = new ChainsContext(parts);
  const { store, changed } = parts;
  const chains = runningChains(context);
  const lifecycle = chainLifecycle(context, chains);
  const snapshots = chainSnapshots(context, chains, lifecycle);
  const calls = chainCalls(context, chains);
  const accounts = chainAccounts(chains, calls);
  const listing = chainListing(context, chains);
  const monitor = chainMonitor(context, chains);
  const { asked, touch } = calls;
  const read = listing.get;

  /** Shows what is being made for a chain while the work goes on. */
  async function showing<T>(
    name: string,
    work: (preparation: Preparation) => Promise<T>,
  ): Promise<T> {
    const note = (line: string) => {
      context.preparing.set(name, line);
      changed({ topic: 'chains', key: name });
    };
    try {
      return await work({ note });
    } finally {
      if (context.preparing.delete(name)) changed({ topic: 'chains', key: name });
    }
  }

  const startNow = (name: string, options: StartOptions): Promise<void> =>
    showing(name, (preparation) =>
      asked(name, () => lifecycle.start(name, options, { preparation })),
    );

  return {
    ...listing,

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
        if (engine && engine !== 'auto') {
          await showing(name, (preparation) => parts.engines.choose(preparation, engine));
        }
        await lifecycle.stop(name);
        await startNow(name, options);
      });
      return read(name);
    },

    accounts: accounts.list,
    fund: accounts.fund,

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

    snapshots: snapshots.list,

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
      return (await chains.running(name))?.url ?? null;
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
    reconcile: () => reconcileChains(context, chains),

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

    /** Every chain, with the id of the container that it was started in, if it was in one. */
    containers: () =>
      parts.networks().map(({ name }) => {
        const process = store.chain(name)?.process;
        return { name, container: process && 'container' in process ? process.container : null };
      }),

    /** What anvil prints. */
    logFile: (name: string): string => context.folder(name).log,

    /** Where on the disk the chains and their snapshots lie. */
    async files() {
      return store.chains().map((row) => {
        const folder = context.folder(row.name);
        return {
          name: row.name,
          running: row.process !== null,
          folder: folder.root,
          snapshots: store.snapshots(row.name).map((snapshot) => ({
            ...snapshot,
            current: snapshot.id === row.currentSnapshot,
            file: folder.snapshot(snapshot.id),
          })),
        };
      });
    },

    /** Deletes what is kept for a chain whose network has been removed. */
    async forget(name: string): Promise<void> {
      parts.deployments.setLive(name, []);
      store.remove(name);
      await context.folder(name).remove();
    },

    hold: chainHold(context, { chains, lifecycle, calls, accounts, snapshots }),

    adopt: monitor.adopt,

    /** Leaves the chains running. Resolves when everything of ours is on disk. */
    async close(): Promise<void> {
      await monitor.close();
      await Promise.all(context.saving.values());
    },
  };
}

export type ChainsService = ReturnType<typeof chainsService>;
