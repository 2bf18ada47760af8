import type { Emit } from '../events/contract.ts';
import { type Core, feature, type Use } from '../feature.ts';
import type { ChainsDependencies, Ports } from './context.ts';
import { chainRecordsOf } from './records.ts';
import { type ChainsStore, chainsStore } from './store.ts';

type Runs = ChainsDependencies['deployments'];

interface RecordsNeeds {
  deploymentRecords: { userOf: (chain: string) => string | undefined };
}

export const chainRecords = feature({
  name: 'chainRecords',
  async make(needs: Use<RecordsNeeds>, { db }: Core) {
    const { userOf } = await needs.deploymentRecords;
    return chainRecordsOf({ store: chainsStore(db), userOf });
  },
});

interface Needs {
  events: { emit: Emit };
  chainRecords: { store: ChainsStore };
  deploymentRecords: {
    store: Omit<Runs, 'settleFiles'>;
    userOf: ChainsDependencies['userOf'];
  };
  ports: Ports;
  engines: { all: ChainsDependencies['engines'] };
  networks: { withChain: ChainsDependencies['networks'] };
  resultFiles: { settle: Runs['settleFiles'] };
  secrets: { mask: ChainsDependencies['mask'] };
}

export const chains = feature({
  name: 'chains',
  async make(needs: Use<Needs>, { home, logger, changes, changed }: Core) {
    const { chainsService } = await import('./service.ts');
    const { emit } = await needs.events;
    const runs = await needs.deploymentRecords;
    const { withChain } = await needs.networks;
    const { settle } = await needs.resultFiles;
    const service = chainsService({
      store: (await needs.chainRecords).store,
      ports: await needs.ports,
      engines: (await needs.engines).all,
      dataFolder: home,
      logger,
      networks: withChain,
      mask: (await needs.secrets).mask,
      emit,
      changed,
      userOf: runs.userOf,
      news: (signal) => changes.follow(signal),
      deployments: { ...runs.store, settleFiles: settle },
    });
    return { ...service, isBacked: (name: string) => withChain().some((n) => n.name === name) };
  },
  router: async (service) => (await import('./router.ts')).chainsRouter(service),
  on: {
    async 'network.removed'({ isBacked, forget }, { network }) {
      if (!isBacked(network)) await forget(network);
    },
  },
  reconcile: (service) => [service.reconcile],
  async start({ adopt }, { changes }) {
    await adopt(true);
    changes.listen(({ topic }) => {
      if (topic === 'chains') void adopt(true);
    });
  },
  close: (service) => service.close(),
});
