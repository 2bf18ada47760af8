import type { Seal } from '../../lib/secrets/seal.ts';
import type { Emit } from '../events/contract.ts';
import { type Core, feature, type Use } from '../feature.ts';
import type { ChainsDependencies, Ports } from './context.ts';
import { type ChainCreations, chainCreations as creationsOf } from './creation/creations.ts';
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

interface CreationNeeds {
  chainRecords: { store: ChainsStore };
  dataKey: Seal;
}

export const chainCreations = feature({
  name: 'chainCreations',
  async make(needs: Use<CreationNeeds>) {
    return creationsOf({
      store: (await needs.chainRecords).store.creations,
      seal: await needs.dataKey,
    });
  },
});

interface Needs {
  events: { emit: Emit };
  chainRecords: { store: ChainsStore };
  chainCreations: ChainCreations;
  deploymentRecords: {
    store: Omit<Runs, 'settleFiles'>;
    userOf: ChainsDependencies['userOf'];
  };
  ports: Ports;
  gatewayProcess: { chains: ChainsDependencies['gateway'] };
  engines: { all: ChainsDependencies['engines'] };
  dataKey: Seal;
  networks: {
    withChain: ChainsDependencies['networks'];
    originOf: ChainsDependencies['originOf'];
  };
  resultFiles: { settle: Runs['settleFiles'] };
  secrets: { mask: ChainsDependencies['mask'] };
}

export const chains = feature({
  name: 'chains',
  async make(needs: Use<Needs>, { home, logger, owner, changes, changed }: Core) {
    const { chainsService } = await import('./service.ts');
    const { emit } = await needs.events;
    const runs = await needs.deploymentRecords;
    const { withChain, originOf } = await needs.networks;
    const { settle } = await needs.resultFiles;
    const service = chainsService({
      store: (await needs.chainRecords).store,
      creations: await needs.chainCreations,
      seal: await needs.dataKey,
      ports: await needs.ports,
      gateway: (await needs.gatewayProcess).chains,
      engines: (await needs.engines).all,
      dataFolder: home,
      owner,
      logger,
      networks: withChain,
      originOf,
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
    'network.saved': ({ useHeaders }, { network }) => useHeaders(network),
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
