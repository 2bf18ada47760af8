import type { NetworkReaderDependencies } from '../../eth/network-reader.ts';
import { type Core, feature, type Use } from '../feature.ts';
import type { NamesDependencies } from './names.ts';
import type { ContractsDependencies } from './service.ts';
import { contractsStore } from './store.ts';

interface NamesNeeds {
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
    return { reading, ...contractNamesOf({ store, artifacts: await needs.artifacts }) };
  },
});

interface Needs {
  projects: { find: ContractsDependencies['project']; list: ContractsDependencies['projects'] };
  chains: { send: ContractsDependencies['sendOnChain'] };
  contractNames: Pick<ContractsDependencies, 'reading' | 'namesOn' | 'fresh'>;
}

export const contracts = feature({
  name: 'contracts',
  async make(needs: Use<Needs>, { db }: Core) {
    const { contractsService } = await import('./service.ts');
    const { find, list } = await needs.projects;
    return contractsService({
      ...(await needs.contractNames),
      store: contractsStore(db),
      project: find,
      projects: list,
      sendOnChain: (await needs.chains).send,
    });
  },
  router: async (service) => (await import('./router.ts')).contractsRouter(service),
});
