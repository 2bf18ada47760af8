import { rpc } from '../../eth/rpc.ts';
import type { ChainsContext } from './context.ts';
import { isWhole } from './folder.ts';
import type { RunningChains } from './running.ts';
import { finishRevert } from './snapshots/finish-revert.ts';

/** A chain that stands still holds up no start: what is left is done by a later pass. */
const ANSWER_WITHIN_MS = 2000;

/** `ChainsService.reconcile`. */
export async function reconcileChains(
  context: ChainsContext,
  chains: RunningChains,
): Promise<string[]> {
  const { store, engines, networks, dataFolder } = context.deps;
  const done: string[] = [];
  const known = new Set(networks().map((n) => n.name));
  const rows = store.chains().filter((row) => known.has(row.name));

  for (const row of rows) {
    const running = row.process ? await chains.running(row.name) : undefined;
    if (row.process && !running)
      done.push(`The chain ${row.name} was gone without having been stopped.`);
    // A core that writes right now must not lose its file.
    if (context.locks.isBusy(row.name) || context.saving.has(row.name)) continue;
    if (running && row.revertingTo !== null) {
      const call = rpc(running.url, ANSWER_WITHIN_MS);
      const at = await finishRevert(context, row.name, call).catch(() => null);
      if (at !== null) done.push(`The interrupted revert of ${row.name} to "${at}" was recorded.`);
    }
    for (const snapshot of store.snapshots(row.name)) {
      const fast = running !== undefined && snapshot.evmInstance === running.row.instance;
      if (snapshot.durable) continue;
      // Before the file itself: what is no longer on its way and still not there never comes.
      const isComing = await context.folder(row.name).isAnnounced(snapshot.id);
      // Its core was killed between the last two steps of saving it.
      if (await isWhole(context.folder(row.name).snapshot(snapshot.id))) {
        store.setDurable(snapshot.id);
        continue;
      }
      if (fast && snapshot.evmId !== null) continue;
      // Another core is just writing it.
      if (isComing) continue;
      store.removeSnapshot(snapshot.id);
      done.push(
        `The snapshot "${snapshot.name}" of ${row.name} was never saved, and is gone with its chain.`,
      );
    }
    const ids = new Set(store.snapshots(row.name).map((s) => s.id));
    const swept = await context.folder(row.name).sweep(ids);
    if (swept > 0) done.push(`${swept} unfinished files of ${row.name} were deleted.`);
  }

  const services = () => store.chains().flatMap((row) => (row.process ? [row.process] : []));
  // One that is just being started is not noted yet; the next pass comes in a minute.
  const isStarting = rows.some((row) => context.locks.isBusy(row.name));
  let ended = 0;
  for (const engine of isStarting ? [] : engines.all) {
    ended += await engine.endStrays(`${dataFolder}/chains/`, services);
  }
  if (ended > 0) {
    done.push(
      ended === 1
        ? 'A chain process that nothing knew of was ended.'
        : `${ended} chain processes that nothing knew of were ended.`,
    );
  }
  return done;
}
