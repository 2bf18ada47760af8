import type { Command, OutputStream, RunRef, Workspace } from '../../../engines/engine.ts';
import type { Executed } from '../../../kinds/kind.ts';
import type { Result } from '../../../shared/result.ts';
import type { Failure } from '../../../shared/run.ts';
import type { Target } from '../../../targets/target.ts';
import { notRecorded } from '../failures.ts';
import type { RunRecord } from './run-record.ts';
import type { Stop } from './stop.ts';

/** A run whose target is watched. */
export interface WatchedRun {
  target: Target;
  record: RunRecord;
  stop: Stop;
  /** What the run published last. */
  latest: () => Result | null;
}

export interface CommandRun extends WatchedRun {
  workspace: Workspace;
  /** Marks its processes. */
  job: string;
  onStart: (process: RunRef) => void;
  onLine: (line: string, stream: OutputStream) => void;
}

/** Runs one command of a run to its end, writes its output, and watches the target meanwhile. */
export async function runCommand(command: Command, run: CommandRun): Promise<Executed> {
  const { workspace, record, stop, onLine } = run;
  const work = async (signal: AbortSignal) => {
    const exit = await workspace.exec(command, {
      signal,
      job: run.job,
      onStart: run.onStart,
      onOutput(stream, text) {
        try {
          record.log.output(stream, text, (line) => onLine(line, stream));
        } catch (error) {
          // A command must not continue in a phase that can't be recorded: see
          // `KindPhase.afterCrash`.
          stop.giveUp(notRecorded(error));
        }
      },
    });
    stop.engineIsLost = exit.ended === 'lost';
    record.log.endOutput((line) => onLine(line, 'stdout'));
    return exit;
  };
  const exit = await whileWatched(run, work, ({ code }) => code === 0);
  return { exit, stopped: stop.end() };
}

/**
 * Does work of a run while its target is watched. What is wrong with the target is known to `stop`
 * afterwards.
 *
 * @param isGood whether it went well: otherwise the target is asked whether it is still there
 */
export async function whileWatched<T>(
  { target, record, stop, latest }: WatchedRun,
  work: (signal: AbortSignal) => Promise<T>,
  isGood: (done: T) => boolean = () => true,
): Promise<T> {
  const gone = new AbortController();
  let targetGone: Failure | null = null;
  const unwatch = target.watch({
    onTrouble: (failure) => stop.giveUp(failure),
    onGone(failure) {
      targetGone = failure;
      gone.abort();
    },
    onWarning: (message) => record.warn(message),
    latest,
  });
  const lookAtTarget = async (wentWell: boolean) => {
    stop.targetIsGone = targetGone ?? (wentWell ? null : ((await target.gone?.()) ?? null));
  };
  try {
    const done = await work(AbortSignal.any([stop.signal, gone.signal]));
    await lookAtTarget(isGood(done));
    return done;
  } catch (error) {
    await lookAtTarget(false);
    throw error;
  } finally {
    unwatch();
  }
}
