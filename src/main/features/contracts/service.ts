import type { Reading } from '../../eth/network-reader.ts';
import { contractAbi } from './abi.ts';
import { type AddDependencies, addedContracts } from './add.ts';
import { type CreationCodeOf, contractCode } from './code.ts';
import type {
  CallInput,
  ContractAbi,
  ContractCode,
  ContractDetail,
  ContractEvents,
  ContractRef,
  ContractStorage,
  ContractValue,
  ContractValues,
  EventNews,
  EventsInput,
  FollowEventsInput,
  LiveContracts,
  LiveContractsInput,
  ReadInput,
  ReadManyInput,
  ReadValues,
  SendInput,
  SentCall,
  Simulation,
  SnippetInput,
  StorageInput,
} from './contract.ts';
import { contractEvents } from './events.ts';
import { type FollowDependencies, followEvents } from './follow-events.ts';
import { contractOpener, type OpenDependencies, withContractOf } from './open-contract.ts';
import { readAllValues, readValue } from './read.ts';
import { readMany } from './read-many.ts';
import { ContractResolver, type KnownLabels, type KnownProject } from './resolve.ts';
import { type SavedCallsDependencies, savedCalls } from './saved-calls.ts';
import { type SendOnChain, send } from './send.ts';
import { showContract } from './show.ts';
import { checkCall, simulate } from './simulate.ts';
import { snippet } from './snippet.ts';
import { contractStorage, type LayoutOf } from './storage.ts';
import type { ContractsStore } from './store.ts';

export interface ContractsDependencies
  extends Omit<OpenDependencies, 'resolver'>,
    AddDependencies,
    Pick<SavedCallsDependencies, 'calls' | 'changed'> {
  reading: Reading;
  listen: FollowDependencies['listen'];
  store: ContractsStore;
  /** Throws PROJECT_NOT_FOUND. */
  project: (ref: string | number) => { id: number };
  sendOnChain: SendOnChain;
  layoutOf: LayoutOf;
  creationCodeOf: CreationCodeOf;
  /** Of the running chain of a network; null for a remote one. */
  chainUrl: (network: string) => Promise<string | null>;
  projects: () => readonly KnownProject[];
  labels: KnownLabels;
}

export function contractsService(deps: ContractsDependencies) {
  const { store, project: find, projects, labels } = deps;
  const resolver = new ContractResolver(store, deps.added, labels, projects);
  const open = contractOpener({ ...deps, resolver });
  const withContract = withContractOf(deps.reading, open);

  const { add, remove, list: listAdded } = addedContracts(deps);

  const making = {
    read: (input: ReadInput): Promise<ContractValue> =>
      withContract(input, (opened) => readValue(opened, input, resolver)),
    simulate: (input: CallInput): Promise<Simulation> =>
      withContract(input, (opened) => simulate(opened, input, resolver)),
    send: (input: SendInput): Promise<SentCall> =>
      withContract(input, (opened) => send(opened, input, resolver, deps.sendOnChain)),
  };

  return {
    add,
    remove,
    ...making,
    saved: savedCalls({
      ...deps,
      ...making,
      checked: (input) => withContract(input, (opened) => checkCall(opened, input, resolver)),
      addressOf: (network, contract) => resolver.standing(network, contract),
    }),
    live({ project, target, limit }: LiveContractsInput): LiveContracts {
      const filter = { project: project === undefined ? undefined : find(project).id, target };
      const added = project === undefined ? listAdded(target) : [];
      const contracts = store.live(filter, limit).map((one) => {
        const label = labels.at(one.deployment.target, one.address)?.label ?? one.label;
        return { ...one, label };
      });
      return { contracts, total: store.count(filter), added };
    },

    abi: (input: ContractRef): Promise<ContractAbi> =>
      contractAbi(
        {
          ...deps,
          standing: (network, ref) => resolver.standing(network, ref),
          opened: (ref) => withContract(ref, async (opened) => opened),
        },
        input,
      ),
    show: (input: ContractRef): Promise<ContractDetail> => withContract(input, showContract),
    code: (input: ContractRef): Promise<ContractCode> =>
      withContract(input, (opened) => contractCode(opened, deps.creationCodeOf)),
    events: (input: EventsInput): Promise<ContractEvents> =>
      withContract(input, (opened) => contractEvents(opened, input, resolver)),
    followEvents: (
      input: FollowEventsInput,
      signal?: AbortSignal,
    ): AsyncGenerator<EventNews, void> =>
      followEvents({ ...deps, withContract, resolver }, input, signal),
    storage: (input: StorageInput): Promise<ContractStorage> =>
      withContract(input, (opened) => contractStorage(opened, input, deps.layoutOf)),
    snippet: (input: SnippetInput): Promise<{ text: string }> =>
      withContract(input, async (opened) => ({
        text: await snippet(opened, input, resolver, deps.chainUrl),
      })),
    readMany: (input: ReadManyInput): Promise<ReadValues> =>
      deps.reading(input.network, (from) => readMany(from, input, open, resolver)),
    readAll: (input: ContractRef): Promise<ContractValues> => withContract(input, readAllValues),
  };
}

export type ContractsService = ReturnType<typeof contractsService>;
