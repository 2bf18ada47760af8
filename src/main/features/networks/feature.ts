import type { Seal } from '../../lib/secrets/seal.ts';
import type { Emit } from '../events/contract.ts';
import { type Core, feature, type Together, type Use } from '../feature.ts';
import type { DeploymentsAt, RecordedChain } from './own-upstreams.ts';
import { shippedNetworks } from './shipped.ts';
import { type NetworksStore, networksStore } from './store.ts';

export const networkRecords = feature({
  name: 'networkRecords',
  make: (_, { db }: Core) => networksStore(db),
});

interface Needs {
  events: { emit: Emit };
  networkRecords: NetworksStore;
  chainRecords: {
    recordedUrl: (network: string) => string | null;
    assertStopped: (network: string) => void;
    createdChainId: (network: string) => number | null;
    store: {
      chains: () => readonly RecordedChain[];
      forks: { deployments: DeploymentsAt };
    };
  };
  dataKey: Seal;
}

export const networks = feature({
  name: 'networks',
  async make(needs: Use<Needs>, { changed }: Core, { ready }: Together) {
    const { networksService } = await import('./service.ts');
    const { emit } = await needs.events;
    const { recordedUrl, assertStopped, createdChainId, store } = await needs.chainRecords;
    return networksService({
      store: await needs.networkRecords,
      shipped: shippedNetworks(),
      seal: await needs.dataKey,
      emit,
      changed,
      createdChainId,
      chains: store.chains,
      forkedDeployments: store.forks.deployments,
      async chainUrl(name) {
        await ready();
        return recordedUrl(name);
      },
      async assertChainStopped(name) {
        await ready();
        assertStopped(name);
      },
    });
  },
  router: async (service) => (await import('./router.ts')).networksRouter(service),
  servesAtOnce: true,
});
