import type { FamilyNeeds } from '../../families/families.ts';
import { type Core, feature, type Use } from '../feature.ts';
import type { NetworkKind } from '../networks/contract.ts';
import { searchStore } from './search-store.ts';
import type { HistoryDependencies } from './service.ts';
import { historyStore } from './store.ts';

interface Needs {
  projects: { find: HistoryDependencies['project'] };
  networks: {
    list: () => { name: string; kind: NetworkKind }[];
    find: (name: string) => { url: string | null };
  };
  chains: { runningUrl: (name: string) => Promise<string | null> };
  engines: { services: { state: FamilyNeeds['container'] } };
  deployments: { get: HistoryDependencies['detail'] };
}

export const history = feature({
  name: 'history',
  async make(needs: Use<Needs>, { db, logger, changed, stays }: Core) {
    const { familiesOf } = await import('../../families/families.ts');
    const { historyService } = await import('./service.ts');
    const projects = await needs.projects;
    const networks = await needs.networks;
    const { runningUrl } = await needs.chains;
    const deployments = await needs.deployments;
    return historyService({
      store: historyStore(db),
      search: searchStore(db),
      logger,
      changed,
      project: projects.find,
      network: networks.find,
      families: familiesOf({
        db,
        rpcUrl: async (name) => {
          const network = networks.list().find((one) => one.name === name);
          if (network?.kind === 'remote') return networks.find(name).url;
          return network && runningUrl(name);
        },
        container: async (id) => (await needs.engines).services.state(id),
      }),
      detail: deployments.get,
      stays,
    });
  },
  router: async (service) => (await import('./router.ts')).historyRouter(service),
  onChange: (service, change) => service.notice(change),
  close: (service) => service.close(),
});
