import path from 'node:path';
import { type Core, feature, type Use } from '../feature.ts';
import { compileEntries } from './entries.ts';

interface Needs {
  settings: { get: () => { compileCacheTtl: number } };
}

export const compileCache = feature({
  name: 'compileCache',
  async make(needs: Use<Needs>, { home, logger, changed }: Core) {
    const { compileCacheService } = await import('./service.ts');
    const settings = await needs.settings;
    return compileCacheService({
      entries: compileEntries(path.join(home, 'compile-cache')),
      logger,
      ttl: () => settings.get().compileCacheTtl,
      changed,
    });
  },
  router: async (service) => (await import('./router.ts')).compileCacheRouter(service),
  start: (service) => service.begin(),
  close: (service) => service.close(),
});
