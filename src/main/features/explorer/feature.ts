import { type Core, feature, type Use } from '../feature.ts';
import type { NetworkReaderDependencies } from './network-reader.ts';
import type { ExplorerDependencies } from './service.ts';
import { explorerStore } from './store.ts';

interface Needs {
  networks: { find: NetworkReaderDependencies['network'] };
  chains: { runningUrl: NetworkReaderDependencies['chainUrl'] };
  artifacts: ExplorerDependencies['artifacts'];
}

export const explorer = feature({
  name: 'explorer',
  async make(needs: Use<Needs>, { db, secrets }: Core) {
    const { explorerService } = await import('./service.ts');
    const { networkReader } = await import('./network-reader.ts');
    const { find } = await needs.networks;
    const { runningUrl } = await needs.chains;
    const reading = networkReader({
      network: find,
      chainUrl: runningUrl,
      mask: (text) => secrets.mask(text),
    });
    return explorerService({
      reading,
      artifacts: await needs.artifacts,
      store: explorerStore(db),
    });
  },
  router: async (service) => (await import('./router.ts')).explorerRouter(service),
});
