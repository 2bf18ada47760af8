import pRetry from 'p-retry';
import { rpc } from '../../eth/rpc.ts';
import { AppError, type Fix } from '../../shared/errors.ts';
import {
  blockAt,
  catchUp,
  dumpOf,
  evmSnapshot,
  type Metadata,
  metadata,
  STATE_BYTES,
} from './anvil.ts';
import type { ChainNetwork, ChainsContext } from './context.ts';
import type { Reverted } from './contract.ts';
import { isWhole } from './folder.ts';
import type { ChainLifecycle } from './lifecycle.ts';
import { RevertingPort } from './reverting-port.ts';
import type { RunningChain, RunningChains } from './running.ts';
import type { SnapshotRecords } from './snapshots/records.ts';
import {
  ChainMovedOn,
  type LeftBehind,
  type SnapshotTaking,
  type Taken,
} from './snapshots/taking.ts';
import { launch } from './start/launch.ts';
import type { SnapshotRow } from './store.ts';

/** How often the state of a chain that mines by itself is read again. */
const READ_AGAIN = 4;

/** Names of that length are part of the name of what was left after them. */
const MOST_TOLD = 80;

interface RevertDependencies {
  chains: RunningChains;
  lifecycle: ChainLifecycle;
  records: SnapshotRecords;
  taking: SnapshotTaking;
}

/**
 * Brings a chain back to a snapshot. anvil's `evm_revert` eats its id, and after it a later id
 * corrupts the chain; so later ids are forgotten before the call, and a new id is bound to the
 * name after it.
 */
