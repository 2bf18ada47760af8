import { AppError } from '../../kit/errors.ts';
import { rpc } from '../../kit/rpc.ts';
import { type Metadata, metadata } from './anvil.ts';
import type { Reverted, Snapshot } from './contract.ts';
import type { ChainLifecycle, RunningChain } from './lifecycle.ts';
import type { ChainsContext } from './parts.ts';
import type { SnapshotRow } from './store.ts';

/** Automatic snapshots beyond so many are deleted, the oldest first; named ones never. */
const KEPT_AUTOMATIC = 50;

/**
 * Snapshots of a chain: a name, a state file, and as the fast way back an EVM snapshot id.
 * anvil's `evm_revert` eats its id, and after it a later id corrupts the chain; so later ids are
 * forgotten before the call, and a new id is bound to the name after it.
 */
export function chainSnapshots(context: ChainsContext, lifecycle: ChainLifecycle) {
  const { store, engines, emit, changed, deployments, logger } = context.parts;

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

  /**
   * Takes a snapshot. `saved`: its file is whole, or could not be had; whatever changes the chain
   * through us next waits for that.
   */
  async function take(
    chain: RunningChain,
    wanted: (block: number) => string,
    automatic: boolean,
  ): Promise<{ row: SnapshotRow; saved: Promise<void> }> {
    const dump = chain.call<string>('anvil_dumpState');
    // Heard further down, unless the next call fails.
    dump.catch(() => undefined);
    const { evmId, instance, blockNumber, blockHash } = await evmSnapshot(chain);
    const name = freeName(chain.row.name, wanted(blockNumber));
    const row = store.transaction(() => {
      const inserted = store.insertSnapshot({
        chain: chain.row.name,
        name,
        automatic,
        blockNumber,
        blockHash,
        createdAt: Date.now(),
        forkBlock: chain.row.forkBlock,
        durable: false,
        evmId,
        evmInstance: instance,
      });
      const live = deployments.live(chain.row.name).map((d) => d.id);
      store.linkDeployments(inserted.id, live);
      store.setCurrent(chain.row.name, inserted.id);
      emit({ type: 'snapshot.taken', chain: chain.row.name, snapshot: named(inserted) });
      return inserted;
    });
    context.touched.delete(chain.row.name);
    const saved = save(row, dump);
    return { row, saved };
  }

  function save(row: SnapshotRow, dump: Promise<string>): Promise<void> {
    const name = row.chain;
    const earlier = context.saving.get(name) ?? Promise.resolve();
    const written = earlier
      .then(() => dump)
      .then((hex) => context.folder(name).writeSnapshot(row.id, hex, row.blockNumber))
      .then(() => store.setDurable(row.id))
      .catch((error: unknown) => {
        // The row says that it isn't durable; it works for as long as the chain lives.
        logger.warn({ chain: name, snapshot: row.id, err: error }, 'snapshot could not be saved');
      });
    const saving = written
      .then(() => prune(name))
      .catch((error: unknown) => {
        logger.warn({ chain: name, err: error }, 'old snapshots could not be deleted');
      })
      .finally(() => {
        if (context.saving.get(name) === saving) context.saving.delete(name);
        changed({ topic: 'snapshots', key: name });
      });
    context.saving.set(name, saving);
    return written;
  }

  async function prune(name: string): Promise<void> {
    const current = store.chain(name)?.currentSnapshot;
    const automatic = store.snapshots(name).filter((s) => s.automatic && s.id !== current);
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
    const { row, saved } = await take(chain, () => wanted ?? 'snapshot', false);
    await saved;
    return present(find(name, row.id));
  }

  async function revert(name: string, ref: number | string | undefined): Promise<Reverted> {
    const network = context.network(name);
    const target = find(name, ref ?? lastDeployment(name));
    const before = deployments.live(name).map((d) => d.id);
    const chain = await lifecycle.running(name);
    const meta = chain && (await metadata(chain.call));

    const leftBehind = chain && meta && !isAt(name, meta) ? await keepState(chain) : null;

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
    }

    const linked = store.linkedDeployments(target.id);
    const gone = deployments.describe(before.filter((id) => !linked.includes(id)));
    const back = deployments.describe(linked.filter((id) => !before.includes(id)));
    store.transaction(() => {
      store.setCurrent(name, target.id);
      deployments.setLive(name, linked);
      emit({ type: 'snapshot.reverted', chain: name, snapshot: named(target), gone, back });
    });
    context.touched.delete(name);
    return {
      snapshot: present(find(name, target.id)),
      how: fast ? 'live' : 'restart',
      leftBehind: leftBehind && present(find(name, leftBehind.id)),
      gone,
      back,
    };
  }

  /** Whether nothing has happened since the current snapshot was taken or reverted to. */
  function isAt(name: string, meta: Metadata): boolean {
    const current = store.chain(name)?.currentSnapshot;
    const row = store.snapshots(name).find((s) => s.id === current);
    return row?.blockHash === meta.latestBlockHash && !context.touched.has(name);
  }

  /** The state that a revert leaves, so that the user can go forward again. */
  async function keepState(chain: RunningChain): Promise<SnapshotRow> {
    const { row, saved } = await take(
      chain,
      (block) => leftBehindName(chain.row.name, block),
      true,
    );
    await saved;
    if (find(chain.row.name, row.id).durable) return row;
    throw new AppError(
      'DATA_FOLDER_UNUSABLE',
      `The present state of ${chain.row.name} could not be saved, and reverting would lose it. Free some disk space, then revert again.`,
      { fix: { label: 'Check this machine', command: 'drydock doctor' } },
    );
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
    if ((await chain.call<boolean>('evm_revert', [evmId])) !== true) return false;
    store.setEvm(target.id, await chain.call<string>('evm_snapshot'), meta.instanceId);
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
     * Before a deployment. Resolves when the chain can go back to it and has been asked for its
     * state; the tool that starts next needs far longer to get to its first transaction, and a
     * state that should hold one is recognised and not kept.
     */
    async automatic(chain: RunningChain, name: string): Promise<{ id: number; name: string }> {
      const { row } = await take(chain, () => name, true);
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

/** An EVM snapshot, and the block that it holds as the chain itself notes it. */
async function evmSnapshot({ url, call }: RunningChain): Promise<{
  evmId: string;
  instance: string;
  blockNumber: number;
  blockHash: string;
}> {
  const together = rpc(url, undefined, { batch: true });
  let [evmId, meta] = await Promise.all([together<string>('evm_snapshot'), metadata(together)]);
  // A node may answer the parts of a request in any order.
  if (!(evmId in meta.snapshots)) meta = await metadata(call);
  const [blockNumber, blockHash] = meta.snapshots[evmId] as [number, string];
  return { evmId, instance: meta.instanceId, blockNumber, blockHash };
}
