import { type Core, feature, type Use } from '../feature.ts';
import type { StateDiffDependencies } from './service.ts';

interface Needs {
  chainRecords: { publicUrl: StateDiffDependencies['publicUrl'] };
  chains: Pick<StateDiffDependencies, 'stateOf' | 'upstreamOf'> & {
    runningUrl: StateDiffDependencies['chainUrl'];
  };
  contractNames: Pick<StateDiffDependencies, 'namesOn' | 'fresh'>;
  artifacts: Pick<StateDiffDependencies, 'layoutOf'>;
  preimages: { of: StateDiffDependencies['preimages'] };
}

export const stateDiff = feature({
  name: 'stateDiff',
  async make(needs: Use<Needs>, { secrets }: Core) {
    const { stateDiffService } = await import('./service.ts');
    const { stateOf, upstreamOf, runningUrl } = await needs.chains;
    const { namesOn, fresh } = await needs.contractNames;
    return stateDiffService({
      ...{ stateOf, upstreamOf, namesOn, fresh, chainUrl: runningUrl },
      publicUrl: (await needs.chainRecords).publicUrl,
      layoutOf: (await needs.artifacts).layoutOf,
      preimages: (await needs.preimages).of,
      mask: (text) => secrets.mask(text),
    });
  },
  router: async (service) => (await import('./router.ts')).stateDiffRouter(service),
});
