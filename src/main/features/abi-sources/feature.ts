import type { Seal } from '../../lib/secrets/seal.ts';
import { type Core, feature, type Use } from '../feature.ts';
import type { AbiSourcesDependencies } from './service.ts';
import { type AbiSourcesStore, abiSourcesStore } from './store.ts';

export const abiSourceRecords = feature({
  name: 'abiSourceRecords',
  make: (_, { db }: Core) => abiSourcesStore(db),
});

interface Needs {
  abiSourceRecords: AbiSourcesStore;
  settings: { get: AbiSourcesDependencies['settings'] };
  dataKey: Seal;
}

export const abiSources = feature({
  name: 'abiSources',
  async make(needs: Use<Needs>, { secrets, changed }: Core) {
    const { abiSourcesService } = await import('./service.ts');
    return abiSourcesService({
      store: await needs.abiSourceRecords,
      seal: await needs.dataKey,
      settings: (await needs.settings).get,
      mask: (text) => secrets.mask(text),
      changed,
    });
  },
  router: async (service) => (await import('./router.ts')).abiSourcesRouter(service),
});
