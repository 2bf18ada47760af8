import { type Core, feature, type Use } from '../feature.ts';
import { type Guard, type GuardDependencies, guard } from './guard.ts';
import type { RailsDependencies } from './service.ts';
import { type RailsStore, railsStore } from './store.ts';

interface Spending {
  reviewRecords: { store: { spentSince: GuardDependencies['spentSince'] } };
}

/** What networks allow, for those that send. */
export const railRecords = feature({
  name: 'railRecords',
  async make(needs: Use<Spending>, { db }: Core) {
    const { mainnets } = await import('./mainnets.ts');
    const { spentSince } = (await needs.reviewRecords).store;
    const store = railsStore(db);
    return { store, guard: guard({ rails: store.get, spentSince, mainnet: mainnets() }) };
  },
});

interface Needs {
  railRecords: { store: RailsStore; guard: Guard };
  networks: { find: RailsDependencies['network']; list: () => { name: string }[] };
}

export const rails = feature({
  name: 'rails',
  async make(needs: Use<Needs>, { changed }: Core) {
    const { railsService } = await import('./service.ts');
    const { find, list } = await needs.networks;
    const service = railsService({ ...(await needs.railRecords), network: find, changed });
    return { ...service, isNetwork: (name: string) => list().some((one) => one.name === name) };
  },
  router: async (service) => (await import('./router.ts')).railsRouter(service),
  on: {
    'network.removed'({ isNetwork, networkRemoved }, { network }) {
      if (!isNetwork(network)) networkRemoved(network);
    },
  },
});