export function chainRevert(
  context: ChainsContext,
  { chains, lifecycle, records, taking }: RevertDependencies,
) {
  const { store, engines, gateway, emit, deployments, logger } = context.deps;
  const { find, present } = records;

  /** To a snapshot; without one, to that before the newest live deployment. */
  async function revert(name: string, ref: number | string | undefined): Promise<Reverted> {
    context.network(name);
    const target = find(name, ref ?? records.lastDeployment(name));
    context.targets.add(target.id);
    const port = new RevertingPort(gateway, name);
    try {
      return await revertTo(name, target, port);
    } finally {
      context.targets.delete(target.id);
      await port.release(false);
    }
  }

  async function revertTo(
    name: string,
    target: SnapshotRow,
    port: RevertingPort,
  ): Promise<Reverted> {
    const network = context.network(name);
    const before = deployments.live(name).map((d) => d.id);
    const chain = await chains.running(name);
    let live = chain;
    await port.hold();
    const { meta, blockClock, dump } = await (chain ? look(chain, target) : nowhere);

    if (!meta || !hasWayBack(meta, target)) await assertReadable(target);
    const left = chain && meta && !isAt(name, meta) ? await keepState(chain, meta, dump) : null;

    await port.remembered();
    const fast = chain && meta && (await revertLive(chain, meta, target));
    if (!fast) {
      await assertReadable(target);
      store.setReverting(name, target.id);
      await restartFrom(target, network, chain);
      const restarted = await chains.requireRunning(name);
      const evmId = await restarted.call<string>('evm_snapshot');
      store.setEvm(target.id, evmId, restarted.row.instance);
      live = restarted;
    }

    const onTime = live && catchUp(live.call, blockClock);
    const linked = store.linkedDeployments(target.id);
    const gone = deployments.describe(before.filter((id) => !linked.includes(id)));
    const back = deployments.describe(linked.filter((id) => !before.includes(id)));
    store.transaction(() => {
      store.setCurrent(name, target.id);
      store.setReverting(name, null);
      deployments.setLive(name, linked);
      emit({ type: 'snapshot.reverted', chain: name, snapshot: records.named(target), gone, back });
    });
    context.touched.delete(name);
    context.moved.delete(name);
    const [files] = await Promise.all([deployments.settleFiles(), onTime, port.release(true)]);
    return {
      snapshot: present(find(name, target.id)),
      how: fast ? 'live' : 'restart',
      leftBehind: left && present(find(name, left.row.id)),
      gone,
      back,
      files,
    };
  }

  /** Throws SNAPSHOT_LOST, SNAPSHOT_DAMAGED: before anything was done to the chain. */
  async function assertReadable(target: SnapshotRow): Promise<void> {
    await context.saving.get(target.chain);
    const folder = context.folder(target.chain);
    const isThere = folder.hasSnapshot(target.id);
    if (!isThere && !store.snapshot(target.id)?.durable) throw lost(target);
    if (!isThere) throw damaged(target, 'is missing');
    if (!(await isWhole(folder.snapshot(target.id)))) throw damaged(target, 'is damaged');
  }

  /** If the chain can't be started from the snapshot, it is again as it was. */
  async function restartFrom(
    target: SnapshotRow,
    network: ChainNetwork,
    chain: RunningChain | undefined,
  ): Promise<void> {
    const { name } = network;
    await context.during(name, 'starting', () => restart(target, network, chain));
  }

  async function restart(
    target: SnapshotRow,
    network: ChainNetwork,
    chain: RunningChain | undefined,
  ): Promise<void> {
    const { name } = network;
    const folder = context.folder(name);
    await lifecycle.stop(name, true);
    await folder.keepState();
    const own = folder.savedAt() === null ? undefined : folder.goodStates()[0];
    const { forkBlock, creation, problem } = context.row(name);
    await folder.restoreSnapshot(target.id);
    const { forkBlock: block, creation: made } = target;
    store.put({ ...context.row(name), forkBlock: block, creation: made });
    const engine = chain?.row.process ? engines.of(chain.row.process) : undefined;
    try {
      await launch(context, network, {}, 'restored', { engine });
    } catch (error) {
      await folder.restoreState(own);
      store.put({ ...context.row(name), forkBlock, creation, problem });
      if (chain) {
        await launch(context, network, {}, 'saved', { engine }).catch((again: unknown) => {
          logger.warn({ chain: name, err: again }, 'the chain could not be started as it was');
        });
      }
      const isCorrupt = error instanceof AppError && error.code === 'STATE_CORRUPT';
      throw isCorrupt ? damaged(target, 'is damaged') : error;
    }
  }

  const nowhere: Promise<{ meta?: Metadata; blockClock?: bigint; dump?: Promise<string> }> =
    Promise.resolve({});

  /**
   * Where the chain is, and the clock of the block that it is to go to, if it has that now. What
   * surely must be kept is asked for in the same request.
   */
  async function look({ row, url }: RunningChain, to: SnapshotRow): typeof nowhere {
    const call = rpc(url, undefined, { batch: true, maxBytes: STATE_BYTES });
    const asked = Promise.all([metadata(call), blockAt(call, to.blockNumber)]);
    const hasMoved = context.touched.has(row.name) || context.moved.has(row.name);
    const dump = hasMoved ? dumpOf(call) : undefined;
    const [meta, block] = await asked;
    return { meta, dump, blockClock: block?.hash === to.blockHash ? block.clock : undefined };
  }

  /** Whether nothing has happened since the current snapshot was taken or reverted to. */
  function isAt(name: string, meta: Metadata): boolean {
    const current = store.chain(name)?.currentSnapshot;
    const row = current ? store.snapshot(current) : undefined;
    return row?.blockHash === meta.latestBlockHash && !context.touched.has(name);
  }

  /**
   * The state that a revert leaves, so that the user can go forward again. Resolves when it would
   * outlive us. The revert is about to end every way back to it within the chain. Reads again on a
   * chain that has mined meanwhile.
   */
  async function keepState(
    chain: RunningChain,
    meta: Metadata,
    dump: Promise<string> | undefined,
  ): Promise<Taken> {
    const { name } = chain.row;
    const keepOnce = async (attempt: number) =>
      attempt === 1 ? keepAt(chain, meta, dump) : keepAt(chain, await metadata(chain.call));
    try {
      return await pRetry(keepOnce, {
        ...{ retries: READ_AGAIN, minTimeout: 0 },
        shouldRetry: ({ error }) => error instanceof ChainMovedOn,
      });
    } catch (error) {
      if (error instanceof ChainMovedOn) throw minesTooFast(name);
      throw new AppError(
        'DATA_FOLDER_UNUSABLE',
        `The present state of ${name} could not be saved, and reverting would lose it. Free some disk space, then revert again.`,
        { fix: { label: 'Check this machine', command: 'drydock doctor' } },
      );
    }
  }

  /** If it can't be had, the chain stands where it stood before. */
  async function keepAt(
    chain: RunningChain,
    meta: Metadata,
    dump?: Promise<string>,
  ): Promise<Taken> {
    const { name } = chain.row;
    const current = store.chain(name)?.currentSnapshot ?? null;
    const touched = context.touched.has(name);
    const taken = taking.keep(chain, leftBehind(name, meta.latestBlockNumber), meta, dump);
    try {
      await taken.written;
      return taken;
    } catch (error) {
      records.forget(taken.row);
      store.setCurrent(name, current);
      if (touched) context.touched.add(name);
      throw error;
    }
  }

  /** Told by what was done since a state that the user has named, where that is known. */
  function leftBehind(chain: string, block: number): LeftBehind {
    const [newest] = deployments.live(chain);
    const current = store.chain(chain)?.currentSnapshot;
    const known = current ? store.linkedDeployments(current) : [];
    if (newest && !known.includes(newest.id)) {
      return { name: `after ${newest.project} #${newest.number}`, deployment: newest.id };
    }
    const from = current ? store.snapshot(current) : undefined;
    const blocks = block - (from?.blockNumber ?? block);
    const isTold = from && !from.automatic && from.name.length <= MOST_TOLD && blocks >= 0;
    if (!isTold) return { name: `left at block ${block}`, deployment: null };
    const since = blocks === 0 ? 'changes' : blocks === 1 ? '1 block' : `${blocks} blocks`;
    return { name: `${since} after ${from.name}`, deployment: null };
  }

  async function revertLive(
    chain: RunningChain,
    meta: Metadata,
    target: SnapshotRow,
  ): Promise<boolean> {
    const { evmId } = target;
    if (evmId === null || !hasWayBack(meta, target)) return false;
    store.transaction(() => {
      store.setReverting(chain.row.name, target.id);
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

  return revert;
}

/** Whether the chain itself still has the snapshot. */
const hasWayBack = (meta: Metadata, { evmId, evmInstance }: SnapshotRow): boolean =>
  evmId !== null && evmInstance === meta.instanceId && evmId in meta.snapshots;

const minesTooFast = (name: string) =>
  new AppError(
    'CHAIN_BUSY',
    `${name} went on mining each time that its present state was read, and reverting would lose that state. Have it mine by hand, or end the program that mines on it, then revert again.`,
    {
      fix: {
        label: 'Mine by hand',
        command: `drydock chain set ${name} mining manual`,
        call: { procedure: 'chainControls.mining', input: { chain: name, mode: 'manual' } },
      },
    },
  );

const lost = (row: SnapshotRow) =>
  new AppError(
    'SNAPSHOT_LOST',
    `The snapshot "${row.name}" of ${row.chain} was never saved to disk, and the chain that held it has ended. Choose another snapshot.`,
    { fix: deleteIt(row) },
  );

const damaged = (row: SnapshotRow, what: string) =>
  new AppError(
    'SNAPSHOT_DAMAGED',
    `The file of the snapshot "${row.name}" of ${row.chain} ${what}, so the chain can't go to it and stays where it was. Revert to another snapshot, and delete this one.`,
    { fix: deleteIt(row) },
  );

const deleteIt = ({ chain, id }: SnapshotRow): Fix => ({
  label: 'Delete it',
  command: `drydock chain remove-snapshot ${chain} ${id}`,
  call: { procedure: 'chains.removeSnapshot', input: { chain, snapshot: id } },
});
