import type { Preimages } from '../../eth/inside/storage-names.ts';
import { type Core, feature, type Use } from '../feature.ts';
import type { StateDiffDependencies } from './service.ts';

interface Needs {
  chainRecords: { publicUrl: StateDiffDependencies['publicUrl'] };
  chains: Pick<StateDiffDependencies, 'stateOf' | 'upstreamOf'> & {
    runningUrl: StateDiffDependencies['chainUrl'];
  };
  contractNames: Pick<StateDiffDependencies, 'namesOn' | 'fresh'>;
  artifacts: Pick<StateDiffDependencies, 'layoutOf'>;
  preimages: { of: (network: string, address: string) => Preimages };
  traces: { findKeys: (chain: string, address: string) => Promise<unknown> };
}

export const stateDiff = feature({
  name: 'stateDiff',
  async make(needs: Use<Needs>, { secrets }: Core) {
    const { stateDiffService } = await import('./service.ts');
    const { stateOf, upstreamOf, runningUrl } = await needs.chains;
    const { of } = await needs.preimages;
    const { findKeys } = await needs.traces;
    const { namesOn, fresh } = await needs.contractNames;
    return stateDiffService({
      ...{ stateOf, upstreamOf, namesOn, fresh, chainUrl: runningUrl },
      publicUrl: (await needs.chainRecords).publicUrl,
      layoutOf: (await needs.artifacts).layoutOf,
      async preimages(network, address) {
        await findKeys(network, address);
        return of(network, address);
      },
      mask: (text) => secrets.mask(text),
    });
  },
  router: async (service) => (await import('./router.ts')).stateDiffRouter(service),
});
