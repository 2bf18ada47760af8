import type { RecordedTransaction } from '../../eth/inside/recorded-transaction.ts';
import type { NetworkReaderDependencies } from '../../eth/network-reader.ts';
import { nearest, type OwnUpstreams, withUpstreams } from '../../eth/own-upstreams.ts';
import { type Core, feature, type Use } from '../feature.ts';
import { type AddedStore, addedStore } from './added-store.ts';
import type { AddressNamesDependencies } from './address-names.ts';
import type { NamesDependencies } from './names.ts';
import { pinsStore } from './pins-store.ts';
import type { ContractResolver, KnownLabels, KnownProject } from './resolve.ts';
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
  networks: {
    find: NetworkReaderDependencies['network'];
    ownUpstreams: OwnUpstreams;
    originOf: NetworkReaderDependencies['originOf'];
  };
  chains: {
    runningUrl: NetworkReaderDependencies['chainUrl'];
    endOf: NetworkReaderDependencies['endOf'];
  };
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
      endOf: (await needs.chains).endOf,
      originOf: (await needs.networks).originOf,
      mask: (text) => secrets.mask(text),
    });
    return {
      reading,
      ...contractNamesOf({
        store,
        added: await needs.addedContractRecords,
        labels: await needs.labelRecords,
        ownUpstreams: (await needs.networks).ownUpstreams,
        artifacts: await needs.artifacts,
      }),
    };
  },
});

interface AddressNeeds {
  labelRecords: KnownLabels;
  addedContractRecords: AddedStore;
  projects: { list: () => readonly KnownProject[] };
  networks: {
    find: (name: string) => { kind: 'local' | 'fork' | 'remote' };
    ownUpstreams: OwnUpstreams;
  };
  chainCreations: Pick<AddressNamesDependencies, 'devAddresses'>;
}

/** What labels, names of contracts and indexes of accounts stand for, for every request that takes addresses. */
export const addressNames = feature({
  name: 'addressNames',
  async make(needs: Use<AddressNeeds>, { db }: Core) {
    const { ContractResolver } = await import('./resolve.ts');
    const { addressNames: namesOf } = await import('./address-names.ts');
    const { list } = await needs.projects;
    const { find, ownUpstreams } = await needs.networks;
    return namesOf({
      resolver: new ContractResolver(
        {
          store: contractsStore(db),
          added: await needs.addedContractRecords,
          labels: await needs.labelRecords,
        },
        list,
        ownUpstreams,
      ),
      networkKind: (name) => find(name).kind,
      devAddresses: (await needs.chainCreations).devAddresses,
    });
  },
});

interface Needs {
  addressNames: {
    resolver: ContractResolver;
    on: ContractsDependencies['addressesOn'];
    accountsOn: ContractsDependencies['accountsOn'];
  };
  abiSources: { find: ContractsDependencies['verified'] };
  labelRecords: ContractsDependencies['labels'];
  addedContractRecords: AddedStore;
  projects: { find: ContractsDependencies['project'] };
  networks: {
    find: ContractsDependencies['network'];
    list: () => { name: string }[];
    ownUpstreams: OwnUpstreams;
  };
  artifacts: {
    detail: ContractsDependencies['artifact'];
    layoutOf: ContractsDependencies['layoutOf'];
    get: (id: number) => { creationCode: string; source: string };
  };
  chains: {
    runningUrl: ContractsDependencies['chainUrl'];
    endOf: ContractsDependencies['endOf'];
    send: ContractsDependencies['sendOnChain'];
    controls: { setAccount: ContractsDependencies['writeSlots'] };
    publicUrl: ContractsDependencies['publicUrl'];
  };
  preimages: ContractsDependencies['preimages'];
  upgradeChecks: { planned: ContractsDependencies['checkUpgrades'] };
  explorer: Pick<ContractsDependencies, 'namedState' | 'stopped' | 'knownPart'>;
  traces: {
    find: (chain: string, hash: string, block: null) => RecordedTransaction | null;
    findKeys: ContractsDependencies['findKeys'];
  };
  contractNames: Pick<ContractsDependencies, 'reading' | 'namesOn' | 'fresh'>;
}

/** What a network calls addresses, else a chain of Drydock that it forks from. */
const labelsThrough = (
  labels: ContractsDependencies['labels'],
  upstreams: OwnUpstreams,
): ContractsDependencies['labels'] => ({
  at: (network, address) => nearest(upstreams, network, (one) => labels.at(one, address)),
  addressOf: (network, label) => nearest(upstreams, network, (one) => labels.addressOf(one, label)),
  list: ({ network }) => withUpstreams(upstreams, network, (one) => labels.list({ network: one })),
});

export const contracts = feature({
  name: 'contracts',
  async make(needs: Use<Needs>, { db, changed, changes }: Core) {
    const { contractsService } = await import('./service.ts');
    const { find } = await needs.projects;
    const { resolver, on: addressesOn, accountsOn } = await needs.addressNames;
    const { send, controls, publicUrl, runningUrl, endOf } = await needs.chains;
    const networks = await needs.networks;
    const { detail, layoutOf, get } = await needs.artifacts;
    const added = await needs.addedContractRecords;
    const traces = await needs.traces;
    const store = contractsStore(db);
    const pins = pinsStore(db);
    const service = contractsService({
      ...(await needs.contractNames),
      store,
      ownUpstreams: networks.ownUpstreams,
      project: find,
      ...{ resolver, addressesOn, accountsOn },
      added,
      labels: labelsThrough(await needs.labelRecords, networks.ownUpstreams),
      calls: savedCallsStore(db),
      changed,
      listen: (listener) => changes.listen(listener),
      network: networks.find,
      artifact: detail,
      verified: (await needs.abiSources).find,
      layoutOf,
      preimages: await needs.preimages,
      findKeys: traces.findKeys,
      namedState: (await needs.explorer).namedState,
      stopped: (await needs.explorer).stopped,
      knownPart: (await needs.explorer).knownPart,
      pins,
      recordedOf: (network, hash) => traces.find(network, hash, null),
      creations: {
        trace: (network, hash) => traces.find(network, hash, null)?.trace ?? null,
        commitOf: store.commitOf,
        sourceOf: (artifact) => get(artifact).source,
        isPinned: pins.has,
      },
      creationCodeOf: (artifact) => get(artifact).creationCode,
      sendOnChain: send,
      chainUrl: runningUrl,
      endOf,
      checkUpgrades: async (asked) => (await needs.upgradeChecks).planned(asked),
      writeSlots: controls.setAccount,
      publicUrl,
    });
    return {
      ...service,
      /** One that comes with Drydock is still there. */
      forget(network: string): void {
        const isThere = networks.list().some(({ name }) => name === network);
        if (isThere) return;
        added.removeAll(network);
        pins.removeAll(network);
        service.saved.forget(network);
      },
    };
  },
  router: async (service) => (await import('./router.ts')).contractsRouter(service),
  on: { 'network.removed': ({ forget }, { network }) => forget(network) },
});
