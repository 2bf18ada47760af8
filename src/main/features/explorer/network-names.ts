import { type Abi, getAddress } from 'viem';
import { implementationOf } from '../../eth/clone.ts';
import type { CreatedContract, TreeNames } from '../../eth/inside/call-tree.ts';
import type { KnownContract, Names } from '../../eth/inside/names.ts';
import type { ReadNetwork } from './network-reader.ts';
import type { ExplorerStore } from './store.ts';

/** A compiled contract that some code came from. */
interface NamedArtifact {
  id: number;
  name: string;
}

/** What compilers left, of all projects. */
export interface KnownArtifacts extends Pick<Names, 'functions' | 'errors' | 'events'> {
  byRuntime(code: string): NamedArtifact | null;
  byCreation(code: string): (NamedArtifact & { constructorArguments: string | null }) | null;
  get(id: number): { abi: Abi };
}

/** Names on one network, for as long as one request lasts: what stands at an address may change. */
export class NetworkNames implements TreeNames {
  readonly #from: ReadNetwork;
  readonly #artifacts: KnownArtifacts;
  readonly #store: ExplorerStore;
  readonly #known = new Map<string, Promise<KnownContract | null>>();

  constructor(from: ReadNetwork, artifacts: KnownArtifacts, store: ExplorerStore) {
    this.#from = from;
    this.#artifacts = artifacts;
    this.#store = store;
  }

  functions = (selector: string) => this.#artifacts.functions(selector);
  errors = (selector: string) => this.#artifacts.errors(selector);
  events = (topic: string) => this.#artifacts.events(topic);

  async createdBy(code: string): Promise<CreatedContract | null> {
    const found = this.#artifacts.byCreation(code);
    return found && { ...found, abi: this.#abiOf(found) };
  }

  contractAt(address: string): Promise<KnownContract | null> {
    const key = address.toLowerCase();
    const known = this.#known.get(key) ?? this.#look(key);
    this.#known.set(key, known);
    return known;
  }

  async #look(address: string): Promise<KnownContract | null> {
    const code = await this.#from.call<string>('eth_getCode', [address, 'latest']);
    if (code === '0x') return null;
    const own = this.#artifacts.byRuntime(code);
    const recorded = this.#store.contractAt(this.#from.name, getAddress(address));
    const label = recorded?.label ?? null;
    const implementation = implementationOf(code);
    const logic = implementation === null ? null : await this.contractAt(implementation);
    if (logic && implementation !== null) {
      return {
        ...{ name: logic.name, label, artifact: logic.artifact },
        abi: [...logic.abi, ...this.#abiOf(own)],
        proxy: { name: own?.name ?? null, kind: 'clone', implementation },
      };
    }
    const name = own?.name ?? recorded?.name;
    if (name === undefined || name === null) return null;
    return { name, label, abi: this.#abiOf(own), artifact: own?.id ?? null, proxy: null };
  }

  #abiOf(artifact: NamedArtifact | null): Abi {
    return artifact ? this.#artifacts.get(artifact.id).abi : [];
  }
}
