import type { Command } from '../../engines/engine.ts';
import type { ContractsResult, Transaction } from '../../shared/result.ts';
import type { ChainTarget, NetworkName, Planned } from '../../targets/chain/chain-target.ts';
import type { RunEnvironment } from '../kind.ts';
import type { LibraryPlace } from '../libraries.ts';
import type { FoundryPhase } from './info.ts';

/** Where the transactions go. */
export type DeployTarget = Pick<
  ChainTarget,
  'rpcUrl' | 'secretUrl' | 'chainId' | 'unlocked' | 'isOwn' | 'codeSizeLimit' | 'mayHoldProxies'
>;

export interface DeployRequest {
  folder: string;
  /** Relative file of the script and the contract in it. */
  script: { file: string; contract: string };
  /** Canonical, e.g. `run(uint256)`. */
  signature: string;
  args: string[];
  /** Of foundry.toml; absent: as the environment says. */
  profile?: string;
  /** As `checkedOptions` returns them; absent: none. */
  options?: string[];
  from: string | null;
  account?: string;
  passwordFile?: string;
  /** Absent: no variables. */
  environment?: RunEnvironment;
  target: DeployTarget;
}

export interface PhaseChange {
  begins: FoundryPhase;
  /** The previous phase had nothing to do. */
  skipped?: boolean;
}

/** One command, and how to follow it. */
export interface Plan {
  /**
   * Determines what the command would send, and where, without sending; run it before the command.
   * null: everything that the command sends goes to its target, and upgrades nothing.
   */
  rehearsal: Command | null;
  /** The result of the rehearsal, once it has succeeded. null: nothing would be sent. */
  rehearsed(): Promise<Planned | null>;
  command: Command;
  /**
   * The same for chains whose nodes sign nothing: the tool signs, with the keys that it is given.
   */
  signing: Command;
  /** The command as a person would type it, secrets masked. */
  display: string;
  /** Values to mask in every line of output. */
  secrets: string[];
  /** Lines for the log before it starts, e.g. which compiler is used and why. */
  notes: string[];
  /** Reads a line of output. Returns the phase that starts with it, if any. */
  phaseOf(line: string): PhaseChange | undefined;
  /** Important messages of a line, as sentences with what to do. */
  warningOf(line: string): string | undefined;
  /** What the tool has written so far, if that is new. Never throws for incomplete files. */
  progress(): Transaction[] | undefined;
  /** The final reading, once the phase `record` has started. `null`: nothing was left. */
  outcome(): Promise<ContractsResult | null>;
  /**
   * The command that continues after one that failed, to run when that has ended. undefined: the
   * failure was not a question that can be answered automatically.
   */
  goOn(stopped: Command): Command | undefined;
  /** Call once after the command, when the run's end is recorded. */
  ended(): void;
}

export interface ExplainInput {
  /** Absent: no advice about its folder is given. */
  project?: LibraryPlace & { id: number };
  exitCode: number | null;
  /** That ended it, where the engine tells. */
  signal?: string | null;
  /** The run's output lines without colours, the last few thousand. */
  lines: { seq: number; text: string }[];
  phase: string;
  network: NetworkName;
  /** As in `DeployTarget`. */
  codeSizeLimit: number | null;
}
