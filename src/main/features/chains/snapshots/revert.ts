import { AppError } from '../../../kit/errors.ts';
import { rpc } from '../../../kit/rpc.ts';
import { blockAt, catchUp, dumpOf, evmSnapshot, type Metadata, metadata } from '../anvil.ts';
import type { Reverted } from '../contract.ts';
import type { ChainLifecycle } from '../lifecycle.ts';
import type { ChainsContext } from '../parts.ts';
import type { RunningChain, RunningChains } from '../running.ts';
import { launch } from '../start/launch.ts';
import type { SnapshotRow } from '../store.ts';
import type { SnapshotRecords } from './records.ts';
import type { SnapshotTaking, Taken } from './taking.ts';

interface RevertParts {
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
  { chains, lifecycle, records, taking }: RevertParts,
) {
  const { store, engines, emit, deployments } = context.parts;
  const { find, present } = records;

  /** To a snapshot; without one, to that before the newest live deployment. */
  async function revert(name: string, ref: number | string | undefined): Promise<Reverted> {
    context.network(name);
    const target = find(name, ref ?? records.lastDeployment(name));
    context.targets.add(target.id);
    try {
      return await revertTo(name, target);
    } finally {
      context.targets.delete(target.id);
    }
  }

  async function revertTo(name: string, target: SnapshotRow): Promise<Reverted> {
    const network = context.network(name);
    const before = deployments.live(name).map((d) => d.id);
    const chain = await chains.running(name);
    let live = chain;
    const { meta, blockTime, dump } = await (chain ? look(chain, target) : nowhere);

    const left = chain && meta && !isAt(name, meta) ? await keepState(chain, meta, dump) : null;

    const fast = chain && meta && (await revertLive(chain, meta, target));
    if (!fast) {
      await context.saving.get(name);
      if (!context.folder(name).hasSnapshot(target.id)) throw lost(target);
      await lifecycle.stop(name);
      await context.folder(name).restoreSnapshot(target.id);
      store.put({ ...context.row(name), forkBlock: target.forkBlock });
      const engine = chain?.row.process ? engines.of(chain.row.process) : undefined;
      await launch(context, network, {}, 'restored', { engine });
      const restarted = await chains.requireRunning(name);
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
      emit({ type: 'snapshot.reverted', chain: name, snapshot: records.named(target), gone, back });
    });
    context.touched.delete(name);
    context.moved.delete(name);
    await onTime;
    return {
      snapshot: present(find(name, target.id)),
      how: fast ? 'live' : 'restart',
      leftBehind: left && present(find(name, left.row.id)),
      gone,
      back,
    };
  }

  const nowhere: Promise<{ meta?: Metadata; blockTime?: number; dump?: Promise<string> }> =
    Promise.resolve({});

  /**
   * Where the chain is, and the time of the block that it is to go to, if it has that now. What
   * surely must be kept is asked for in the same request.
   */
  async function look({ row, url }: RunningChain, to: SnapshotRow): typeof nowhere {
    const call = rpc(url, undefined, { batch: true });
    const asked = Promise.all([metadata(call), blockAt(call, to.blockNumber)]);
    const hasMoved = context.touched.has(row.name) || context.moved.has(row.name);
    const dump = hasMoved ? dumpOf(call) : undefined;
    const [meta, block] = await asked;
    return { meta, dump, blockTime: block?.hash === to.blockHash ? block.time : undefined };
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
  async function keepState(
    chain: RunningChain,
    meta: Metadata,
    dump: Promise<string> | undefined,
  ): Promise<Taken> {
    const { name } = chain.row;
    const current = store.chain(name)?.currentSnapshot ?? null;
    const touched = context.touched.has(name);
    const taken = taking.keep(chain, leftBehindName(name, meta.latestBlockNumber), meta, dump);
    await taken.written.catch(() => {
      records.forget(taken.row);
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

  return revert;
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
