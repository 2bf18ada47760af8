import { thisDesktop } from '../../lib/desktop.ts';
import { type Core, feature, type Use } from '../feature.ts';
import type { OpenInDependencies } from './service.ts';

interface Needs {
  settings: { get: OpenInDependencies['settings'] };
  projects: { find: OpenInDependencies['project'] };
  projectRecords: { store: { all: () => { path: string }[] } };
}

export const openIn = feature({
  name: 'openIn',
  async make(needs: Use<Needs>, { home, desktop }: Core) {
    const { OpenInService } = await import('./service.ts');
    const { store } = await needs.projectRecords;
    return new OpenInService({
      desktop: desktop ?? thisDesktop(),
      home,
      settings: (await needs.settings).get,
      project: (await needs.projects).find,
      folders: () => store.all().map((row) => row.path),
    });
  },
  router: async (service) => (await import('./router.ts')).openInRouter(service),
  servesAtOnce: true,
});
