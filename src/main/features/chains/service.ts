import type { Preparation } from '../../engines/engine.ts';
import { AppError } from '../../shared/errors.ts';
import { anvil } from '../../targets/chain/anvil.ts';
import { chainAccounts } from './accounts.ts';
import { latestBlock } from './anvil.ts';
import { chainCalls } from './calls.ts';
import { chainLease } from './chain-lease.ts';
import { ChainsContext, type ChainsDependencies } from './context.ts';
import type { Chain, Reverted, Snapshot } from './contract.ts';
import { chainLifecycle } from './lifecycle.ts';
import { chainListing } from './listing.ts';
import { chainMonitor } from './monitor.ts';
import { reconcileChains } from './reconcile.ts';
import { runningChains } from './running.ts';
import { chainSender } from './send.ts';
import { signForAll } from './sign-for-all.ts';
import { chainSnapshots } from './snapshots.ts';
import type { StartOptions } from './start/launch.ts';

/** The end of the year 9999: what comes later few tools can show, and anvil's own clock ends, too. */
const LAST_CLOCK = 253_402_300_799n;

const beyondLastClock = (name: string, clock: bigint) =>
  new AppError(
    'BAD_INPUT',
    `The clock of ${name} stands at ${clock} s, and would pass the end of the year 9999. Move it less far, or revert to a snapshot from before it was moved.`,
    { field: 'seconds' },
  );

export function chainsService(deps: ChainsDependencies) {
  const context = new ChainsContext(deps);
  const { store, changed } = deps;
  const chains = runningChains(context);
  const lifecycle = chainLifecycle(context, chains);
  const snapshots = chainSnapshots(context, chains, lifecycle);
  const calls = chainCalls(context, chains);
  const accounts = chainAccounts(chains, calls);
  const listing = chainListing(context, chains);
  const monitor = chainMonitor(context, chains);
  const signing = signForAll(context);
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
      const start = () => context.change(name, () => startNow(name, options));
      await start();
      const chain = await read(name);
      if (chain.status !== 'stopped') return chain;
      // It was found running, and has died since.
      await start();
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
          await showing(name, (preparation) =>
            deps.engines.choose(preparation, engine, { tool: anvil.name }),
          );
        }
        await lifecycle.stop(name);
        await startNow(name, options);
      });
      return read(name);
    },

    accounts: accounts.list,
    fund: accounts.fund,
    send: chainSender(context, chains, calls, accounts),

    async mine(name: string, blocks: number): Promise<Chain> {
      await touch(name, async ({ call }) => {
        await call('anvil_mine', [`0x${blocks.toString(16)}`]);
      });
      return read(name);
    },

    async warp(name: string, seconds: number): Promise<Chain> {
      await touch(name, async ({ call }) => {
        const { clock } = await latestBlock(call);
        if (clock + BigInt(seconds) > LAST_CLOCK) throw beyondLastClock(name, clock);
        await call('evm_increaseTime', [seconds]);
        await call('evm_mine');
      });
      return read(name);
    },

    snapshots: snapshots.list,

    /** Deletes the snapshot before a deployment that was cut short and had sent nothing. */
    async dropSnapshotOf(name: string, id: number): Promise<void> {
      await context.locks.run(name, () => snapshots.withdrawIfStill(name, id));
    },

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

    /** Address of a chain that runs. */
    async runningUrl(name: string): Promise<string | null> {
      return (await chains.running(name))?.url ?? null;
    },

    /** The live deployments that a revert to a snapshot would take from the chain. */
    wouldGo(name: string, snapshot: number) {
      const kept = store.linkedDeployments(snapshot);
      const live = deps.deployments.live(name).map((d) => d.id);
      return deps.deployments.describe(live.filter((id) => !kept.includes(id)));
    },

    /**
     * Compares the records with what is really there: chains that ended by themselves, processes
     * of Drydock's that no record knows, files half written, snapshots that nothing holds any more.
     * Returns what was repaired, a sentence each.
     */
    reconcile: () => reconcileChains(context, chains),

    /** Takes back what runs that were cut short have left switched on; a sentence for each chain. */
    reconcileSigning: () => signing.reconcile(chains),

    /** Every chain, with the id of the container that it was started in, if it was in one. */
    containers: () =>
      deps.networks().map(({ name }) => {
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
      deps.deployments.setLive(name, []);
      store.remove(name);
      await context.folder(name).remove();
      await Promise.all(deps.engines.all.map((engine) => engine.forgetService(name)));
    },

    /** Has each chain that is about to be stopped held up for something, which must be short. */
    beforeEnd: (held: (chain: string) => Promise<void>): void => void context.beforeEnd.add(held),

    hold: chainLease(context, { chains, lifecycle, calls, accounts, snapshots, signing }),

    adopt: monitor.adopt,

    /** Leaves the chains running. Resolves when everything is on disk. */
    async close(): Promise<void> {
      await monitor.close();
      await Promise.all(context.saving.values());
    },
  };
}

export type ChainsService = ReturnType<typeof chainsService>;
