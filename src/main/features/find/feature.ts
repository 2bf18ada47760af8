import { type Core, feature, type Use } from '../feature.ts';
import type { FindDependencies } from './service.ts';
import { findStore } from './store.ts';

interface Needs {
  chainRecords: { store: { chains: FindDependencies['chains'] } };
  chainIndex: FindDependencies['index'];
}

export const find = feature({
  name: 'find',
  async make(needs: Use<Needs>, { db }: Core) {
    const { findService } = await import('./service.ts');
    return findService({
      store: findStore(db),
      chains: (await needs.chainRecords).store.chains,
      index: await needs.chainIndex,
    });
  },
  router: async (service) => (await import('./router.ts')).findRouter(service),
});
