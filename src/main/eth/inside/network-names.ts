import { type Abi, type AbiEvent, getAddress } from 'viem';
import type { NamedAddress } from '../../shared/named-addresses.ts';
import type { ReadNetwork } from '../network-reader.ts';
import { abiIndex } from './abi-index.ts';
import type { CreatedContract, TreeNames } from './call-tree.ts';
import type { KnownContract, Names } from './names.ts';
import { isReplaceable, type ProxyAt, proxyAt, whileRunning } from './proxy.ts';
import { shippedSignatures } from './signatures.ts';
import { wellKnownContract } from './well-known-contract.ts';

/** A compiled contract that some code came from. */
interface NamedArtifact {
  id: number;
  name: string;
}

/** What compilers left, of all projects. */
export interface KnownArtifacts extends Pick<Names, 'functions' | 'errors' | 'events'> {
  /** The likeliest first. */
  eventsNamed(name: string): readonly AbiEvent[];
  /** @param preferred whose is taken of several with the same code */
  byRuntime(code: string, preferred: { project?: number }): NamedArtifact | null;
  byCreation(
    code: string,
    preferred: { project?: number },
  ): (NamedArtifact & { constructorArguments: string | null }) | null;
  abi(id: number): Abi;
  /** The name of a project that has compiled it; null: none that is known. */
  projectOf(id: number, preferred?: number): string | null;
}

/** What is recorded of a contract on a network. */
export interface RecordedName {
  name: string | null;
  label: string | null;
  /** Of the project that deployed it. */
  project?: number;
  /** The ABI of a contract whose code is of no known project. */
  abi?: Abi;
}

/** What is stored here of addresses on networks. */
export interface StoredNames {
  recordedAt(network: string, address: string): RecordedName | null;
  /** What the user calls an address. */
  labelAt(network: string, address: string): string | null;
}

/** What runs behind a proxy. */
interface Logic {
  /** Of its artifact; null: it is known by its address. */
  id: number | null;
  name: string;
  abi: Abi;
}

/** What stands at an address, whatever runs behind it. */
interface Standing {
  code: string;
  recorded: RecordedName | null;
  own: NamedArtifact | null;
  proxy: ProxyAt | null;
}

/** Names on one network, for as long as one request lasts: what stands at an address may change. */
export class NetworkNames implements TreeNames {
  readonly #from: ReadNetwork;
  readonly #artifacts: KnownArtifacts;
  readonly #stored: StoredNames;
  /** By address, what ran behind it, and what stood there. */
  readonly #known = new Map<string, Promise<KnownContract | null>>();
  /** By address, as it was first looked up. */
  readonly #met = new Map<string, Promise<KnownContract | null>>();
  readonly #isMetWhole = new Set<string>();
  readonly #standing = new Map<string, Promise<Standing | null>>();

  constructor(from: ReadNetwork, artifacts: KnownArtifacts, stored: StoredNames) {
    this.#from = from;
    this.#artifacts = artifacts;
    this.#stored = stored;
  }

  functions = (selector: string) => [
    ...this.#artifacts.functions(selector),
    ...(shippedSignatures().functions.get(selector) ?? []),
  ];
  errors = (selector: string) => [
    ...this.#artifacts.errors(selector),
    ...(shippedSignatures().errors.get(selector) ?? []),
  ];
  events = (topic: string) => [
    ...this.#artifacts.events(topic),
    ...(shippedSignatures().events.get(topic) ?? []),
  ];

  /** Events of any known contract, by their name; the likeliest first. */
  eventsNamed = (name: string): readonly AbiEvent[] => this.#artifacts.eventsNamed(name);

  async createdBy(code: string, at?: string): Promise<CreatedContract | null> {
    const recorded = at === undefined ? null : this.#stored.recordedAt(this.#from.name, at);
    const project = recorded?.project;
    const found = this.#artifacts.byCreation(code, { project });
    return (
      found && {
        ...{ ...found, abi: this.#abiOf(found) },
        project: this.#artifacts.projectOf(found.id, project),
      }
    );
  }

  labelAt(address: string): string | null {
    return this.#stored.labelAt(this.#from.name, address);
  }

  /**
   * What is known of addresses without asking the network for it: of each one that has a name, and
   * of no more than `most`.
   */
  async named(addresses: Iterable<string>, most = 2000): Promise<NamedAddress[]> {
    const distinct = new Set<string>();
    for (const address of addresses) {
      if (distinct.size >= most) break;
      distinct.add(address.toLowerCase());
    }
    const all = await Promise.all([...distinct].map((address) => this.#named(address)));
    return all.filter(({ contract, label }) => contract !== null || label !== null);
  }

  async #named(address: string): Promise<NamedAddress> {
    const known = await this.#met.get(address);
    const recorded = known ? null : this.#stored.recordedAt(this.#from.name, address);
    const name = known?.name ?? recorded?.name ?? null;
    return {
      address: getAddress(address),
      // One without a name is called by its address.
      contract: name === address ? null : name,
      label: known?.label ?? this.labelAt(address) ?? recorded?.label ?? null,
    };
  }

  contractAt(
    address: string,
    ran?: readonly string[],
    code?: string,
  ): Promise<KnownContract | null> {
    const at = address.toLowerCase();
    const behind = ran === undefined ? [] : ['ran', ...ran];
    const key = [at, ...behind, ...(code === undefined ? [] : ['code', code])].join(' ');
    const known = this.#known.get(key.toLowerCase()) ?? this.#look(at, ran, code);
    this.#known.set(key.toLowerCase(), known);
    // What is not called for what it does itself is known for what is behind it.
    if (!this.#met.has(at) || !this.#isMetWhole.has(at)) this.#met.set(at, known);
    if (ran?.length !== 0) this.#isMetWhole.add(at);
    return known;
  }

  #standingAt(address: string): Promise<Standing | null> {
    const known = this.#standing.get(address) ?? this.#stand(address);
    this.#standing.set(address, known);
    return known;
  }

  async #stand(address: string): Promise<Standing | null> {
    return this.#standAs(
      address,
      await this.#from.call<string>('eth_getCode', [address, 'latest']),
    );
  }

