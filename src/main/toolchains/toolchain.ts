import type { Command, Workspace } from '../engines/engine.ts';
import type {
  Contract,
  Failure,
  PhaseName,
  Transaction,
} from '../features/deployments/contract.ts';
import type { Script } from '../features/projects/contract.ts';

/** What a deploy of a project needs to know about where it goes. */
export interface Target {
  /** As the command shall see it. */
  rpcUrl: string;
  /** The URL carries a key or a password: it must not stand in a command line. */
  secretUrl: boolean;
  chainId: number;
  /** The node signs for the sender itself (a chain of ours, or a development node). */
  unlocked: boolean;
}

export interface DeployRequest {
  folder: string;
  /** Relative file of the script and the contract in it. */
  script: { file: string; contract: string };
  /** Canonical, e.g. `run(uint256)`. */
  signature: string;
  args: string[];
  from: string | null;
  account?: string;
  passwordFile?: string;
  target: Target;
}

/** One command, and how to follow it. */
export interface Plan {
  command: Command;
  /** The command as a person would type it, secrets masked. */
  display: string;
  /** Values that must be masked in every line of output. */
  secrets: string[];
  /** Lines for the log before it starts, e.g. which compiler is used and why. */
  notes: string[];
  /** Reads a line of output; answers the phase that has begun with it, if one has. */
  phaseOf(line: string, stream: 'stdout' | 'stderr'): PhaseName | undefined;
  /** Reads what the tool has written up to now. Never throws for half-written files. */
  progress(): Promise<Transaction[] | undefined>;
  /** Folder whose changes tell that `progress` has something new. */
  progressFolder: string;
  /** The final reading, after the command has ended. `null`: it left nothing behind. */
  outcome(): Promise<Outcome | null>;
}

export interface Outcome {
  transactions: Transaction[];
  /** Contracts with names; `verified` is false until the chain has been asked. */
  contracts: Contract[];
}

export interface ExplainInput {
  exitCode: number | null;
  /** The run's output lines without colours, the last few thousand. */
  lines: { seq: number; text: string }[];
  phase: PhaseName;
  network: string;
}

/** Everything that is particular to a kind of project. A new kind is one new folder. */
export interface Toolchain {
  readonly kind: 'foundry';
  /** Whether the folder is one; if not, what is missing, as a sentence. */
  detect(folder: string): Promise<{ ok: true } | { ok: false; reason: string }>;
  /** Every deploy script. Throws NOT_A_PROJECT when the configuration can't be read. */
  scripts(folder: string): Promise<Script[]>;
  /** Throws BAD_ARGUMENT when the arguments don't fit the signature. */
  checkArguments(signature: string, args: readonly string[]): void;
  /** Gets what a compile needs, and says what runs. Throws AppError when it can't be had. */
  plan(request: DeployRequest, workspace: Workspace): Promise<Plan>;
  /** What a run left behind whose plan is gone with its core; null: nothing. */
  leftBehind(run: {
    folder: string;
    script: { file: string; contract: string };
    signature: string;
    chainId: number;
    /** Unix time, ms. */
    since: number;
  }): Promise<Outcome | null>;
  /** Why a run failed: a cause, a sentence, the line that shows it. */
  explain(input: ExplainInput): Failure;
}
