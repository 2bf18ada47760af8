import type { Preparation } from '../../engines/engine.ts';
import { AppError } from '../../shared/errors.ts';
import { anvil } from '../../targets/chain/anvil.ts';
import { chainAccounts } from './accounts.ts';
import { DUMP_METHOD, latestBlock } from './anvil.ts';
import { assertCreatedSo } from './assert-created.ts';
import { chainCalls } from './calls.ts';
import { chainLease } from './chain-lease.ts';
import { LAST_CLOCK } from './clock.ts';
import { ChainsContext, type ChainsDependencies } from './context.ts';
import type { Chain, ForkPoint, Reverted, Snapshot, Upstream } from './contract.ts';
import { chainControls } from './controls/service.ts';
import type { DevAccounts } from './creation/dev-accounts.ts';
import { stateOfDump } from './folder.ts';
import { chainLifecycle } from './lifecycle.ts';
import { chainListing } from './listing.ts';
import { mineForRun } from './mine-for-run.ts';
import { chainMonitor } from './monitor.ts';
import { pendingTransactions } from './pending.ts';
import { chainUrl, publicUrl } from './port.ts';
import { reconcileChains } from './reconcile.ts';
import { runningChains } from './running.ts';
import { chainSender } from './send.ts';
import { signForAll } from './sign-for-all.ts';
import { stateSources } from './snapshots/state-sources.ts';
import { chainSnapshots } from './snapshots.ts';
import { forkBlockOf, upstreamOf } from './start/fork-block.ts';
import { headersInUse } from './start/headers-in-use.ts';
import type { StartOptions } from './start/launch.ts';
import { chainWriter } from './write.ts';

const beyondLastClock = (name: string, clock: bigint) =>
  new AppError(
    'BAD_INPUT',
    `The clock of ${name} stands at ${clock} s, and would pass the end of the year 9999. Move it less far, or revert to a snapshot from before it was moved.`,
    { field: 'seconds' },
  );

/** A start as it is asked for: where a fork begins may be told by time or distance. */
export type StartRequest = Omit<StartOptions, 'forkBlock'> & { forkBlock?: ForkPoint };

