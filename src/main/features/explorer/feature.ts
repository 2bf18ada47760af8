import { variableReader } from '../../solidity/variable-reader.ts';
import { type Core, feature, type Use } from '../feature.ts';
import type { ExplorerDependencies } from './service.ts';
import { explorerStore } from './store.ts';

interface Needs {
  networks: { get: (name: string) => { chainId: number | null } };
  chainRecords: { store: { snapshots: ExplorerDependencies['snapshotsOf'] } };
  contractNames: Pick<ExplorerDependencies, 'reading' | 'namesOn' | 'fresh'>;
  traces: {
    find: ExplorerDependencies['recordedOf'];
    headOf: ExplorerDependencies['recordedHead'];
    parentOf: ExplorerDependencies['parentOf'];
  };
  labelRecords: ExplorerDependencies['labels'];
  chainIndex: ExplorerDependencies['index'];
  artifacts: ExplorerDependencies['artifacts'];
  preimages: ExplorerDependencies['preimages'];
  addressNames: { on: ExplorerDependencies['addressesOn'] };
}

export const explorer = feature({
  name: 'explorer',
  async make(needs: Use<Needs>, { db }: Core) {
    const { explorerService } = await import('./service.ts');
    const networks = await needs.networks;
    const variables = variableReader();
    const service = explorerService({
      ...(await needs.contractNames),
      recordedOf: (await needs.traces).find,
      recordedHead: (await needs.traces).headOf,
      chainIdOf: (chain) => networks.get(chain).chainId ?? 0,
      parentOf: (await needs.traces).parentOf,
      labels: await needs.labelRecords,
      index: await needs.chainIndex,
      artifacts: await needs.artifacts,
      preimages: await needs.preimages,
      store: explorerStore(db),
      addressesOn: (await needs.addressNames).on,
      readVariables: variables.read,
      snapshotsOf: (await needs.chainRecords).store.snapshots,
    });
    return { ...service, close: variables.close };
  },
  router: async (service) => (await import('./router.ts')).explorerRouter(service),
  stop: (service) => service.close(),
});
