import type { NetworkReaderDependencies } from '../../eth/network-reader.ts';
import { type Core, feature, type Use } from '../feature.ts';
import { type AddedStore, addedStore } from './added-store.ts';
import type { NamesDependencies } from './names.ts';
import { savedCallsStore } from './saved-calls-store.ts';
import type { ContractsDependencies } from './service.ts';
import { contractsStore } from './store.ts';

/** Contracts that the user has added, for those that only read them. */
export const addedContractRecords = feature({
  name: 'addedContractRecords',
  make: (_, { db }: Core) => addedStore(db),
});

interface NamesNeeds {
  labelRecords: NamesDependencies['labels'];
  addedContractRecords: AddedStore;
  networks: { find: NetworkReaderDependencies['network'] };
  chains: { runningUrl: NetworkReaderDependencies['chainUrl'] };
  artifacts: NamesDependencies['artifacts'];
}

/** Networks as they are read by every feature that looks into them: by the names that are known here. */
export const contractNames = feature({
  name: 'contractNames',
  async make(needs: Use<NamesNeeds>, { db, secrets }: Core) {
    const { contractNamesOf } = await import('./names.ts');
    const { networkReader } = await import('../../eth/network-reader.ts');
    const store = contractsStore(db);
    const reading = networkReader({
      network: (await needs.networks).find,
      chainUrl: (await needs.chains).runningUrl,
      mask: (text) => secrets.mask(text),
    });
    return {
      reading,
      ...contractNamesOf({
        store,
        added: await needs.addedContractRecords,
        labels: await needs.labelRecords,
        artifacts: await needs.artifacts,
      }),
    };
  },
});

interface Needs {
  abiSources: { find: ContractsDependencies['verified'] };
  labelRecords: ContractsDependencies['labels'];
  addedContractRecords: AddedStore;
  projects: { find: ContractsDependencies['project']; list: ContractsDependencies['projects'] };
  networks: { find: ContractsDependencies['network']; list: () => { name: string }[] };
  artifacts: {
    detail: ContractsDependencies['artifact'];
    layoutOf: ContractsDependencies['layoutOf'];
    get: (id: number) => { creationCode: string };
  };
  chains: {
    send: ContractsDependencies['sendOnChain'];
    runningUrl: ContractsDependencies['chainUrl'];
  };
  contractNames: Pick<ContractsDependencies, 'reading' | 'namesOn' | 'fresh'>;
}

export const contracts = feature({
  name: 'contracts',
  async make(needs: Use<Needs>, { db, changed, changes }: Core) {
    const { contractsService } = await import('./service.ts');
    const { find, list } = await needs.projects;
    const { send, runningUrl } = await needs.chains;
    const networks = await needs.networks;
    const { detail, layoutOf, get } = await needs.artifacts;
    const added = await needs.addedContractRecords;
    const service = contractsService({
      ...(await needs.contractNames),
      store: contractsStore(db),
      project: find,
      projects: list,
      added,
      labels: await needs.labelRecords,
      calls: savedCallsStore(db),
      changed,
      listen: (listener) => changes.listen(listener),
      network: networks.find,
      artifact: detail,
      verified: (await needs.abiSources).find,
      layoutOf,
      creationCodeOf: (artifact) => get(artifact).creationCode,
      sendOnChain: send,
      chainUrl: runningUrl,
    });
    return {
      ...service,
      /** One that comes with Drydock is still there. */
      forget(network: string): void {
        const isThere = networks.list().some(({ name }) => name === network);
        if (isThere) return;
        added.removeAll(network);
        service.saved.forget(network);
      },
    };
  },
  router: async (service) => (await import('./router.ts')).contractsRouter(service),
  on: { 'network.removed': ({ forget }, { network }) => forget(network) },
});
