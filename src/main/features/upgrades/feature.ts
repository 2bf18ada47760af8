import type { CompilerStorageLayout } from '../../eth/artifact.ts';
import type { StandingContract } from '../../eth/standing-contract.ts';
import type { CompileAgain, CompiledAgain } from '../../solidity/compiler/compile-again.ts';
import type { LiveContract } from '../contracts/contract/listed.ts';
import type { ContractRef } from '../contracts/contract/ref.ts';
import { type Core, feature, type Use } from '../feature.ts';
import { checksStore } from './checks-store.ts';
import type { PlannedUpgradesDependencies } from './planned-upgrades.ts';
import type { RecordedCallsDependencies } from './recorded-calls.ts';
import type { UpgradesDependencies } from './service.ts';
import type { UpgradeCheckDependencies } from './upgrade-check.ts';

interface ChecksNeeds {
  artifacts: Pick<PlannedUpgradesDependencies, 'byRuntime' | 'byCreation' | 'abi' | 'fresh'> & {
    get: PlannedUpgradesDependencies['compiled'];
    layoutOf: (
      artifact: number,
    ) => Promise<{ layout: CompilerStorageLayout | null; problem: string | null }>;
    recompile: (
      artifact: number,
      ask: CompileAgain,
    ) => Promise<CompiledAgain | { problem: string } | null>;
  };
  chainIndex: RecordedCallsDependencies['index'];
  traces: { find: RecordedCallsDependencies['recordedOf'] };
  deploymentRecords: {
    store: { contracts: { addressesOn: PlannedUpgradesDependencies['liveOn'] } };
  };
}

/** What compares new code with what runs behind a proxy, also before a run sends it. */
export const upgradeChecks = feature({
  name: 'upgradeChecks',
  async make(needs: Use<ChecksNeeds>, { db }: Core) {
    const { plannedUpgrades } = await import('./planned-upgrades.ts');
    const { recordedCalls } = await import('./recorded-calls.ts');
    const { StoredContracts } = await import('./stored-of.ts');
    const { byRuntime, byCreation, abi, get, fresh, layoutOf, recompile } = await needs.artifacts;
    const index = await needs.chainIndex;
    const recordedOf = (await needs.traces).find;
    const { store } = await needs.deploymentRecords;
    const stored = new StoredContracts({ layoutOf, recompile });
    const checks: UpgradeCheckDependencies = {
      ...{ byRuntime, abi, fresh },
      storedOf: stored.of.bind(stored),
      recordedOf: (from, address, most) =>
        recordedCalls({ index, recordedOf }, from, address, most),
    };
    const { addressesOn: liveOn } = store.contracts;
    const { add: keep, ofRun } = checksStore(db);
    const planned = plannedUpgrades({ ...checks, byCreation, compiled: get, liveOn, keep });
    return { checks, planned, ofRun };
  },
});

interface Needs {
  upgradeChecks: { checks: UpgradeCheckDependencies } & Pick<UpgradesDependencies, 'ofRun'>;
  deploymentRecords: { store: { byId: (id: number) => unknown } };
  artifacts: {
    get: UpgradesDependencies['compiled'];
    resolve: UpgradesDependencies['artifactOf'];
  };
  contracts: {
    withContract: <T>(
      ref: ContractRef,
      work: (opened: StandingContract<LiveContract>) => Promise<T>,
    ) => Promise<T>;
  };
}

export const upgrades = feature({
  name: 'upgrades',
  async make(needs: Use<Needs>, _: Core) {
    const { upgradesService } = await import('./service.ts');
    const { get, resolve } = await needs.artifacts;
    const { withContract } = await needs.contracts;
    const { checks, ofRun } = await needs.upgradeChecks;
    const { store } = await needs.deploymentRecords;
    return upgradesService({
      ...checks,
      ofRun,
      hasDeployment: (id) => Boolean(store.byId(id)),
      ...{ compiled: get, artifactOf: resolve },
      opened: (ref, work) =>
        withContract(ref, ({ from, address, called, recorded }) =>
          work({ from, address, called, project: recorded?.deployment.project ?? null }),
        ),
    });
  },
  router: async (service) => (await import('./router.ts')).upgradesRouter(service),
});
