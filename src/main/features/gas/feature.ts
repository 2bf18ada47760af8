import { type Core, feature, type Use } from '../feature.ts';
import type { GasDependencies } from './service.ts';
import { gasStore } from './store.ts';

interface Needs {
  networks: { find: GasDependencies['network'] };
  contractNames: Pick<GasDependencies, 'reading' | 'namesOn' | 'fresh'>;
  explorer: Pick<GasDependencies, 'stopped'>;
  traces: Pick<GasDependencies, 'recordedIn' | 'recordedBlocks'> & {
    find: GasDependencies['recordedOf'];
  };
}

export const gas = feature({
  name: 'gas',
  async make(needs: Use<Needs>, { db }: Core) {
    const { gasService } = await import('./service.ts');
    const { find, recordedIn, recordedBlocks } = await needs.traces;
    return gasService({
      ...(await needs.contractNames),
      ...{ store: gasStore(db), network: (await needs.networks).find },
      stopped: (await needs.explorer).stopped,
      ...{ recordedOf: find, recordedIn, recordedBlocks },
    });
  },
  router: async (service) => (await import('./router.ts')).gasRouter(service),
});
