import { type Core, feature, type Use } from '../feature.ts';
import type { Network } from '../networks/contract.ts';
import { resultFilesStore } from './store.ts';

interface Needs {
  networks: { list: () => Network[] };
}

export const resultFiles = feature({
  name: 'resultFiles',
  async make(needs: Use<Needs>, { home, db, logger }: Core) {
    const { resultFilesService } = await import('./service.ts');
    const { list } = await needs.networks;
    return resultFilesService({
      store: resultFilesStore(db),
      dataFolder: home,
      logger,
      isForeign: (name, chainId) =>
        list().some(
          (n) =>
            n.chainId === chainId && (n.kind === 'remote' || (n.name === name && n.keepChainId)),
        ),
    });
  },
});
