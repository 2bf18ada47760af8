import { type Core, feature, type Use } from '../feature.ts';
import { pagesStore } from './pages-store.ts';
import type { ChainIndexDependencies } from './service.ts';
import { indexStore } from './store.ts';

interface Needs {
  deploymentRecords: { userOf: (chain: string) => string | undefined };
  chainRecords: {
    store: {
      chain(name: string): { forkBlock: number | null } | undefined;
      chains(): { name: string }[];
    };
  };
  chains: { runningUrl: ChainIndexDependencies['chainUrl'] };
}

export const chainIndex = feature({
  name: 'chainIndex',
  async make(needs: Use<Needs>, { db, logger }: Core) {
    const { chainIndexService } = await import('./service.ts');
    const { store: chains } = await needs.chainRecords;
    const { userOf } = await needs.deploymentRecords;
    const { runningUrl } = await needs.chains;
    const service = chainIndexService({
      store: indexStore(db),
      pages: pagesStore(db),
      logger,
      chainUrl: runningUrl,
      forkBlock: (chain) => chains.chain(chain)?.forkBlock ?? null,
      isUsed: (chain) => userOf(chain) !== undefined,
    });
    return { ...service, chains: () => chains.chains().map(({ name }) => name) };
  },
  on: { 'network.removed': (service) => service.forget() },
  start({ look, chains }, { changes }) {
    for (const chain of chains()) look(chain);
    changes.listen(({ topic, key }) => {
      if (topic !== 'chains') return;
      for (const chain of key === undefined ? chains() : [String(key)]) look(chain);
    });
  },
  close: (service) => service.close(),
});
