import type { z } from 'zod';
import type { Command, Exit, OutputStream, Workspace } from '../engines/engine.ts';
import type { Toolchain } from '../engines/tools.ts';
import type { AddressOf } from '../shared/address-of.ts';
import type { Candidate, Choices, KindInfo } from '../shared/kind.ts';
import type { Result } from '../shared/result.ts';
import type { Failure } from '../shared/run.ts';
import type { Target } from '../targets/target.ts';
import type { AskedVariables } from './asked-variables.ts';
import type { ResultFiles } from './followed-run.ts';
import type { LibraryPlace, LibraryStep } from './libraries.ts';

/** How a run has ended. */
export type RunEnd =
  | { status: 'succeeded' }
  | { status: 'failed'; failure: Failure }
  | { status: 'cancelled' };

export interface KindProject {
  id: number;
  name: string;
  path: string;
  /** The folder that holds the `.git` that the project had when it was added. */
  repository: string | null;
}

export interface ExecOptions {
  /** A whole line of output without its end, masked and without colours. */
  onLine?(line: string, stream: OutputStream): void;
}

export interface Executed {
  exit: Exit;
  /** The run has to end now, whatever the exit code: cancelled, over time, its target gone. */
  stopped: RunEnd | null;
}

/**
 * A run, as its kind drives it. Nothing in here rejects because the run was cancelled or has run
 * out of time: `exec` resolves with `stopped`, so that a kind can still record what was done.
 * Whatever is to be written rejects or throws when it can't be.
 */
export interface RunContext<Input = unknown, T extends Target = Target> {
  readonly deployment: { id: number; number: number };
  readonly project: KindProject;
  readonly input: Input;
  readonly target: T;
  readonly workspace: Workspace;
  /** Aborted when the run is to end. */
  readonly signal: AbortSignal;
  /** Unix time, ms. */
  readonly startedAt: number;
  /** The target that others see, of which the run's is a copy; null: it is none. */
  readonly standsFor: string | null;
  /** Runs of the same project to the same target whose results are in place now, the newest first. */
  inPlace(): number[];
  /** Settles when the target is prepared, and what is known of it then is noted; `exec` waits for it. */
  readonly prepared: Promise<void>;
  /** Of `info.phases`; phases only move forward, and those between are passed in no time. */
  phase(id: string, previous?: 'done' | 'skipped'): void;
  /** The id of the phase that runs. */
  currentPhase(): string;
  /** A line of Drydock's own in the log. */
  note(line: string): void;
  /** A line of output of what the run has going elsewhere than in its workspace, e.g. a service. */
  output(stream: OutputStream, line: string): void;
  /** A sentence that must not be overlooked, with what to do. */
  warn(message: string): void;
  /** The command as a person would type it, without its secrets. */
  command(display: string): void;
  /** The variables that the user keeps for runs like it: for the code of the project alone. */
  readonly environment: RunEnvironment;
  /** Values that must be masked in everything that follows. */
  hide(secrets: readonly string[]): void;
  /** Runs a command in the workspace, once the target is prepared, and writes its output to the log. */
  exec(command: Command, options?: ExecOptions): Promise<Executed>;
  /**
   * Does work of Drydock's own that changes the target, which is watched meanwhile: the signal is
   * aborted when the run has to end or its target is lost, which `stopped` then says. Rejects as the
   * work does.
   */
  whileWatched<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** What has come out up to now; only what is new is written. */
  publish(partial: Result): void;
  /**
   * Has the target check the whole result, and stores it. Returns why the run did not do all that it
   * meant to, or null. The last one counts.
   */
  record(result: Result): Promise<Failure | null>;
  /** Why the run has to end now, or null. */
  stopped(): RunEnd | null;
  /** The last few thousand lines of output, without colours. */
  recentLines(): { seq: number; text: string }[];
  /** Called once the end of the run is recorded: for what is not to count as its time. */
  afterwards(work: () => void): void;
}

/** Variables of a run. They are no part of its request, and its log never shows what is secret of them. */
export interface RunEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  /** Names of those whose values must never be shown. */
  readonly secretNames: readonly string[];
  /** Their values, with the parts of them that programs show by themselves. */
  readonly secrets: readonly string[];
}

/** A run whose core is gone, or that ended while its engine could not be reached. */
export interface LeftRun<Input = unknown> {
  id: number;
  project: KindProject;
  input: Input;
  /** What was recorded of it up to then. */
  result: Result | null;
  /** Only Drydock uses its target. */
  isOwn: boolean;
  /** Unix time, ms. */
  startedAt: number;
}

