import { type Core, feature, type Use } from '../feature.ts';
import type { DataDependencies } from './dependencies.ts';
import { databaseChecksFor } from './doctor-checks.ts';
import { dataStore } from './store.ts';

interface Needs {
  secrets: { key: DataDependencies['key']; unreadable: DataDependencies['unreadableSecrets'] };
  backups: DataDependencies['backups'];
  chains: {
    files: DataDependencies['chains'];
    removeSnapshot: DataDependencies['removeSnapshot'];
  };
  traces: DataDependencies['traces'];
  history: { logRemoved: DataDependencies['logRemoved'] };
}

export const data = feature({
  name: 'data',
  async make(needs: Use<Needs>, core: Core) {
    const { dataService } = await import('./service.ts');
    const { home, isPresent, db, logger, changed, checkpoints } = core;
    const secrets = await needs.secrets;
    const chains = await needs.chains;
    const service = dataService({
      home,
      isPresent,
      key: secrets.key,
      unreadableSecrets: secrets.unreadable,
      store: dataStore(db),
      logger,
      changed,
      checkpoints,
      backups: await needs.backups,
      chains: chains.files,
      removeSnapshot: chains.removeSnapshot,
      traces: await needs.traces,
      logRemoved: (await needs.history).logRemoved,
    });
    core.onWriteFailed.add(service.writeFailed);
    return { ...service, checks: () => databaseChecksFor(home) };
  },
  router: async (service) => (await import('./router.ts')).dataRouter(service),
  checks: (service) => service.checks(),
  start: (service) => service.begin(),
  close: (service) => service.close(),
});
