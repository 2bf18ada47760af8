import type {
  CallInput,
  ContractRef,
  ContractValue,
  ContractValues,
  LiveContracts,
  LiveContractsInput,
  ReadInput,
  SendInput,
  SentCall,
  Simulation,
} from './contract.ts';
import { contractOpener, type OpenDependencies } from './open-contract.ts';
import { readAllValues, readValue } from './read.ts';
import { ContractResolver, type KnownProject } from './resolve.ts';
import { type SendOnChain, send } from './send.ts';
import { simulate } from './simulate.ts';
import type { ContractsStore } from './store.ts';

export interface ContractsDependencies extends Omit<OpenDependencies, 'resolver'> {
  store: ContractsStore;
  /** Throws PROJECT_NOT_FOUND. */
  project: (ref: string | number) => { id: number };
  sendOnChain: SendOnChain;
  projects: () => readonly KnownProject[];
}

export function contractsService(deps: ContractsDependencies) {
  const { store, project: find, projects } = deps;
  const resolver = new ContractResolver(store, projects);
  const withContract = contractOpener({ ...deps, resolver });

  return {
    live({ project, target, limit }: LiveContractsInput): LiveContracts {
      const filter = { project: project === undefined ? undefined : find(project).id, target };
      return { contracts: store.live(filter, limit), total: store.count(filter) };
    },

    read: (input: ReadInput): Promise<ContractValue> =>
      withContract(input, (opened) => readValue(opened, input, resolver)),
    simulate: (input: CallInput): Promise<Simulation> =>
      withContract(input, (opened) => simulate(opened, input, resolver)),
    send: (input: SendInput): Promise<SentCall> =>
      withContract(input, (opened) => send(opened, input, resolver, deps.sendOnChain)),
    readAll: (input: ContractRef): Promise<ContractValues> => withContract(input, readAllValues),
  };
}

export type ContractsService = ReturnType<typeof contractsService>;
