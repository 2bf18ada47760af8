import { version } from '../../lib/version.ts';
import { type Core, feature, type Use } from '../feature.ts';
import type { UpdatesDependencies } from './service.ts';

interface Needs {
  settings: { get: UpdatesDependencies['settings'] };
  deploymentRecords: {
    anyRun: UpdatesDependencies['deployment'];
    holdBack: UpdatesDependencies['holdDeployments'];
    letGo: UpdatesDependencies['letDeploymentsGo'];
  };
}

export const updates = feature({
  name: 'updates',
  async make(needs: Use<Needs>, { updater, changed, secrets, logger }: Core) {
    const { UpdatesService } = await import('./service.ts');
    const { anyRun, holdBack, letGo } = await needs.deploymentRecords;
    return new UpdatesService({
      updater: updater ?? null,
      current: version(),
      settings: (await needs.settings).get,
      ...{ deployment: anyRun, holdDeployments: holdBack, letDeploymentsGo: letGo },
      changed: () => changed({ topic: 'updates' }),
      mask: (text) => secrets.mask(text),
      logger,
    });
  },
  router: async (service) => (await import('./router.ts')).updatesRouter(service),
  servesAtOnce: true,
  on: { 'deployment.ended': (service) => service.deploymentEnded() },
  start: (service) => service.begin(),
  close: (service) => service.close(),
});
