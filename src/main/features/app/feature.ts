import { type Core, feature, type Use } from '../feature.ts';
import type { Info } from './contract.ts';
import { infoOf } from './info.ts';

interface Needs {
  engines: {
    all: { preferred: () => Promise<Info['engine']> };
    wanted: () => Info['wantedEngine'];
    dockerState: () => Info['docker'];
  };
  data: { storage: () => Info['storage'] };
  backups: { newestAt: () => number | null };
}

export const app = feature({
  name: 'app',
  async make(needs: Use<Needs>, { home, changes }: Core) {
    const engines = await needs.engines;
    const info = infoOf({
      dataFolder: home,
      engine: () => engines.all.preferred(),
      wantedEngine: engines.wanted,
      docker: engines.dockerState,
      storage: (await needs.data).storage,
      backedUpAt: (await needs.backups).newestAt,
    });
    return { changes, info };
  },
  router: async ({ changes, info }) => (await import('./router.ts')).appRouter(changes, info),
});