export interface NormalizeOptions {
  /** The folder's code may run: links out of it are followed, and what was built counts. */
  trusted?: boolean;
  /** What the settings say of inputs that a request leaves out, by their names. */
  defaults?: Record<string, unknown>;
  /** The address that a text stands for on the target, where it is a chain. */
  addressOf?: AddressOf;
}

/** The version of a toolchain that a project's folder asks for. */
export interface AskedVersion {
  toolchain: Toolchain;
  /** Exact; null: it asks for none. */
  asked: { version: string; source: string } | null;
  /** What it says that is no exact version, as sentences. */
  ignored: string[];
}

/** Everything that is particular to a kind of project. A new kind is one new folder. */
export interface Kind<Input = unknown, T extends Target = Target, Needs = unknown> {
  readonly info: KindInfo;
  /** A request's `input` as a door may pass it: half-filled. */
  readonly input: z.ZodType;
  /**
   * Whether a folder is one, and what stands in the way. null: nothing tells that it is one. Never
   * throws for what is in the folder.
   *
   * @param folder absolute, with symbolic links resolved
   */
  detect(folder: string): Promise<Candidate | null>;
  /** Folders one or two levels below that may be ones; absolute, the nearest first. */
  candidatesBelow(folder: string): string[];
  /**
   * The toolchains that it runs with, and which version of each the folder asks for. Reads files
   * only; never throws. Absent: there are none whose version can be chosen.
   */
  toolVersions?(folder: string): AskedVersion[];
  /** What of the folder's own code a deploy runs, as sentences. Runs none of it; never throws. */
  whatRuns(folder: string): string[];
  /**
   * What there is to deploy. Starts no process. Throws NOT_A_PROJECT when the folder can't be read.
   *
   * @param options `named`: what a request names, listed wherever it lies
   */
  choices(folder: string, options?: { trusted?: boolean; named?: string }): Promise<Choices>;
  /**
   * The whole input for a half-filled one: the only place where defaults are resolved, for the form,
   * the command line and the API alike. Throws AppError with the field that is wrong.
   */
  normalize(asked: unknown, folder: string, options?: NormalizeOptions): Promise<Input>;
  /**
   * A half-filled input with the entry and the call that it names as `choices` lists them; absent:
   * it has none. Throws AppError when there are none such.
   */
  named?(
    asked: Record<string, unknown>,
    folder: string,
    options?: NormalizeOptions,
  ): Promise<Record<string, unknown>>;
  /** An earlier input with changes, to be normalized again. */
  changed(before: Input, changes: Record<string, unknown>): Record<string, unknown>;
  /** One line for lists and search. */
  title(input: Input): string;
  /** What it asks of its target. */
  needs(input: Input): Needs;
  /** Drives a run to its end. What it throws ends the run as failed. */
  run(context: RunContext<Input, T>): Promise<RunEnd>;
  /**
   * Drives a run that goes on where an earlier one broke off. Absent: `run` does, as its tool knows
   * how far it came.
   */
  resume?(context: RunContext<Input, T>): Promise<RunEnd>;
  /**
   * What a run has left behind. null: nothing; `unreadable`: something of which only a part was
   * written.
   *
   * @param isOver nothing of it runs any more; otherwise its tool may still be writing
   */
  recover(run: LeftRun<Input>, isOver: boolean): Promise<Result | 'unreadable' | null>;
  /** The files in which its tool writes what a run has done; absent: there are none. */
  resultFiles?(run: LeftRun<Input>): ResultFiles;
  /**
   * What would bring the libraries that are missing, what fits best first. Reads files only.
   *
   * @param imports those that were not found
   */
  missingLibraries?(place: LibraryPlace, imports?: readonly string[]): LibraryStep[];
  /**
   * What the code that a deploy runs asks of its environment. Reads files only, of bounded size, in
   * short steps; never rejects for what is in the folder. Absent: nothing is known.
   *
   * @param input of a request, as far as it is known
   */
  variables?(
    folder: string,
    input: Record<string, unknown>,
    options: { trusted: boolean },
  ): Promise<AskedVariables>;
  /** Why a variable that the user keeps doesn't reach its tool, as a sentence; undefined: it does. */
  withholds?(name: string): string | undefined;
  /** Ends what it has under way by itself. */
  close(): void;
}
