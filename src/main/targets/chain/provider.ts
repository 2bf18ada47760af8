import type { Engines } from '../../engines/engines.ts';
import { rpc } from '../../eth/rpc.ts';
import type { Result } from '../../shared/result.ts';
import type { Checked, PastRun, TargetProvider } from '../target.ts';
import type { ChainNeeds, ChainTarget } from './chain-target.ts';
import { chooseEngine } from './choose-engine.ts';
import type { TargetNetwork } from './destination.ts';
import type { HoldChain } from './held-chain.ts';
import { openLiveSigner, reviewOf } from './live/open-live-signer.ts';
import type { LiveRuns } from './live/reviewed-run.ts';
import { locksOf } from './locks.ts';
import type { ChainAt } from './other-chains.ts';
import { reach } from './reach.ts';
import { ReachedChain } from './reached-chain.ts';
import { readAgain } from './read-again.ts';
import { checkOutcome } from './record.ts';
import type { TakenBackAt } from './taken-back.ts';
import { toolRecordOf } from './tool-record.ts';
import type { CheckUpgrades } from './upgrades.ts';
import { chainWords } from './words.ts';

/** A network that can't be reached now is checked later; this check delays a start. */
const ANSWER_WITHIN_MS = 2000;

/** Nothing listens there, so what can't be checked is recorded as not verified. */
const NOWHERE = 'http://127.0.0.1:9';

export interface ChainProviderDependencies {
  engines: Engines;
  /** Throws NETWORK_NOT_FOUND. */
  network: (name: string) => TargetNetwork;
  /** Address of the running chain of a network; null when it isn't running. */
  chainUrl: (name: string) => Promise<string | null>;
  chainAt: ChainAt;
  holdChain: HoldChain;
  /** Deletes the snapshot before a run that sent nothing. */
  dropSnapshot: (chain: string, snapshot: number) => Promise<void>;
  takenBackAt: TakenBackAt;
  /** Whether deployments have anything on a network. */
  hasContracts: (name: string) => boolean;
  checkUpgrades: CheckUpgrades;
  live: LiveRuns;
  /** Names of the remote networks that have a chain id. */
  liveNetworks: (chainId: number) => readonly string[];
  /** The data folder. */
  home: string;
}

/** Reaches networks: Drydock's chains, which it holds meanwhile, and nodes elsewhere. */
export function chainProvider(
  deps: ChainProviderDependencies,
): TargetProvider<ChainNeeds, ChainTarget> {
  const isOwn = (name: string) => deps.network(name).kind !== 'remote';

  async function urlOf(name: string): Promise<string | null> {
    const network = deps.network(name);
    return network.kind === 'remote' ? network.url : deps.chainUrl(name);
  }

  return {
    type: 'chain',
    words: chainWords,
    assertExists: (name) => void deps.network(name),
    locks: (name, needs) => locksOf(deps.network(name), needs),
    assertApproved(name, { key, from, allowChains }, { approval, caller }) {
      const { rails } = deps.live;
      for (const other of allowChains.flatMap(deps.liveNetworks)) {
        rails.assertDoor(other, caller);
        rails.assertMaySend({ network: other, sender: null, most: null });
      }
      if (deps.network(name).kind !== 'remote') return;
      if (key !== null) return void reviewOf(deps.live, { key, approval, network: name });
      rails.assertDoor(name, caller);
      rails.assertMaySend({ network: name, sender: from, most: null });
    },
    isOwn,

    async acquire(request, preparation) {
      const { needs, project } = request;
      const network = deps.network(request.name);
      const { hasKeystore, key } = needs;
      const review =
        key !== null && network.kind === 'remote'
          ? reviewOf(deps.live, { key, approval: request.approval, network: network.name })
          : null;
      const from = review?.sender ?? needs.from;
      const records = needs.records || review !== null;
      const asked = { network, from, hasKeystore, rather: project.engine };
      const to = await reach(asked, deps.holdChain, preparation);
      try {
        preparation.signal.throwIfAborted();
        if (network.kind === 'remote') {
          const most = review ? 0n : null;
          deps.live.rails.assertMaySend({ network: network.name, sender: to.from, most });
        }
        for (const other of needs.allowChains.flatMap(deps.liveNetworks)) {
          deps.live.rails.assertMaySend({ network: other, sender: null, most: null });
        }
        const place = await chooseEngine(
          deps.engines,
          { network: network.name, project, hasKeystore, records },
          to,
          preparation,
        );
        const { host } = place;
        const signer =
          review && host ? await openLiveSigner(deps.live, review, { url: to.url, host }) : null;
        return new ReachedChain(request, network, to, place, {
          ...{ chainAt: deps.chainAt, takenBackAt: deps.takenBackAt, signer },
          checkUpgrades: deps.checkUpgrades,
          mayHoldProxies: network.kind !== 'local' || deps.hasContracts(network.name),
          replayPlace: {
            // Not in the project's own: that may ask for an older version.
            workspace: deps.engines.get('process').workspace({ id: project.id, path: deps.home }),
            ...{ folder: deps.home, job: request.job, signal: preparation.signal },
          },
        });
      } catch (error) {
        await to.chain?.[Symbol.asyncDispose]();
        throw error;
      }
    },

    async check(run: PastRun<ChainNeeds>, result: Result): Promise<Checked> {
      const chainId = run.result?.family === 'contracts' ? run.result.chainId : null;
      if (result.family !== 'contracts' || chainId === null) return { result, live: null };
      const url = (await urlOf(run.name)) ?? NOWHERE;
      const { compiled, records } = run.needs;
      const read = records
        ? await readAgain(result, () => compiled(run.project.path), {
            ...{ call: rpc(url, undefined, { batch: isOwn(run.name) }), isOwn: isOwn(run.name) },
            ...{ chainId, sender: result.sender },
          })
        : result;
      return checkOutcome(read, {
        ...{ url, chainId, isOwn: isOwn(run.name), hasSnapshot: run.snapshotId !== null },
        ...{ network: run.name, allowChains: run.needs.allowChains, chainAt: deps.chainAt },
        toolRecord: toolRecordOf(run.needs, run.project.path),
      });
    },

    async isThere(name) {
      return (await urlOf(name).catch(() => null)) !== null;
    },

    async responds(name) {
      const url = await urlOf(name).catch(() => null);
      if (url === null) return false;
      const id = await rpc(url, ANSWER_WITHIN_MS)('eth_chainId').catch(() => null);
      return id !== null;
    },

    async unprepare({ name, snapshotId }) {
      if (snapshotId !== null) await deps.dropSnapshot(name, snapshotId);
    },

    // What a Drydock chain does while it is held is known.
    doubts: (name, atWork) =>
      isOwn(name)
        ? []
        : atWork.map(
            (run) =>
              `${run} may still be sending to ${name}: Docker, where it ran, doesn't answer. Start Docker, and look at what has reached the network.`,
          ),
  };
}
