import type { CodeIndex } from '../../eth/code-index.ts';
import type { CompiledContract } from '../../eth/compiled-contract.ts';
import type { Rpc } from '../../eth/rpc.ts';
import type { ForkOrigin } from '../../eth/upstream-failure.ts';
import type { ContractsResult, Transaction } from '../../shared/result.ts';
import type { Failure } from '../../shared/run.ts';
import type { Target } from '../target.ts';
import type { PlannedCall } from './upgrades.ts';

export interface NetworkName {
  name: string;
  /** The first two are Drydock's own chains, and can be started, funded and reverted. */
  kind: 'local' | 'fork' | 'remote';
  /** Where it forks from; null: nowhere. */
  origin?: ForkOrigin | null;
}

/** What a run's input requests of its network. */
export interface ChainNeeds {
  /** An account's index or address; null: the first account, where the node signs. */
  from: string | null;
  /** Name of the key that signs what was reviewed; null: none of Drydock's does. */
  key: string | null;
  /** A keystore of this machine signs, not the node. */
  hasKeystore: boolean;
  /** Take a snapshot before the run, where there are snapshots. */
  snapshot: boolean;
  /** Its commands send through `record`, so that they have to reach this process. */
  records: boolean;
  /** Ids of other chains to which it may send. */
  allowChains: readonly number[];
  /** An upgrade of a proxy that breaks what is there is sent all the same. */
  allowUnsafeUpgrade: boolean;
  /** What the builds of a project contain, by which its contracts get their names. */
  compiled(folder: string): Promise<CompiledContract[]>;
  /**
   * Its result comes from files that this tool writes, which the chain corrects; absent: from
   * `record`.
   */
  tool?: string;
}

/** What a rehearsal says. */
export interface Planned {
  result: ContractsResult;
  /** What goes to the target itself, in order. */
  calls: PlannedCall[];
}

/** What is known about transactions before they are sent. */
export interface Review {
  /** They must not be sent. */
  refused: Failure | null;
  /** Warnings, as sentences. */
  warnings: string[];
  /** Lines for the log. */
  notes: string[];
  /** Some of them go to a node that is not on this machine: it signs nothing. */
  leavesMachine: boolean;
}

/** Records everything that is sent through it. Disposing closes the way to the network. */
export interface Recording extends AsyncDisposable {
  /** The network's address for the run's commands; secret, and valid only until the run ends. */
  readonly rpcUrl: string;
  /** The hashes of what was sent, in order. */
  readonly hashes: readonly string[];
  /** Why nothing more of the run was sent; null: all was. */
  readonly refused: Failure | null;
  /** What the chain reports about all that was sent, and all that it created. */
  result(index: CodeIndex): Promise<ContractsResult>;
}

export interface ReadingOptions {
  /** Names what was created. */
  index: CodeIndex;
  /** Gets lines for the log. */
  note(line: string): void;
}

export interface RecordOptions {
  /**
   * Called before the tool receives the node's reply to a transaction, which is in no block yet. An
   * error that this throws is the tool's reply.
   */
  onSent(transaction: Transaction): void;
  /** Gets lines for the log. */
  note(line: string): void;
  /** Gets what must not be overlooked, with what to do. */
  warn(message: string): void;
  /** Results that the tool gets instead of the node's, by method. */
  rewrites?: Record<string, (result: unknown) => unknown>;
  /**
   * Methods that the node never sees, by name: what these return is the reply to the tool. Any code
   * of the run can call them.
   */
  own?: Record<string, (params: unknown) => Promise<unknown>>;
}

/** As it may be signed. Amounts are hex, wei. */
export interface ReviewedTransaction {
  nonce: number;
  /** null: creates a contract. */
  to: string | null;
  value: string;
  data: string;
  gas: string;
}

/** A network, for kinds whose projects deploy contracts. */
export interface ChainTarget extends Target {
  readonly type: 'chain';
  readonly network: NetworkName;
  /** Its address for the run's commands. */
  readonly rpcUrl: string;
  /** The URL contains a key or a password: it must not appear in a command line. */
  readonly secretUrl: boolean;
  readonly chainId: number;
  readonly sender: string | null;
  /** The node signs for the sender: a Drydock chain, or a development node. */
  readonly unlocked: boolean;
  /** Of the sender, where it is a development account; null: nobody here has it. */
  developmentKey(): string | null;
  /** A chain of Drydock's. */
  readonly isOwn: boolean;
  /** Bytes of code that a contract may have there; null: Ethereum's limit. */
  readonly codeSizeLimit: number | null;
  /** Proxies may stand there that a run could upgrade. */
  readonly mayHoldProxies: boolean;
  /** Checks what a rehearsal says would be sent; null: nothing. */
  review(planned: Planned | null): Promise<Review>;
  /** Asks the network, and sends to it, from this process. */
  readonly call: Rpc;
  /** What the network reports about transactions of the run, in order, and all that they created. */
  read(hashes: readonly string[], reading: ReadingOptions): Promise<ContractsResult>;
  /**
   * Opens a way to the network for this run alone, for tools whose RPC can be set. Of the accounts
   * that the node signs for, `sender` comes first there.
   */
  record(options: RecordOptions): Promise<Recording>;
  /** What was reviewed, and no run has recorded as mined; none: nothing was reviewed. */
  rest(): readonly ReviewedTransaction[];
  /** An explanation, where a text names an address with nothing at it: a sentence, or empty. */
  takenBack(text: string): string;
}
