import type { Rpc } from '../../../eth/rpc.ts';
import { metadata } from '../anvil.ts';
import type { ChainsContext } from '../context.ts';
import { snapshotRecords } from './records.ts';
import { checkLive } from './saved-state.ts';

/**
 * Completes the record of a revert whose core has ended in the middle of it: the chain tells whether
 * it stands where it was to go to. Returns the name of the snapshot if it does, null if it stayed
 * where it was. Rejects with RpcError, and leaves it for later.
 */
export async function finishRevert(
  context: ChainsContext,
  name: string,
  call: Rpc,
): Promise<string | null> {
  const { store, deployments, emit } = context.deps;
  const to = store.chain(name)?.revertingTo;
  const target = to == null ? undefined : store.snapshot(to);
  const { latestBlockHash } = await metadata(call);
  if (target?.blockHash !== latestBlockHash) {
    // Either it stayed, or it has gone on since.
    await checkLive(context, name, call);
    store.setReverting(name, null);
    return null;
  }
  const before = deployments.live(name).map(({ id }) => id);
  const linked = store.linkedDeployments(target.id);
  store.transaction(() => {
    store.setCurrent(name, target.id);
    store.setReverting(name, null);
    deployments.setLive(name, linked);
    emit({
      type: 'snapshot.reverted',
      chain: name,
      snapshot: snapshotRecords(context).named(target),
      gone: deployments.describe(before.filter((id) => !linked.includes(id))),
      back: deployments.describe(linked.filter((id) => !before.includes(id))),
    });
  });
  return target.name;
}
