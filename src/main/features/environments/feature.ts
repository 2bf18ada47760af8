import type { Engines } from '../../engines/engines.ts';
import type { Kinds } from '../../kinds/kinds.ts';
import type { Seal } from '../../lib/secrets/seal.ts';
import { type Core, feature, type Use } from '../feature.ts';
import type { EnvironmentsDependencies } from './service.ts';
import { type EnvironmentsStore, environmentsStore } from './store.ts';
import { type EnvironmentValues, environmentValues } from './values.ts';

export const environmentRecords = feature({
  name: 'environmentRecords',
  make: (_, { db }: Core) => environmentsStore(db),
});

export const environmentSecrets = feature({
  name: 'environmentSecrets',
  make: async (needs: Use<{ environmentRecords: EnvironmentsStore; dataKey: Seal }>) =>
    environmentValues(await needs.environmentRecords, await needs.dataKey),
});

interface Needs {
  environmentRecords: EnvironmentsStore;
  environmentSecrets: EnvironmentValues;
  projects: {
    find: EnvironmentsDependencies['project'];
    isTrusted: EnvironmentsDependencies['isTrusted'];
  };
  engines: { all: Pick<Engines, 'preferred'> };
  kinds: { all: Pick<Kinds, 'info' | 'get'> };
  targets: { provider: EnvironmentsDependencies['provider'] };
  networks: { list: () => { name: string }[] };
}

export const environments = feature({
  name: 'environments',
  async make(needs: Use<Needs>, { changed }: Core) {
    const { environmentsService } = await import('./service.ts');
    const { all } = await needs.kinds;
    const { list } = await needs.networks;
    const projects = await needs.projects;
    const service = environmentsService({
      store: await needs.environmentRecords,
      values: await needs.environmentSecrets,
      project: projects.find,
      isTrusted: projects.isTrusted,
      kind: (id) => all.get(id),
      inherits: async ({ kind, engine }) =>
        all.info(kind).target === 'chain' &&
        (await (await needs.engines).all.preferred(engine)) === 'process',
      kindInfo: (id) => all.info(id),
      provider: (await needs.targets).provider,
      changed,
    });
    return { ...service, isNetwork: (name: string) => list().some((one) => one.name === name) };
  },
  router: async (service) => (await import('./router.ts')).environmentsRouter(service),
  on: {
    'network.removed'({ isNetwork, targetRemoved }, { network }) {
      // One that overrode a network of Drydock's leaves that one behind.
      if (!isNetwork(network)) targetRemoved(network);
    },
  },
});
