import type { ChainsContext } from './context.ts';
import type { Snapshot } from './contract.ts';
import type { ChainLifecycle } from './lifecycle.ts';
import { chainRevert } from './revert.ts';
import type { RunningChain, RunningChains } from './running.ts';
import { snapshotRecords } from './snapshots/records.ts';
import { snapshotTaking } from './snapshots/taking.ts';

export interface AutomaticSnapshot {
  id: number;
  name: string;
  withdrawIfStill: () => Promise<void>;
}

/** What a user says about a snapshot; what is left out stays. */
interface Description {
  name?: string;
  note?: string;
  pinned?: boolean;
}

/** Snapshots of a chain: a name, a state file, and as the fast way back an EVM snapshot id. */
export function chainSnapshots(
  context: ChainsContext,
  chains: RunningChains,
  lifecycle: ChainLifecycle,
) {
  const { store, changed } = context.deps;
  const records = snapshotRecords(context);
  const taking = snapshotTaking(context, records);
  const { find, present } = records;

  async function snapshot(name: string, wanted: string | undefined): Promise<Snapshot> {
    const chain = await chains.requireRunning(name);
    if (wanted !== undefined) records.assertFree(name, wanted);
    const { row, saved } = await taking.take(chain, wanted ?? 'snapshot', false);
    await saved;
    return present(find(name, row.id));
  }

  return {
    list: (name: string): Snapshot[] => {
      context.network(name);
      return store.snapshots(name).map(present);
    },
    snapshot,
    revert: chainRevert(context, { chains, lifecycle, records, taking }),

    /**
     * Before a deployment. Resolves when the chain can go back to it and its state has been read,
     * so that nothing of the deployment gets into it. `withdrawIfStill` is for the deployment's end:
     * one that sent nothing leaves no snapshot, and the chain stands where it stood before.
     */
    async automatic(
      chain: RunningChain,
      name: string,
      deployment: number | null = null,
    ): Promise<AutomaticSnapshot> {
      const before = taking.standing(chain.row.name);
      const { row, read } = await taking.take(chain, name, true, deployment);
      await read;
      const withdrawIfStill = () => taking.withdraw(chain, row.id, before);
      return { id: row.id, name: row.name, withdrawIfStill };
    },

    /** As `withdrawIfStill`, for a deployment whose core is gone. */
    async withdrawIfStill(name: string, id: number): Promise<void> {
      const chain = await chains.running(name);
      if (chain) await taking.withdraw(chain, id, { snapshot: null, touched: false });
    },

    /**
     * A name of the user's own makes an automatic snapshot a named one. Throws CHAIN_NOT_FOUND,
     * SNAPSHOT_NOT_FOUND, NAME_TAKEN.
     */
    describe(chain: string, ref: number | string, { name, note, pinned }: Description): Snapshot {
      context.network(chain);
      const row = store.transaction(() => {
        const before = find(chain, ref);
        const isRenamed = name !== undefined && name !== before.name;
        if (isRenamed) records.assertFree(chain, name);
        store.describeSnapshot({
          ...before,
          name: name ?? before.name,
          automatic: before.automatic && !isRenamed,
          note: note?.trim() ?? before.note,
          pinned: pinned ?? before.pinned,
        });
        return find(chain, before.id);
      });
      changed({ topic: 'snapshots', key: chain });
      return present(row);
    },

    async remove(name: string, ref: number | string): Promise<Snapshot> {
      context.network(name);
      const row = find(name, ref);
      const shown = present(row);
      records.forget(row);
      await context.folder(name).removeSnapshot(row.id);
      return shown;
    },
  };
}

export type ChainSnapshots = ReturnType<typeof chainSnapshots>;
