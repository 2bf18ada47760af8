import { AppError } from '../../kit/errors.ts';
import { rpc } from '../../kit/rpc.ts';
import { blockAt, catchUp, evmSnapshot, type Metadata, metadata } from './anvil.ts';
import type { Reverted, Snapshot } from './contract.ts';
import { stateOfDump } from './folder.ts';
import type { ChainLifecycle, RunningChain } from './lifecycle.ts';
import type { ChainsContext } from './parts.ts';
import type { SnapshotRow } from './store.ts';

/** Automatic snapshots beyond so many are deleted, the oldest first; named ones never. */
const KEPT_AUTOMATIC = 50;

/** A snapshot in the chain, on its way to the disk. */
interface Taken {
  row: SnapshotRow;
  /** The chain has answered with its state, or failed to. */
  read: Promise<void>;
  /** Its file is whole, and outlives this process; rejects when it can't be had. */
  written: Promise<void>;
  /** It is on the disk, or can't be had. */
  saved: Promise<void>;
}

const ignoreResult = (): void => undefined;

/**
 * Snapshots of a chain: a name, a state file, and as the fast way back an EVM snapshot id.
 * anvil's `evm_revert` eats its id, and after it a later id corrupts the chain; so later ids are
 * forgotten before the call, and a new id is bound to the name after it.
 */
