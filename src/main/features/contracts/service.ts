import type { Reading, ReadNetwork } from '../../eth/network-reader.ts';
import type { OwnUpstreams } from '../../eth/own-upstreams.ts';
import type { AddressOf } from '../../shared/address-of.ts';
import { contractAbi } from './abi.ts';
import { type AddDependencies, addedContracts } from './add.ts';
import { type CreationCodeOf, contractCode } from './code.ts';
import type {
  CallInput,
  ContractValue,
  ContractValues,
  ReadInput,
  ReadManyInput,
  ReadValues,
  Senders,
  SendInput,
  SentCall,
  Simulation,
  SnippetInput,
} from './contract/calls.ts';
import type { ContractAbi, ContractCode, ContractDetail } from './contract/detail.ts';
import type {
  ContractEvents,
  EventNews,
  EventsInput,
  FollowEventsInput,
} from './contract/events.ts';
import type { LiveContracts, LiveContractsInput, Pin, PinInput } from './contract/listed.ts';
import type { ContractRef } from './contract/ref.ts';
import type {
  ContractStorage,
  SetStorageInput,
  StorageInput,
  StorageSet,
} from './contract/storage.ts';
import { contractEvents } from './events.ts';
import { type FollowDependencies, followEvents } from './follow-events.ts';
import { listedContracts } from './listed-contracts.ts';
import type { NamedEventsDependencies } from './named-events.ts';
import { contractOpener, type OpenDependencies, withContractOf } from './open-contract.ts';
import type { PinsStore } from './pins-store.ts';
import { readAllValues, readValue } from './read.ts';
import { readMany } from './read-many.ts';
import type { ContractResolver, KnownLabels } from './resolve.ts';
import { type SavedCallsDependencies, savedCalls } from './saved-calls.ts';
import { type SendDependencies, send } from './send.ts';
import { senders } from './senders.ts';
import { setStorage, type WriteSlots } from './set-storage.ts';
import { type Creations, showContract } from './show.ts';
import { checkCall, type NamedState, simulate } from './simulate.ts';
import { snippet } from './snippet.ts';
import { contractStorage, type LayoutOf, type StorageDependencies } from './storage.ts';
import type { ContractsStore } from './store.ts';

/** Rejects with what to do where nothing can be told. */
interface KnownReading {
  read<T>(work: (from: ReadNetwork, part: KnownReading) => Promise<T>): Promise<T>;
  withMissing<T extends object>(
    shown: T,
    there: { command: string; block: number | null },
  ): T & { missing?: string };
}

export interface ContractsDependencies
  extends Omit<OpenDependencies, 'resolver'>,
    AddDependencies,
    SendDependencies,
    NamedEventsDependencies,
    Pick<SavedCallsDependencies, 'calls' | 'changed'> {
  reading: Reading;
  /** What was recorded of a chain that does not run; null: nothing is known of it. */
  stopped: (network: string) => ReadNetwork | null;
  /** A network as far as it is known without the upstream of a fork. */
  knownPart: (from: ReadNetwork) => KnownReading;
  listen: FollowDependencies['listen'];
  store: ContractsStore;
  ownUpstreams: OwnUpstreams;
  /** Throws PROJECT_NOT_FOUND. */
  project: (ref: string | number) => { id: number };
  writeSlots: WriteSlots;
  layoutOf: LayoutOf;
  preimages: StorageDependencies['preimages'];
  findKeys: StorageDependencies['findKeys'];
  namedState: NamedState;
  pins: PinsStore;
  creations: Creations;
  creationCodeOf: CreationCodeOf;
  /** Of the running chain of a network; null for a remote one. */
  publicUrl: (network: string) => Promise<string | null>;
  resolver: ContractResolver;
  addressesOn: (network: string) => AddressOf;
  /** The development accounts of a network's chain, in the order of their index. */
  accountsOn: (network: string) => readonly string[];
  labels: KnownLabels;
}

