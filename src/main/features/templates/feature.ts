import { type Core, feature, type Use } from '../feature.ts';
import type { TemplatesDependencies } from './service.ts';

interface Needs {
  kinds: { all: { infos(): TemplatesDependencies['kinds'] } };
  projects: TemplatesDependencies['projects'];
}

export const templates = feature({
  name: 'templates',
  async make(needs: Use<Needs>, _: Core) {
    const { templatesService } = await import('./service.ts');
    const { all } = await needs.kinds;
    return templatesService({ kinds: all.infos(), projects: await needs.projects });
  },
  router: async (service) => (await import('./router.ts')).templatesRouter(service),
});