export function chainSnapshots(context: ChainsContext, lifecycle: ChainLifecycle) {
  const { store, engines, emit, changed, deployments, logger } = context.parts;

  /** What is being reverted to is not deleted for being old. */
  const targets = new Set<number>();

  const present = (row: SnapshotRow): Snapshot => ({
    id: row.id,
    chain: row.chain,
    name: row.name,
    automatic: row.automatic,
    blockNumber: row.blockNumber,
    createdAt: row.createdAt,
    durable: row.durable,
    current: store.chain(row.chain)?.currentSnapshot === row.id,
    deployments: deployments.describe(store.linkedDeployments(row.id)),
  });

  const named = ({ id, name, automatic, blockNumber }: SnapshotRow) => ({
    id,
    name,
    automatic,
    blockNumber,
  });

  function find(chain: string, ref: number | string): SnapshotRow {
    const known = typeof ref === 'number' ? store.snapshot(ref) : undefined;
    if (known?.chain === chain) return known;
    const rows = store.snapshots(chain);
    const row = rows.find((s) => s.name === ref) ?? rows.find((s) => String(s.id) === String(ref));
    if (row) return row;
    throw new AppError(
      'SNAPSHOT_NOT_FOUND',
      `${chain} has no snapshot "${ref}". List them with "drydock chain snapshots ${chain}".`,
      {
        field: 'snapshot',
        fix: { label: 'Show the snapshots', command: `drydock chain snapshots ${chain}` },
      },
    );
  }

  function freeName(chain: string, base: string): string {
    const names = new Set(store.snapshots(chain).map((s) => s.name));
    for (let n = 1; ; n++) {
      const name = n === 1 ? base : `${base} (${n})`;
      if (!names.has(name)) return name;
    }
  }

  /** Takes a snapshot. Resolves when the chain can go back to it; its file is yet to come. */
  async function take(chain: RunningChain, wanted: string, automatic: boolean): Promise<Taken> {
    const dump = dumpOf(chain);
    const evm = await evmSnapshot(chain.url);
    return note(chain, { wanted, automatic, dump, ...evm });
  }

  function dumpOf({ call }: RunningChain): Promise<string> {
    const dump = call<string>('anvil_dumpState');
    // Heard where it is saved, unless something else fails before that.
    dump.catch(() => undefined);
    return dump;
  }

  /** Writes down a snapshot whose state is on its way. */
  function note(
    chain: RunningChain,
    snapshot: {
      wanted: string;
      automatic: boolean;
      dump: Promise<string>;
      blockNumber: number;
      blockHash: string;
      evmId: string | null;
      instance: string;
    },
  ): Taken {
    const { wanted, automatic, dump, blockNumber, blockHash, evmId, instance } = snapshot;
    const { name, forkBlock } = chain.row;
    const row = store.transaction(() => {
      const inserted = store.insertSnapshot({
        chain: name,
        name: freeName(name, wanted),
        automatic,
        blockNumber,
        blockHash,
        createdAt: Date.now(),
        forkBlock,
        durable: false,
        evmId,
        evmInstance: instance,
      });
      const live = deployments.live(name).map((d) => d.id);
      store.linkDeployments(inserted.id, live);
      store.setCurrent(name, inserted.id);
      context.folder(name).announceSnapshot(inserted.id);
      emit({ type: 'snapshot.taken', chain: name, snapshot: named(inserted) });
      return inserted;
    });
    context.touched.delete(name);
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
      // anvil reads block and accounts one after the other, and goes on mining meanwhile.
      if (latestBlockHash !== row.blockHash) {
        throw new Error('the chain moved on while its state was read');
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

  async function prune(name: string): Promise<void> {
    const current = store.chain(name)?.currentSnapshot;
    const automatic = store
      .snapshots(name)
      .filter((s) => s.automatic && s.id !== current && !targets.has(s.id));
    for (const old of automatic.slice(0, Math.max(0, automatic.length - KEPT_AUTOMATIC))) {
      forget(old);
      await context.folder(name).removeSnapshot(old.id);
    }
  }

  function forget(row: SnapshotRow): void {
    store.transaction(() => {
      store.removeSnapshot(row.id);
      emit({ type: 'snapshot.removed', chain: row.chain, snapshot: named(row) });
    });
  }

  async function snapshot(name: string, wanted: string | undefined): Promise<Snapshot> {
    const chain = await lifecycle.requireRunning(name);
    if (wanted !== undefined && store.snapshots(name).some((s) => s.name === wanted)) {
      throw new AppError(
        'NAME_TAKEN',
        `${name} has a snapshot called "${wanted}". Choose another name, or delete that one.`,
        { field: 'name' },
      );
    }
    const { row, saved } = await take(chain, wanted ?? 'snapshot', false);
    await saved;
    return present(find(name, row.id));
  }

  async function revert(name: string, ref: number | string | undefined): Promise<Reverted> {
    context.network(name);
    const target = find(name, ref ?? lastDeployment(name));
    targets.add(target.id);
    try {
      return await revertTo(name, target);
    } finally {
      targets.delete(target.id);
    }
  }

  async function revertTo(name: string, target: SnapshotRow): Promise<Reverted> {
    const network = context.network(name);
    const before = deployments.live(name).map((d) => d.id);
    const chain = await lifecycle.running(name);
    let live = chain;
    const { meta, blockTime } = await (chain ? look(chain, target) : nowhere);

    const left = chain && meta && !isAt(name, meta) ? await keepState(chain, meta) : null;

    const fast = chain && meta && (await revertLive(chain, meta, target));
    if (!fast) {
      await context.saving.get(name);
      if (!context.folder(name).hasSnapshot(target.id)) throw lost(target);
      await lifecycle.stop(name);
      await context.folder(name).restoreSnapshot(target.id);
      store.put({ ...lifecycle.rowOf(name), forkBlock: target.forkBlock });
      const engine = chain?.row.process ? engines.of(chain.row.process) : undefined;
      await lifecycle.launch(network, {}, 'restored', { engine });
      const restarted = await lifecycle.requireRunning(name);
      const evmId = await restarted.call<string>('evm_snapshot');
      store.setEvm(target.id, evmId, restarted.row.instance);
      live = restarted;
    }

    const onTime = live && catchUp(live.call, blockTime);
    const linked = store.linkedDeployments(target.id);
    const gone = deployments.describe(before.filter((id) => !linked.includes(id)));
    const back = deployments.describe(linked.filter((id) => !before.includes(id)));
    store.transaction(() => {
      store.setCurrent(name, target.id);
      deployments.setLive(name, linked);
      emit({ type: 'snapshot.reverted', chain: name, snapshot: named(target), gone, back });
    });
    context.touched.delete(name);
    await onTime;
    return {
      snapshot: present(find(name, target.id)),
      how: fast ? 'live' : 'restart',
      leftBehind: left && present(find(name, left.row.id)),
      gone,
      back,
    };
  }

  const nowhere: Promise<{ meta?: Metadata; blockTime?: number }> = Promise.resolve({});

  /** Where the chain is, and the time of the block that it is to go to, if it has that now. */
  async function look(chain: RunningChain, to: SnapshotRow): typeof nowhere {
    const call = rpc(chain.url, undefined, { batch: true });
    const [meta, block] = await Promise.all([metadata(call), blockAt(call, to.blockNumber)]);
    return { meta, blockTime: block?.hash === to.blockHash ? block.time : undefined };
  }

  /** Whether nothing has happened since the current snapshot was taken or reverted to. */
  function isAt(name: string, meta: Metadata): boolean {
    const current = store.chain(name)?.currentSnapshot;
    const row = current ? store.snapshot(current) : undefined;
    return row?.blockHash === meta.latestBlockHash && !context.touched.has(name);
  }

  /**
   * The state that a revert leaves, so that the user can go forward again. Resolves when it would
   * outlive us. The revert is about to end every way back to it within the chain.
   */
  async function keepState(chain: RunningChain, meta: Metadata): Promise<Taken> {
    const { name } = chain.row;
    const dump = dumpOf(chain);
    const current = store.chain(name)?.currentSnapshot ?? null;
    const touched = context.touched.has(name);
    const taken = note(chain, {
      wanted: leftBehindName(name, meta.latestBlockNumber),
      automatic: true,
      dump,
      blockNumber: meta.latestBlockNumber,
      blockHash: meta.latestBlockHash,
      evmId: null,
      instance: meta.instanceId,
    });
    await taken.written.catch(() => {
      forget(taken.row);
      store.setCurrent(name, current);
      if (touched) context.touched.add(name);
      throw new AppError(
        'DATA_FOLDER_UNUSABLE',
        `The present state of ${name} could not be saved, and reverting would lose it. Free some disk space, then revert again.`,
        { fix: { label: 'Check this machine', command: 'drydock doctor' } },
      );
    });
    return taken;
  }

  function leftBehindName(chain: string, block: number): string {
    const [newest] = deployments.live(chain);
    const current = store.chain(chain)?.currentSnapshot;
    const known = current ? store.linkedDeployments(current) : [];
    return newest && !known.includes(newest.id)
      ? `after ${newest.project} #${newest.number}`
      : `left at block ${block}`;
  }

  async function revertLive(
    chain: RunningChain,
    meta: Metadata,
    target: SnapshotRow,
  ): Promise<boolean> {
    const { evmId } = target;
    if (evmId === null || target.evmInstance !== meta.instanceId) return false;
    if (!(evmId in meta.snapshots)) return false;
    store.transaction(() => {
      for (const later of store.snapshots(chain.row.name)) {
        if (later.evmInstance !== meta.instanceId || later.evmId === null) continue;
        if (BigInt(later.evmId) >= BigInt(evmId)) store.setEvm(later.id, null, null);
      }
    });
    const renewed = await evmSnapshot(chain.url, (call) => call('evm_revert', [evmId]));
    if (renewed.before !== true) return false;
    store.setEvm(target.id, renewed.evmId, meta.instanceId);
    return true;
  }

  function lastDeployment(name: string): number {
    const snapshot = deployments.lastSnapshot(name);
    if (snapshot !== null) return snapshot;
    throw new AppError(
      'SNAPSHOT_NOT_FOUND',
      `No deployment that is live on ${name} has a snapshot before it. Choose a snapshot to revert to.`,
      {
        field: 'snapshot',
        fix: { label: 'Show the snapshots', command: `drydock chain snapshots ${name}` },
      },
    );
  }

  const lost = (row: SnapshotRow) =>
    new AppError(
      'SNAPSHOT_LOST',
      `The snapshot "${row.name}" of ${row.chain} was never saved to disk, and the chain that held it has ended. Choose another snapshot.`,
      {
        fix: {
          label: 'Delete it',
          call: {
            procedure: 'chains.removeSnapshot',
            input: { chain: row.chain, snapshot: row.id },
          },
        },
      },
    );

  return {
    list: (name: string) => {
      context.network(name);
      return store.snapshots(name).map(present);
    },
    snapshot,
    revert,

    /**
     * Before a deployment. Resolves when the chain can go back to it and its state has been read,
     * so that nothing of the deployment gets into it.
     */
    async automatic(chain: RunningChain, name: string): Promise<{ id: number; name: string }> {
      const { row, read } = await take(chain, name, true);
      await read;
      return { id: row.id, name: row.name };
    },

    async remove(name: string, ref: number | string): Promise<Snapshot> {
      context.network(name);
      const row = find(name, ref);
      const shown = present(row);
      forget(row);
      await context.folder(name).removeSnapshot(row.id);
      return shown;
    },
  };
}
