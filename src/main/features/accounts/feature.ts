import { type Core, feature, type Use } from '../feature.ts';
import type { AccountsDependencies } from './service.ts';
import { accountsStore } from './store.ts';

interface Needs {
  networks: { find: AccountsDependencies['network']; list: () => { name: string }[] };
  chains: {
    write: AccountsDependencies['write'];
    whileRunning: AccountsDependencies['whileRunning'];
    devAccounts: AccountsDependencies['devAccounts'];
  };
  chainIndex: AccountsDependencies['index'];
  contractNames: Pick<AccountsDependencies, 'reading' | 'namesOn'>;
  addressNames: {
    resolver: { maybe: (network: string, text: string) => { address: string } | null };
    accountsOn: AccountsDependencies['accountsOn'];
  };
  contracts: {
    live: (filter: { target: string; limit: number }) => {
      contracts: { address: string }[];
      added: { address: string }[];
    };
  };
}

export const accounts = feature({
  name: 'accounts',
  async make(needs: Use<Needs>, { db, changed, logger }: Core) {
    const { accountsService } = await import('./service.ts');
    const { write, whileRunning, devAccounts } = await needs.chains;
    const { reading, namesOn } = await needs.contractNames;
    const { live } = await needs.contracts;
    const { resolver, accountsOn } = await needs.addressNames;
    const { find, list } = await needs.networks;
    const service = accountsService({
      ...{ store: accountsStore(db), changed, logger, reading, namesOn },
      ...{ write, whileRunning, devAccounts, accountsOn },
      index: await needs.chainIndex,
      network: find,
      addressCalled: (network, text) => resolver.maybe(network, text)?.address ?? null,
      knownContracts(target, limit) {
        const { contracts, added } = live({ target, limit });
        return [...contracts, ...added].map(({ address }) => address);
      },
    });
    return { ...service, isNetwork: (name: string) => list().some((one) => one.name === name) };
  },
  router: async (service) => (await import('./router.ts')).accountsRouter(service),
  on: {
    'chain.started': async ({ restore }, { chain }) => void (await restore(chain)),
    'network.removed'({ isNetwork, forget }, { network }) {
      // One that overrode a network of Drydock's leaves that one behind.
      if (!isNetwork(network)) forget(network);
    },
  },
  reconcile: ({ reconcile }) => [reconcile],
});
