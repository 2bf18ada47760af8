import { AppError } from '../../../shared/errors.ts';
import { DUMP_METHOD, metadata } from '../anvil.ts';
import type { ChainNetwork, ChainsContext } from '../context.ts';
import type { Snapshot } from '../contract.ts';
import type { RunningChain, RunningChains } from '../running.ts';
import { snapshotRecords } from './records.ts';

/** Where a state of a chain can be read as a whole. */
export interface ChainState {
  /** null: as the chain is now, or was saved when it was stopped. */
  snapshot: Snapshot | null;
  source: { file: string } | { url: string; method: string };
  blockNumber: number | null;
  /** Of a fork, the block that everything else is read at. */
  forkBlock: number | null;
  /** When it was taken or saved, Unix time, ms; null: it is read from the chain that runs. */
  at: number | null;
}

/** Finds the states that a chain has. */
export function stateSources(context: ChainsContext, chains: RunningChains) {
  const { store } = context.deps;
  const records = snapshotRecords(context);

  /** Throws SNAPSHOT_NOT_FOUND, SNAPSHOT_LOST. */
  async function saved(chain: string, ref: number | string): Promise<ChainState> {
    records.find(chain, ref);
    await context.saving.get(chain);
    const row = records.find(chain, ref);
    const folder = context.folder(chain);
    if (!folder.hasSnapshot(row.id)) throw lost(chain, row);
    return {
      ...{ snapshot: records.present(row), source: { file: folder.snapshot(row.id) } },
      ...{ blockNumber: row.blockNumber, forkBlock: row.forkBlock, at: row.createdAt },
    };
  }

  /** Throws CHAIN_NOT_RUNNING if the chain has no state yet. */
  async function now(chain: string, running: RunningChain | undefined): Promise<ChainState> {
    if (running) {
      const { latestBlockNumber } = await metadata(running.call);
      return {
        ...{ snapshot: null, source: { url: running.url, method: DUMP_METHOD }, at: null },
        ...{ blockNumber: latestBlockNumber, forkBlock: running.row.forkBlock },
      };
    }
    const [row, folder] = [store.chain(chain), context.folder(chain)];
    const savedAt = folder.savedAt();
    if (!row || savedAt === null) throw neverStarted(chain);
    return {
      ...{ snapshot: null, source: { file: folder.state }, at: savedAt },
      ...{ blockNumber: row.blockNumber, forkBlock: row.forkBlock },
    };
  }

  return {
    /**
     * A snapshot by id or name; null: as the chain is now. Throws CHAIN_NOT_FOUND, SNAPSHOT_NOT_FOUND,
     * SNAPSHOT_LOST, CHAIN_NOT_RUNNING; rejects with RpcError.
     */
    async stateOf(chain: string, ref: number | string | null): Promise<ChainState> {
      context.network(chain);
      return ref === null ? now(chain, await chains.running(chain)) : saved(chain, ref);
    },

    /** Where what a fork has not used can be read. null: the chain is no fork. */
    upstreamOf(chain: string): Pick<ChainNetwork, 'url' | 'headers'> | null {
      const { kind, url, headers } = context.network(chain);
      return kind === 'fork' ? { url, headers } : null;
    },
  };
}

const lost = (chain: string, { name }: { name: string }) =>
  new AppError(
    'SNAPSHOT_LOST',
    `The snapshot "${name}" of ${chain} has no file: it could not be saved, or its file was deleted. Choose another snapshot.`,
    { fix: { label: 'Show the snapshots', command: `drydock chain snapshots ${chain}` } },
  );

const neverStarted = (chain: string) =>
  new AppError('CHAIN_NOT_RUNNING', `The chain ${chain} has no state yet. Start it first.`, {
    fix: {
      label: `Start ${chain}`,
      command: `drydock chain start ${chain}`,
      call: { procedure: 'chains.start', input: { chain } },
    },
  });
