import { type Core, feature, type Use } from '../feature.ts';
import type { Network } from '../networks/contract.ts';
import type { DeployDefaultsDependencies } from './service.ts';
import { deployDefaultsStore } from './store.ts';

type Dependencies = DeployDefaultsDependencies;

interface Needs {
  kinds: { all: Dependencies['kinds'] };
  networks: { find: (name: string) => Pick<Network, 'kind'>; list: () => { name: string }[] };
  projects: { find: Dependencies['project']; isTrusted: Dependencies['isTrusted'] };
  addressNames: { on: Dependencies['addressesOn'] };
  targets: { provider: Dependencies['provider'] };
}

export const deployDefaults = feature({
  name: 'deployDefaults',
  async make(needs: Use<Needs>, { db, changed }: Core) {
    const { deployDefaultsService } = await import('./service.ts');
    const { find, list } = await needs.networks;
    const projects = await needs.projects;
    const service = deployDefaultsService({
      store: deployDefaultsStore(db),
      project: projects.find,
      isTrusted: projects.isTrusted,
      kinds: (await needs.kinds).all,
      provider: (await needs.targets).provider,
      addressesOn: (await needs.addressNames).on,
      networkKind: (name) => find(name).kind,
      changed,
    });
    return { ...service, isNetwork: (name: string) => list().some((one) => one.name === name) };
  },
  router: async (service) => (await import('./router.ts')).deployDefaultsRouter(service),
  on: {
    'network.removed'({ isNetwork, targetRemoved }, { network }) {
      // One that overrode a network of Drydock's leaves that one behind.
      if (!isNetwork(network)) targetRemoved(network);
    },
  },
});