export function chainsService(deps: ChainsDependencies) {
  const context = new ChainsContext(deps);
  const { store, changed } = deps;
  const chains = runningChains(context);
  const lifecycle = chainLifecycle(context, chains);
  const snapshots = chainSnapshots(context, chains, lifecycle);
  const calls = chainCalls(context, chains);
  const accounts = chainAccounts(context, chains, calls);
  const listing = chainListing(context, chains);
  const pending = pendingTransactions(chains, calls);
  const monitor = chainMonitor(context, chains, pending.look);
  const signing = signForAll(context);
  const mining = mineForRun(context);
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

  /** Rejects before anything is stopped. */
  async function settled(
    isStart: boolean,
    name: string,
    { forkBlock, ...rest }: StartRequest,
  ): Promise<StartOptions> {
    const network = context.network(name);
    const options: StartOptions =
      forkBlock === undefined
        ? rest
        : { ...rest, forkBlock: await forkBlockOf(network, forkBlock, context.deps.originOf) };
    const row = context.row(name);
    const isFresh =
      options.fresh === true ||
      (row.startedAt !== null &&
        options.forkBlock !== undefined &&
        options.forkBlock !== row.forkBlock);
    // What can't be is said before anything is stopped, also of a chain that is created anew.
    deps.creations.asked(name, rest);
    if (!isFresh || (isStart && row.process)) assertCreatedSo(context, name, rest);
    return options;
  }

  return {
    ...listing,

    /** Rejects with BAD_INPUT, RPC_UNREACHABLE, CHAIN_ID_MISMATCH. */
    upstream: async (name: string): Promise<Upstream> =>
      upstreamOf(context.network(name), context.row(name).forkBlock, context.deps.originOf),

    async start(name: string, request: StartRequest): Promise<Chain> {
      const options = await settled(true, name, request);
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

    /**
     * Puts the state on the disk, where a kill or a loss of power leaves it: the chain starts from
     * there. Everything that it had mined when it was asked is in it. Throws CHAIN_NOT_FOUND,
     * CHAIN_NOT_RUNNING, CHAIN_CALL_FAILED.
     */
    async save(name: string): Promise<{ savedAt: number; bytes: number }> {
      const saving = async () => {
        const { call } = await chains.requireRunning(name);
        const savedAt = Date.now();
        const state = await asked(name, async () => stateOfDump(await call<string>(DUMP_METHOD)));
        await context.folder(name).saveState(state, savedAt);
        return { savedAt, bytes: state.byteLength };
      };
      // While a deployment holds the chain, nothing else can replace its state.
      return deps.userOf(name) === undefined ? context.locks.run(name, saving) : saving();
    },

    async restart(name: string, request: StartRequest): Promise<Chain> {
      context.assertUnused(name);
      const options = await settled(false, name, request);
      await context.change(name, async () => {
        // Sooner than the stop: a chain goes on if it couldn't be started where it is to run.
        const { engine } = options;
        if (engine && engine !== 'auto') {
          await showing(name, (preparation) =>
            deps.engines.choose(preparation, engine, { tool: anvil.name }),
          );
        }
        const { fresh = false, forkBlock } = options;
        const held = await deps.gateway.hold(name);
        await held.remembered();
        try {
          await context.during(name, 'starting', async () => {
            await lifecycle.stop(name, true);
            await startNow(name, options);
          });
        } finally {
          await held.release(fresh || forkBlock !== undefined);
        }
      });
      return read(name);
    },

    controls: chainControls(context, { chains, calls, snapshots, pending }),

    accounts: accounts.list,
    fund: accounts.fund,
    send: chainSender(context, chains, calls),
    ...chainWriter(context, chains, calls),

    /**
     * What the keys of a chain's development accounts are derived from. Throws CHAIN_NOT_FOUND,
     * SECRETS_UNREADABLE.
     */
    devAccounts(name: string): DevAccounts {
      context.network(name);
      return deps.creations.devAccounts(name);
    },
    /** Throws CHAIN_NOT_FOUND, SECRETS_UNREADABLE. */
    mnemonic(name: string) {
      context.network(name);
      const { mnemonic } = deps.creations.devAccounts(name);
      return { mnemonic, own: deps.creations.shown(name).ownMnemonic };
    },
    assertExists: (name: string): void => void context.network(name),

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

    describeSnapshot: snapshots.describe,

    async removeSnapshot(name: string, ref: number | string): Promise<Snapshot> {
      context.network(name);
      return context.change(name, () => snapshots.remove(name, ref));
    },

    /** Address of a chain that runs, for Drydock and its tools. */
    async runningUrl(name: string): Promise<string | null> {
      return (await chains.running(name))?.url ?? null;
    },

    endOf: chains.endOf,

    /** Address of a chain that runs, for users' programs. */
    async publicUrl(name: string): Promise<string | null> {
      const port = (await chains.running(name))?.row.port ?? null;
      return port === null ? null : publicUrl(port);
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

    /** Takes back what runs that were cut short have left switched; a sentence for each. */
    reconcileSwitches: async () => [
      ...(await signing.reconcile(chains)),
      ...(await mining.reconcile(chains)),
    ],

    /** Every chain, with the id of the container that it was started in, if it was in one. */
    containers: () =>
      deps.networks().map(({ name }) => {
        const { process = null, port = null, backend = null } = store.chain(name) ?? {};
        return {
          name,
          container: process && 'container' in process ? process.container : null,
          url: port === null ? null : chainUrl(port, backend),
        };
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

    useHeaders: headersInUse(context),

    /** Deletes what is kept for a chain whose network has been removed. */
    async forget(name: string): Promise<void> {
      deps.deployments.setLive(name, []);
      store.remove(name);
      await context.folder(name).remove();
      await Promise.all(deps.engines.all.map((engine) => engine.forgetService(name)));
    },

    /** Has each chain that is about to be stopped held up for something, which must be short. */
    beforeEnd: (held: (chain: string) => Promise<void>): void => void context.beforeEnd.add(held),

    ...stateSources(context, chains),

    hold: chainLease(context, { chains, lifecycle, calls, snapshots, signing, mining }),

    adopt: monitor.adopt,

    /** Leaves the chains running. Resolves when everything is on disk. */
    async close(): Promise<void> {
      await monitor.close();
      await Promise.all(context.saving.values());
    },
  };
}

export type ChainsService = ReturnType<typeof chainsService>;
