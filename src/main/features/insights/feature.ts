import { type Core, feature, type Use } from '../feature.ts';
import type { InsightsDependencies } from './service.ts';
import { insightsStore } from './store.ts';

interface Needs {
  projects: { find: InsightsDependencies['project'] };
}

export const insights = feature({
  name: 'insights',
  async make(needs: Use<Needs>, { db, home }: Core) {
    const { insightsService } = await import('./service.ts');
    const { find } = await needs.projects;
    return insightsService({ store: insightsStore(db), home, project: find });
  },
  router: async (service) => (await import('./router.ts')).insightsRouter(service),
});
