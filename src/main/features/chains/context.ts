import type { Logger } from 'pino';
import type { Engines } from '../../engines/engines.ts';
import type { OriginOf } from '../../eth/upstream-failure.ts';
import { KeyedLock } from '../../lib/keyed-lock.ts';
import type { ProcessRef } from '../../lib/process-ref.ts';
import type { Seal } from '../../lib/secrets/seal.ts';
import type { RequestHeaders } from '../../lib/secrets/secret-headers.ts';
import { AppError } from '../../shared/errors.ts';
import type { BriefRef } from '../../shared/refs.ts';
import type { ChainGateway } from '../../targets/chain/chain-gateway.ts';
import type { Change } from '../app/contract.ts';
import type { Emit } from '../events/contract.ts';
import { assertUnused } from './assert-unused.ts';
import type { ChainCreations } from './creation/creations.ts';
import { ChainFolder } from './folder.ts';
import type { ChainRow, ChainsStore } from './store.ts';

/** What has become of the files of runs, as absolute paths. */
export interface RunFiles {
  aside: string[];
  back: string[];
  kept: { file: string; why: string }[];
}

/** The network that a chain backs, with its real address. */
export interface ChainNetwork {
  name: string;
  kind: 'local' | 'fork' | 'remote';
  /** Of a fork: the id that its upstream must return, if known. */
  chainId: number | null;
  /** The id that the chain itself is to return; null: the upstream's. */
  servedChainId: number | null;
  url: string | null;
  /** Why it can't be read, if it can't. */
  urlProblem?: string;
  /** Sent with each request to what a fork starts from. */
  headers: RequestHeaders;
  /** Why some of them can't be read, if any. */
  headersProblem?: string;
  forkBlock: number | null;
  port: number | null;
}

/** Hands out each port once; see `ports`. */
export interface Ports {
  /** Null, or who is about to use it; `owner: null` when a process listens there. */
  take: (owner: string, port: number) => Promise<{ owner: string | null } | null>;
  find: (owner: string, from: number) => Promise<number>;
  suggest: (owner: string, from: number) => Promise<number>;
  settle: (owner: string) => void;
}

export interface ChainsDependencies {
  store: ChainsStore;
  creations: ChainCreations;
  seal: Seal;
  /** Where a chain forks from. */
  originOf: OriginOf;
  engines: Engines;
  dataFolder: string;
  /** This process. */
  owner: ProcessRef;
  logger: Logger;
  ports: Ports;
  gateway: ChainGateway;
  /** Every local and fork network. */
  networks: () => ChainNetwork[];
  /** Says what happened; that it did also tells `changed`. */
  emit: Emit;
  changed: (change: Change) => void;
  /** Hides secrets in what anvil or a node says. */
  mask: (text: string) => string;
  /** Who deploys to the chain right now, e.g. `vault #3`. */
  userOf: (chain: string) => string | undefined;
  /** Batches of changes as they happen, from the call on. */
  news: (signal?: AbortSignal) => AsyncIterable<Change[]>;
  deployments: {
    /** Those whose contracts are on the chain, each with one address to look for. */
    live: (chain: string) => (BriefRef & { address: string | null })[];
    /** Ids of those whose contracts are on the chain, and of those that run. */
    standing: (chain: string) => number[];
    /** Exactly these are live on the chain from now on; the others of the chain are not. */
    setLive: (chain: string, ids: readonly number[]) => void;
    /** Brings the files in which runs have written what they did to where the chains are. */
    settleFiles: () => Promise<RunFiles>;
    describe: (ids: readonly number[]) => BriefRef[];
    /** With what it has deployed; null: it is gone. */
    titled: (id: number) => (BriefRef & { title: string }) | null;
    /** The automatic snapshot before the newest live deployment. */
    lastSnapshot: (chain: string) => number | null;
  };
}

/** What the files of this feature share: the parts, and what is under way on which chain. */
export class ChainsContext {
  readonly locks = new KeyedLock<string>();
  /** What this core is doing with chains; it records what becomes of their processes. */
  readonly changing = new Map<string, 'starting' | 'stopping'>();
  /** What is being made for a chain that is about to start, in its latest line. */
  readonly preparing = new Map<string, string>();
  /** Snapshots whose state is still being read: what moves the chain waits. */
  readonly reading = new Map<string, Promise<void>>();
  /** Snapshots that are still being written to disk; what the user changes next waits. */
  readonly saving = new Map<string, Promise<void>>();
  /** Snapshots that are being reverted to: not deleted for being old. */
  readonly targets = new Set<number>();
  /** Chains whose state changed without a new block since the current snapshot. */
  readonly touched = new Set<string>();
  /** What a chain that is about to end is held up for; each has a limit of its own. */
  readonly beforeEnd = new Set<(chain: string) => Promise<void>>();
  /** Chains that were shown as not responding; what hears of them next tells that they do. */
  readonly foundStill = new Set<string>();
  /** Chains that have told of a block since the current snapshot; only a hint. */
  readonly moved = new Set<string>();

  constructor(readonly deps: ChainsDependencies) {}

  folder(chain: string): ChainFolder {
    return new ChainFolder(this.deps.dataFolder, chain, this.deps.owner);
  }

  /** What is recorded of a chain; of one that never ran, what it would start with. */
  row(chain: string): ChainRow {
    return this.deps.store.chain(chain) ?? neverStarted(this.network(chain));
  }

  /** The local or fork network behind a chain. Throws CHAIN_NOT_FOUND. */
  network(chain: string): ChainNetwork {
    const network = this.deps.networks().find((n) => n.name === chain);
    if (network) return network;
    throw new AppError(
      'CHAIN_NOT_FOUND',
      `There is no chain "${chain}". Chains belong to local and fork networks; list them with "drydock chain list".`,
      { field: 'chain', fix: { label: 'Show the chains', command: 'drydock chain list' } },
    );
  }

  /** One change of a chain at a time. Throws CHAIN_BUSY while a deployment holds it. */
  change<T>(chain: string, work: () => Promise<T>): Promise<T> {
    this.assertUnused(chain);
    return this.locks.run(chain, async () => {
      await this.saving.get(chain);
      return work();
    });
  }

  /** Tells that the chain is being started or stopped until the work is done, whatever it does. */
  async during<T>(
    chain: string,
    what: 'starting' | 'stopping',
    work: () => Promise<T>,
  ): Promise<T> {
    if (this.changing.has(chain)) return work();
    const tell = () => this.deps.changed({ topic: 'chains', key: chain });
    this.changing.set(chain, what);
    tell();
    try {
      return await work();
    } finally {
      this.changing.delete(chain);
      tell();
    }
  }

  /** Waits until a deployment can have a chain to itself. Returns how to let go. */
  async hold(chain: string): Promise<() => void> {
    const release = await this.locks.acquire(chain);
    await this.reading.get(chain)?.catch(() => undefined);
    return release;
  }

  /** Throws CHAIN_BUSY while a deployment, of whichever core, goes to the chain. */
  assertUnused(chain: string): void {
    assertUnused(chain, this.deps.userOf);
  }
}

const neverStarted = (network: ChainNetwork): ChainRow => ({
  name: network.name,
  port: null,
  chainId: network.servedChainId ?? 0,
  process: null,
  instance: null,
  startedAt: null,
  forkBlock: network.forkBlock,
  blockNumber: null,
  currentSnapshot: null,
  problem: null,
  engine: null,
  signingInstance: null,
  codeSizeLimit: null,
  revertingTo: null,
  backend: null,
  gateway: 'on',
  creation: null,
  sealedUpstream: null,
});
