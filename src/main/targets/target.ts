import type { Engine, Preparation, Workspace, WorkspaceProject } from '../engines/engine.ts';
import type { OwnChoice } from '../engines/engines.ts';
import type { Caller } from '../shared/caller.ts';
import type { TargetType } from '../shared/kind.ts';
import type { Result } from '../shared/result.ts';
import type { Failure } from '../shared/run.ts';

/** A target's report on a result that it has examined. */
export interface Checked {
  result: Result;
  /** Whether any of it is in place; null when nothing is, or when it could not be determined. */
  live: boolean | null;
  /** Why the run did not complete. */
  failure?: Failure;
  /**
   * What is not known yet. `unknown`: the target could not be queried; `waiting`: it has no final
   * result yet, and is queried again later.
   */
  open?: 'unknown' | 'waiting';
  /** Lines for the log. */
  notes?: string[];
  /** The results of earlier runs of the same project there are no longer in place. */
  replaces?: true;
}

export interface TargetWatch {
  /** The run has to end with this error. */
  onTrouble(failure: Failure): void;
  /**
   * The target is lost, perhaps with the engine: the run has to end, with this error by default.
   */
  onGone(failure: Failure): void;
  onWarning(message: string): void;
  /** What the run published last. */
  latest(): Result | null;
}

/** What is told of a run while its end is waited for. */
export interface Telling {
  /** A line for the log. */
  note(line: string): void;
  /** A sentence that must not be overlooked. */
  warn(message: string): void;
  /** Aborted when the run has to end. */
  signal: AbortSignal;
}

/** How a run has ended, as its target sees it. */
export interface Concluded {
  /** null: it has done what it was to do. */
  failure: Failure | null;
  /** What was recorded of it has to be checked once more. */
  isChanged: boolean;
}

/** What is known about a run once its target is prepared. */
export interface TargetFacts {
  /** The initial state of its result. */
  result?: Result;
  /** The snapshot that was taken before it. */
  snapshotId?: number | null;
}

/** A run's destination, reached and held until it is disposed of. Disposing never rejects. */
export interface Target extends AsyncDisposable {
  readonly type: TargetType;
  readonly name: string;
  /** Where the run's commands run. */
  readonly engine: Engine;
  /**
   * Settles when everything is done that must precede any change, such as the snapshot. Started
   * when the target is acquired; commands wait for it.
   */
  readonly prepared: Promise<void>;
  /** Drydock can revert it to an earlier state, together with the files that describe a run. */
  readonly isRevertible?: boolean;
  /** Addresses inside of it, each with the one that users know: shown in the place of the first. */
  readonly shownInstead?: ReadonlyMap<string, string>;
  /** The workspace of the run's commands, from which the target is reachable. */
  workspace(project: WorkspaceProject): Workspace;
  /** Call once it is prepared. */
  facts?(): TargetFacts;
  /** Watches it while a command runs. Returns a function that stops it. */
  watch(watch: TargetWatch): () => void;
  /** Called after a failed command: the reason, if the target was lost. */
  gone?(): Promise<Failure | null>;
  /**
   * Called once the run's own work is over, with why it failed, or null: waits until what it did is
   * final. Rejects with the reason of the signal.
   */
  conclude?(failure: Failure | null, telling: Telling): Promise<Concluded>;
  /** Checks everything that a run claims to have done. */
  check(result: Result): Promise<Checked>;
}

/** A request for a target. `Needs` is what the kind's input requests of it. */
export interface Acquisition<Needs = unknown> {
  deployment: { id: number; number: number };
  project: WorkspaceProject & { name: string; engine: OwnChoice };
  /** Name of the target. */
  name: string;
  needs: Needs;
  /** Marks every process that is started for the run: see `Engine.endOrphan`. */
  job: string;
  /** What allows it to change a target that others see, by its id; null: nothing does. */
  approval: number | null;
}

/** A run that has ended, or whose core has, with what its target needs to know about it. */
export interface PastRun<Needs = unknown> {
  name: string;
  project: { path: string };
  needs: Needs;
  /** What was recorded of it, or its result's initial state; null: it did not get that far. */
  result: Result | null;
  snapshotId: number | null;
}

/** How a target describes what became of a run. */
export interface TargetWords {
  /** What a run did that left nothing there, e.g. `sent nothing`. */
  readonly nothing: string;
  /** What a completed run did, e.g. `sent everything`. */
  readonly everything: string;
  /** What an interrupted run left there, and what to do next: sentences. */
  left(result: Result | null, hasSnapshot: boolean): string;
  /** The same in a few words, e.g. `with 3 transactions on the chain`. */
  brief(result: Result | null): string;
  /** What is there, as a sentence for a record that was completed later. */
  known(result: Result): string;
  /** What to do where it is unknown what a run left, e.g. `look at the chain`. */
  look(hasSnapshot: boolean): string;
  /** The target has reported a final result, a sentence. */
  completed(name: string): string;
}

/** The record of a run whose result others can replace. */
export interface RecordedRun {
  id: number;
  project: number;
  /** It is running or queued. */
  isUnfinished: boolean;
  /** Recorded as in place; null: it may be. */
  isLive: boolean | null;
  result: Result | null;
}

/**
 * For targets on which a run's result replaces the previous one: a replaced result can be restored.
 * The record says which one is in place; the target is made to match it.
 */
export interface Succession {
  /** Restores a run's result, beside the one in place. null: it no longer exists. */
  bringBack(run: RecordedRun): Promise<Checked | null>;
  /** Ends a run's result so that it can be restored. */
  end(run: RecordedRun): Promise<void>;
  /**
   * Ends what the target has without a record of it being in place, and examines what is.
   *
   * @returns `done`: what was done, one sentence each; `changed`: what differs from the record
   */
  follow(runs: readonly RecordedRun[]): Promise<{
    done: string[];
    changed: { id: number; checked: Checked }[];
  }>;
}

/** Reaches targets of one type. */
export interface TargetProvider<Needs = unknown, T extends Target = Target> {
  readonly type: TargetType;
  readonly words: TargetWords;
  /** Throws AppError when there is no target of that name. */
  assertExists(name: string): void;
  /** Keys of the locks of a run that goes there, e.g. `chain:local`. */
  locks(name: string, needs: Needs): string[];
  /**
   * Throws AppError when a run that asks so may not change the target, or only with an approval that
   * it lacks. Absent: every run may.
   */
  assertApproved?(
    name: string,
    needs: Needs,
    by: { approval: number | null; caller: Caller },
  ): void;
  /** Only Drydock uses it, so nothing else changes it. */
  isOwn(name: string): boolean;
  /** Rejects with AppError when it is unavailable. */
  acquire(request: Acquisition<Needs>, preparation: Required<Preparation>): Promise<T>;
  /** The same check for a run that has ended, without holding the target. */
  check(run: PastRun<Needs>, result: Result): Promise<Checked>;
  /** Whether it can be queried: it is running, or has an address. */
  isThere(name: string): Promise<boolean>;
  /** Whether it responds at once. */
  responds(name: string): Promise<boolean>;
  /** Undoes what was prepared for a run that changed nothing. */
  unprepare(run: PastRun<Needs>): Promise<void>;
  /** Warnings for a run about others that may still be using the target; sentences. */
  doubts(name: string, atWork: readonly string[]): string[];
  /** Absent: results exist side by side. */
  readonly succession?: Succession;
}
