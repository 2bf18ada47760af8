import { type Core, feature, type Use } from '../feature.ts';
import type { ContractsDependencies } from './service.ts';
import { contractsStore } from './store.ts';

interface Needs {
  projects: { find: ContractsDependencies['project'] };
}

export const contracts = feature({
  name: 'contracts',
  async make(needs: Use<Needs>, { db }: Core) {
    const { contractsService } = await import('./service.ts');
    return contractsService({ store: contractsStore(db), project: (await needs.projects).find });
  },
  router: async (service) => (await import('./router.ts')).contractsRouter(service),
});
