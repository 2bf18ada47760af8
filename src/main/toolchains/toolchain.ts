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

export interface PhaseChange {
  begins: PhaseName;
  /** There was nothing to do in the one before. */
  skipped?: boolean;
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
  phaseOf(line: string, stream: 'stdout' | 'stderr'): PhaseChange | undefined;
  /** What a line tells that must not be overlooked, as sentences with what to do. */
  warningOf(line: string): string | undefined;
  /** What the tool has written up to now, if that is news. Never throws for half-written files. */
  progress(): Transaction[] | undefined;
  /** The final reading, once the phase `record` has begun. `null`: it left nothing behind. */
  outcome(): Promise<Outcome | null>;
  /** To be called once after the command, when the run's end is recorded. */
  ended(): void;
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

/** What a compile has made, kept by what it was made from. */
export interface Kept {
  key: string;
  /** Unix time, ms. */
  keptAt: number;
  /** Holds the files, named by their position: `0`, `1`, … */
  folder: string;
  /** As they were given to `keep`. */
  facts: unknown;
}

export interface ToKeep {
  /** Entries are looked for by group, and told apart by key; both are file names. */
  group: string;
  key: string;
  /** JSON. */
  facts: unknown;
  files: Uint8Array[];
}

/** None of it ever fails: what can't be read isn't there, and what can't be written isn't kept. */
export interface CompileCache {
  /** The entries of a group that aren't over their time, the last used first. */
  find(group: string): Kept[];
  /** Asks what is to be kept, and keeps it, in its own time. */
  keep(what: () => Promise<ToKeep | undefined>): void;
  /** Its time begins anew. */
  used(kept: Kept): void;
  drop(kept: Kept): void;
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
  /**
   * What a run left behind whose plan is gone with its core. null: nothing; `unreadable`: something,
   * of which only a part was written.
   */
  leftBehind(run: {
    folder: string;
    script: { file: string; contract: string };
    signature: string;
    chainId: number;
    /** Unix time, ms. */
    since: number;
  }): Promise<Outcome | 'unreadable' | null>;
  /** Why a run failed: a cause, a sentence, the line that shows it. */
  explain(input: ExplainInput): Failure;
}
