import { type Core, feature } from '../feature.ts';

export const backups = feature({
  name: 'backups',
  async make(_, { home, logger, changed, checkpoints }: Core) {
    const { backupsService } = await import('./service.ts');
    return backupsService({ home, logger, changed, beside: checkpoints.paused });
  },
  router: async (service) => (await import('./router.ts')).backupsRouter(service),
  close: (service) => service.close(),
});
