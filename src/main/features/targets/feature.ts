import { homeId } from '../../engines/docker/labels.ts';
import type { OriginOf } from '../../eth/upstream-failure.ts';
import type { TargetType } from '../../shared/kind.ts';
import type { ChainFinderDependencies } from '../../targets/chain/chain-finder.ts';
import type { ChainProviderDependencies } from '../../targets/chain/provider.ts';
import type { RuntimeDependencies } from '../../targets/runtime/runtime.ts';
import type { TargetProvider } from '../../targets/target.ts';
import { type Core, feature, type Use } from '../feature.ts';
import { type LiveRunsDependencies, liveRuns } from './live-runs.ts';

type Chain = ChainProviderDependencies;
type Runtime = RuntimeDependencies;

interface Needs {
  audit: { note: LiveRunsDependencies['note'] };
  engines: { all: Chain['engines']; docker: Runtime['engine']; services: Runtime['services'] };
  networks: {
    find: Chain['network'];
    list: ChainFinderDependencies['networks'];
    originOf: OriginOf;
  };
  chains: {
    runningUrl: Chain['chainUrl'];
    publicUrl: ChainFinderDependencies['publicUrl'];
    hold: Chain['holdChain'];
    dropSnapshotOf: Chain['dropSnapshot'];
  };
  reviewRecords: LiveRunsDependencies['reviews'];
  railRecords: { guard: LiveRunsDependencies['rails'] };
  keys: { take: LiveRunsDependencies['takeKey'] };
  upgradeChecks: { planned: Chain['checkUpgrades'] };
  deploymentRecords: {
    store: {
      contracts: {
        takenBackAt: Chain['takenBackAt'];
        addressesOn: (network: string) => readonly unknown[];
      };
    };
  };
}

/** Where deployments can go, by the type of target. */
export const targets = feature({
  name: 'targets',
  async make(needs: Use<Needs>, { home, changed }: Core) {
    const { chainFinder } = await import('../../targets/chain/chain-finder.ts');
    const { chainProvider } = await import('../../targets/chain/provider.ts');
    const { runtimeProvider } = await import('../../targets/runtime/runtime.ts');
    const { find, list, originOf } = await needs.networks;
    const { runningUrl, publicUrl, hold, dropSnapshotOf } = await needs.chains;
    const { store } = await needs.deploymentRecords;
    const audit = await needs.audit;
    const { all, docker, services } = await needs.engines;
    const runtime = runtimeProvider({ folderId: homeId(home), engine: docker, services });
    const providers: Record<TargetType, TargetProvider> = {
      chain: chainProvider({
        engines: all,
        network: (name) => ({ ...find(name), origin: originOf(name) }),
        chainUrl: runningUrl,
        chainAt: chainFinder({ networks: list, find, chainUrl: runningUrl, publicUrl }),
        holdChain: hold,
        dropSnapshot: dropSnapshotOf,
        takenBackAt: store.contracts.takenBackAt,
        hasContracts: (name) => store.contracts.addressesOn(name).length > 0,
        liveNetworks: (id) =>
          list()
            .filter(({ kind, chainId }) => kind === 'remote' && chainId === id)
            .map(({ name }) => name),
        checkUpgrades: async (asked) => (await needs.upgradeChecks).planned(asked),
        live: liveRuns({
          rails: (await needs.railRecords).guard,
          reviews: await needs.reviewRecords,
          takeKey: async (name, terms) => (await needs.keys).take(name, terms),
          note: (note, caller) => audit.note(note, caller),
          changed,
        }),
        home,
      }),
      runtime,
    };
    return {
      provider: (type: TargetType): TargetProvider => providers[type],
      projectRemoved: (project: number) => runtime.releases.removeAll(project),
    };
  },
  on: {
    'project.removed': ({ projectRemoved }, { project }) => projectRemoved(project.id),
  },
});
