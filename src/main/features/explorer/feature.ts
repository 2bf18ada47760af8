import { type Core, feature, type Use } from '../feature.ts';
import type { ExplorerDependencies } from './service.ts';
import { explorerStore } from './store.ts';

interface Needs {
  contractNames: Pick<ExplorerDependencies, 'reading' | 'namesOn' | 'fresh'>;
  traces: { find: ExplorerDependencies['recordedOf'] };
  labelRecords: ExplorerDependencies['labels'];
  chainIndex: ExplorerDependencies['index'];
  artifacts: ExplorerDependencies['artifacts'];
}

export const explorer = feature({
  name: 'explorer',
  async make(needs: Use<Needs>, { db }: Core) {
    const { explorerService } = await import('./service.ts');
    return explorerService({
      ...(await needs.contractNames),
      recordedOf: (await needs.traces).find,
      labels: await needs.labelRecords,
      index: await needs.chainIndex,
      artifacts: await needs.artifacts,
      store: explorerStore(db),
    });
  },
  router: async (service) => (await import('./router.ts')).explorerRouter(service),
});