  async #standAs(address: string, code: string): Promise<Standing | null> {
    if (code === '0x') return null;
    const recorded = this.#stored.recordedAt(this.#from.name, address);
    const own = this.#artifacts.byRuntime(code, { project: recorded?.project });
    return { code, recorded, own, proxy: await proxyAt(this.#from.call, address, code) };
  }

  async #look(
    address: string,
    asked?: readonly string[],
    stood?: string,
  ): Promise<KnownContract | null> {
    const [standing, told] = await Promise.all([
      stood === undefined ? this.#standingAt(address) : this.#standAs(address, stood),
      this.#from.behind?.(address) ?? null,
    ]);
    const ran = asked ?? told;
    if (!standing && !ran?.length) return null;
    const { code, recorded, own, proxy: found } = standing ?? this.#nothingAt(address);
    const abi = [...(recorded?.abi ?? []), ...this.#abiOf(own)];
    const label = this.labelAt(address) ?? recorded?.label ?? null;
    // An account passes nothing on: it runs the code of another one itself.
    const proxy = this.#isNone(own, found)
      ? null
      : whileRunning(found, code, (ran?.length ? ran : told) ?? []);
    const behind = proxy && (await this.#behind(proxy, own, recorded));
    const logic = behind?.logic ?? null;
    if (proxy && isReplaceable(proxy) && ran?.length === 0) {
      return this.#answering(address, { code, recorded, own, proxy }, logic);
    }
    const name = logic?.name ?? own?.name ?? recorded?.name ?? wellKnownContract(code);
    // What passes calls on to code without a name is no contract for that alone, nor is an account.
    const isProxy =
      logic !== null || (proxy !== null && proxy.kind !== 'proxy' && proxy.kind !== 'delegation');
    if (name === null && abi.length === 0 && !isProxy) return null;
    const artifact = logic?.id ?? own?.id ?? null;
    return {
      ...{ name: name ?? address, label, artifact },
      project: artifact === null ? null : this.#artifacts.projectOf(artifact, recorded?.project),
      abi: logic ? [...logic.abi, ...abi] : abi,
      proxy: behind?.proxy ?? null,
    };
  }

  /** A contract that passes calls on, for those that it answers itself. */
  #answering(
    address: string,
    { code, recorded, own }: Standing,
    logic: Logic | null,
  ): KnownContract {
    const artifact = own?.id ?? logic?.id ?? null;
    return {
      name: own?.name ?? recorded?.name ?? wellKnownContract(code) ?? logic?.name ?? address,
      label: this.labelAt(address) ?? recorded?.label ?? null,
      artifact,
      project: artifact === null ? null : this.#artifacts.projectOf(artifact, recorded?.project),
      abi: [...(recorded?.abi ?? []), ...this.#abiOf(own), ...(logic?.abi ?? [])],
      proxy: null,
    };
  }

  #nothingAt(address: string): Standing {
    const recorded = this.#stored.recordedAt(this.#from.name, address);
    return { code: '0x', recorded, own: null, proxy: null };
  }

  async #behind(
    { kind, implementations }: ProxyAt,
    own: NamedArtifact | null,
    recorded: RecordedName | null,
  ): Promise<{ logic: Logic | null; proxy: KnownContract['proxy'] }> {
    const [implementation = ''] = implementations;
    return {
      logic: await this.#logicOf(implementations, recorded?.project),
      proxy: { name: own?.name ?? null, kind, implementation },
    };
  }

  /**
   * What has only the functions of its source passes nothing on, also where it hands a call of its own
   * over to another one, such as a library.
   */
  #isNone(own: NamedArtifact | null, found: ProxyAt | null): boolean {
    return own !== null && found === null && !abiIndex(this.#abiOf(own)).hasFallback;
  }

  #abiOf(artifact: NamedArtifact | null): Abi {
    return artifact ? this.#artifacts.abi(artifact.id) : [];
  }

  /** Of a diamond, the facets' functions together, under the first name. */
  async #logicOf(
    implementations: readonly string[],
    project: number | undefined,
  ): Promise<Logic | null> {
    const codes = await Promise.all(
      implementations.map((at) => this.#from.call<string>('eth_getCode', [at, 'latest'])),
    );
    const found = implementations.flatMap((at, i) => this.#logicAt(at, codes[i] ?? '0x', project));
    const [first] = found;
    return first ? { ...first, abi: found.flatMap(({ abi }) => [...abi]) } : null;
  }

  /** By its code, else as the user has added it. */
  #logicAt(address: string, code: string, project: number | undefined): Logic[] {
    const artifact = this.#artifacts.byRuntime(code, { project });
    if (artifact) return [{ ...artifact, abi: this.#abiOf(artifact) }];
    const recorded = this.#stored.recordedAt(this.#from.name, address);
    if (code === '0x' || !recorded?.abi) return [];
    return [{ id: null, name: recorded.name ?? address, abi: recorded.abi }];
  }
}
