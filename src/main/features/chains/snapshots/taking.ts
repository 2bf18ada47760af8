import { rpc } from '../../../eth/rpc.ts';
import { dumpOf, evmSnapshot, isStill, type Metadata, metadata } from '../anvil.ts';
import type { ChainsContext } from '../context.ts';
import { stateOfDump } from '../folder.ts';
import type { RunningChain } from '../running.ts';
import type { SnapshotRow } from '../store.ts';
import type { SnapshotRecords } from './records.ts';

/** Automatic snapshots beyond so many are deleted, the oldest first; named and pinned ones never. */
const KEPT_AUTOMATIC = 50;

/** A chain that stands still doesn't hold up the end of a run: its snapshot stays. */
const ANSWER_MS = 2000;

/** A snapshot in the chain, on its way to the disk. */
export interface Taken {
  row: SnapshotRow;
  /** The chain has answered with its state, or failed to. */
  read: Promise<void>;
  /** Its file is whole, and outlives this process; rejects when it can't be had. */
  written: Promise<void>;
  /** It is on the disk, or can't be had. */
  saved: Promise<void>;
}

/** What the state is called that a revert leaves, and the newest deployment in it if that is new. */
export interface LeftBehind {
  name: string;
  deployment: number | null;
}

/** Which snapshot a chain stands on, and whether it was changed since without a block. */
export interface Standing {
  snapshot: number | null;
  touched: boolean;
}

/** anvil reads block and accounts one after the other, and goes on mining meanwhile. */
export class ChainMovedOn extends Error {
  override name = 'ChainMovedOn';
}

const ignoreResult = (): void => undefined;

/** How a snapshot comes to be: in the chain, in the records, and then on the disk. */
export function snapshotTaking(context: ChainsContext, records: SnapshotRecords) {
  const { store, emit, changed, deployments, logger } = context.deps;

  /** Takes a snapshot. Resolves when the chain can go back to it; its file is yet to come. */
  async function take(
    chain: RunningChain,
    wanted: string,
    automatic: boolean,
    deployment: number | null = null,
  ): Promise<Taken> {
    const dump = dumpOf(chain.call);
    const evm = await evmSnapshot(chain.url);
    return note(chain, { wanted, automatic, deployment, dump, ...evm });
  }

  /**
   * Takes the state that the chain is in without a way back to it within the chain: its file is all
   * that there will be.
   *
   * @param meta asked for before the state
   */
  function keep(
    chain: RunningChain,
    { name: wanted, deployment }: LeftBehind,
    meta: Metadata,
    dump = dumpOf(chain.call),
  ): Taken {
    return note(chain, {
      wanted,
      automatic: true,
      deployment,
      dump,
      blockNumber: meta.latestBlockNumber,
      blockHash: meta.latestBlockHash,
      evmId: null,
      instance: meta.instanceId,
    });
  }

  /** Writes down a snapshot whose state is on its way. */
  function note(
    chain: RunningChain,
    snapshot: {
      wanted: string;
      automatic: boolean;
      deployment: number | null;
      dump: Promise<string>;
      blockNumber: number;
      blockHash: string;
      evmId: string | null;
      instance: string;
    },
  ): Taken {
    const { wanted, automatic, deployment, dump, blockNumber, blockHash, evmId, instance } =
      snapshot;
    const { name, forkBlock } = chain.row;
    const row = store.transaction(() => {
      const inserted = store.insertSnapshot({
        chain: name,
        name: records.freeName(name, wanted),
        automatic,
        blockNumber,
        blockHash,
        createdAt: Date.now(),
        forkBlock,
        durable: false,
        evmId,
        evmInstance: instance,
        deploymentId: deployment,
      });
      const live = deployments.live(name).map((d) => d.id);
      store.linkDeployments(inserted.id, live);
      store.setCurrent(name, inserted.id);
      context.folder(name).announceSnapshot(inserted.id);
      emit({ type: 'snapshot.taken', chain: name, snapshot: records.named(inserted) });
      return inserted;
    });
    context.touched.delete(name);
    context.moved.delete(name);
    return { row, read: dump.then(ignoreResult, ignoreResult), ...save(chain, row, dump) };
  }

  function save(
    { call }: RunningChain,
    row: SnapshotRow,
    dump: Promise<string>,
  ): Pick<Taken, 'written' | 'saved'> {
    const name = row.chain;
    const folder = context.folder(name);
    const earlier = context.saving.get(name) ?? Promise.resolve();
    // Asked the moment that the state is there, whatever else is still being written.
    const reading = Promise.all([dump.then(stateOfDump), dump.then(() => metadata(call))]);
    context.reading.set(name, reading.then(ignoreResult, ignoreResult));
    const written = earlier.then(async () => {
      const [state, { latestBlockHash }] = await reading;
      if (latestBlockHash !== row.blockHash) {
        throw new ChainMovedOn('the chain moved on while its state was read');
      }
      await folder.writeSnapshot(row.id, state);
    });
    const saved = written
      .then(() => folder.syncSnapshot(row.id))
      .then(() => store.setDurable(row.id))
      .catch((error: unknown) => {
        // The row says that it isn't durable; it works for as long as the chain lives.
        logger.warn({ chain: name, snapshot: row.id, err: error }, 'snapshot could not be saved');
        // A full disk needs the room that half a file takes.
        return folder.withdrawSnapshot(row.id);
      });
    const saving = saved
      .then(() => prune(name))
      .catch((error: unknown) => {
        logger.warn({ chain: name, err: error }, 'old snapshots could not be deleted');
      })
      .finally(() => {
        if (context.saving.get(name) === saving) context.saving.delete(name);
        changed({ topic: 'snapshots', key: name });
      });
    context.saving.set(name, saving);
    return { written, saved };
  }

  /**
   * Deletes an automatic snapshot if nothing has happened on its chain since: there is nothing that
   * one could go back from. The chain stands on `before` then. Never rejects: what can't be asked or
   * deleted stays.
   */
  async function withdraw(
    { row: { name }, url }: RunningChain,
    id: number,
    before: Standing,
  ): Promise<void> {
    const snapshot = store.snapshot(id);
    if (!snapshot?.automatic || snapshot.pinned) return;
    try {
      if (!(await isStill(rpc(url, ANSWER_MS, { batch: true }), snapshot))) return;
      store.transaction(() => {
        const current = store.chain(name)?.currentSnapshot;
        records.forget(snapshot);
        if (current === id) stand(name, before);
      });
      await context.saving.get(name);
      await context.folder(name).removeSnapshot(id);
    } catch (error) {
      logger.warn({ chain: name, snapshot: id, err: error }, 'a snapshot of no use stays');
    }
  }

  const standing = (name: string): Standing => ({
    snapshot: store.chain(name)?.currentSnapshot ?? null,
    touched: context.touched.has(name),
  });

  function stand(name: string, { snapshot, touched }: Standing): void {
    store.setCurrent(name, snapshot !== null && store.snapshot(snapshot) ? snapshot : null);
    if (touched) context.touched.add(name);
  }

  async function prune(name: string): Promise<void> {
    const current = store.chain(name)?.currentSnapshot;
    const automatic = store
      .snapshots(name)
      .filter((s) => s.automatic && !s.pinned && s.id !== current && !context.targets.has(s.id));
    for (const old of automatic.slice(0, Math.max(0, automatic.length - KEPT_AUTOMATIC))) {
      records.forget(old);
      await context.folder(name).removeSnapshot(old.id);
    }
  }

  return { take, keep, withdraw, standing };
}

export type SnapshotTaking = ReturnType<typeof snapshotTaking>;
