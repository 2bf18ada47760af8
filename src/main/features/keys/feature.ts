import os from 'node:os';
import type { Seal } from '../../lib/secrets/seal.ts';
import { type Core, feature, type Use } from '../feature.ts';
import { type KeysStore, keysStore } from './store.ts';

export const keyRecords = feature({
  name: 'keyRecords',
  make: (_, { db }: Core) => keysStore(db),
});

interface Needs {
  keyRecords: KeysStore;
  dataKey: Seal;
}

export const keys = feature({
  name: 'keys',
  async make(needs: Use<Needs>, { changed }: Core) {
    const { KeysService } = await import('./service.ts');
    const { KeystoreFiles } = await import('./keystore-files.ts');
    const { OtherKeystores } = await import('./other-keystores.ts');
    return new KeysService({
      store: await needs.keyRecords,
      seal: await needs.dataKey,
      files: new KeystoreFiles(os.homedir()),
      others: new OtherKeystores(),
      changed,
    });
  },
  router: async (service) => (await import('./router.ts')).keysRouter(service),
  close: (service) => service.close(),
});