export function contractsService(deps: ContractsDependencies) {
  const { project: find, resolver, labels, addressesOn: on } = deps;
  const open = contractOpener({ ...deps, resolver });
  const withContract = withContractOf(deps.reading, open);
  const withRecorded = withContractOf(deps.reading, open, deps.stopped);

  const { add, remove, list: listAdded } = addedContracts(deps);

  const making = {
    read: (input: ReadInput): Promise<ContractValue> =>
      withContract(input, (opened) => readValue(opened, input, on(input.network))),
    simulate: (input: CallInput): Promise<Simulation> =>
      withContract(input, (opened) => simulate(opened, input, on(input.network), deps.namedState)),
    send: (input: SendInput): Promise<SentCall> =>
      withContract(input, (opened) => send(opened, input, on(input.network), deps)),
  };

  return {
    /** For features that look into contracts by what people call them. */
    withContract,
    add,
    remove,
    ...making,
    saved: savedCalls({
      ...deps,
      ...making,
      checked: (input) =>
        withContract(input, (opened) => checkCall(opened, input, on(input.network))),
      addressOf: (network, contract) => resolver.standing(network, contract),
    }),
    live({ project, target, limit }: LiveContractsInput): LiveContracts {
      const asked = {
        project: project === undefined ? undefined : find(project).id,
        target,
        limit,
      };
      const pins = new Set(deps.pins.all(target ?? null).map(keyOf));
      const added = (project === undefined ? listAdded(target) : []).map((one) => ({
        ...{ ...one, pinned: pins.has(keyOf(one)) },
      }));
      const listed = listedContracts(deps, asked);
      const contracts = listed.contracts.map((one) => {
        const network = target ?? one.deployment.target;
        const label = labels.at(network, one.address)?.label ?? one.label;
        return { ...one, label, pinned: pins.has(keyOf({ network, address: one.address })) };
      });
      return { contracts, total: listed.total, added };
    },

    abi: (input: ContractRef): Promise<ContractAbi> =>
      contractAbi(
        {
          ...deps,
          standing: (network, ref) => resolver.standing(network, ref),
          opened: (ref) => withRecorded(ref, async (opened) => opened),
        },
        input,
      ),
    /** Throws NETWORK_NOT_FOUND, CONTRACT_NOT_FOUND, CONTRACT_AMBIGUOUS. */
    pin({ network, contract, pinned }: PinInput): Pin {
      deps.network(network);
      const { address } = resolver.find(network, contract);
      if (pinned) deps.pins.put(network, address);
      else deps.pins.remove(network, address);
      deps.changed({ topic: 'contracts' });
      return { network, address, pinned };
    },
    senders: (input: CallInput): Promise<Senders> =>
      withContract(input, (opened) =>
        senders(opened, input, {
          addressOf: on(input.network),
          accounts: deps.accountsOn(input.network),
          labels,
        }),
      ),
    show: (input: ContractRef): Promise<ContractDetail> =>
      deps.reading(
        input.network,
        (read) =>
          deps.knownPart(read).read(async (from, part) => {
            const opened = await open(from, input.contract);
            const command = `contract show ${opened.address}`;
            const shown = await showContract(opened, deps.creations);
            return part.withMissing(shown, { command, block: null });
          }),
        deps.stopped,
      ),
    code: (input: ContractRef): Promise<ContractCode> =>
      withRecorded(input, (opened) => contractCode(opened, deps.creationCodeOf)),
    events: (input: EventsInput): Promise<ContractEvents> =>
      withRecorded(input, (opened) => contractEvents(opened, input, on(input.network), deps)),
    followEvents: (
      input: FollowEventsInput,
      signal?: AbortSignal,
    ): AsyncGenerator<EventNews, void> => followEvents({ ...deps, withContract }, input, signal),
    storage: (input: StorageInput): Promise<ContractStorage> =>
      withContract(input, async (opened) => {
        const addressOf = on(input.network);
        return contractStorage(opened, input, { ...deps, addressOf });
      }),
    setStorage: (input: SetStorageInput): Promise<StorageSet> =>
      withContract(input, async (opened) => {
        const addressOf = on(input.network);
        return setStorage(opened, input, { ...deps, addressOf, write: deps.writeSlots });
      }),
    snippet: (input: SnippetInput): Promise<{ text: string }> =>
      withContract(input, async (opened) => ({
        text: await snippet(opened, input, on(input.network), deps.publicUrl),
      })),
    readMany: (input: ReadManyInput): Promise<ReadValues> =>
      deps.reading(input.network, (from) => readMany(from, input, open, on(input.network))),
    readAll: (input: ContractRef): Promise<ContractValues> => withContract(input, readAllValues),
  };
}

const keyOf = ({ network, address }: { network: string; address: string }): string =>
  `${network} ${address.toLowerCase()}`;

export type ContractsService = ReturnType<typeof contractsService>;
