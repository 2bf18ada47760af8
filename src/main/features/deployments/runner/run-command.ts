import type { Command, OutputStream, RunRef, Workspace } from '../../../engines/engine.ts';
import type { Executed } from '../../../kinds/kind.ts';
import type { Result } from '../../../shared/result.ts';
import type { Failure } from '../../../shared/run.ts';
import type { Target } from '../../../targets/target.ts';
import { notRecorded } from '../failures.ts';
import type { RunRecord } from './run-record.ts';
import type { Stop } from './stop.ts';

export interface CommandRun {
  target: Target;
  workspace: Workspace;
  record: RunRecord;
  stop: Stop;
  /** Marks its processes. */
  job: string;
  onStart: (process: RunRef) => void;
  onLine: (line: string, stream: OutputStream) => void;
  /** What the run published last. */
  latest: () => Result | null;
}

/** Runs one command of a run to its end, writes its output, and watches the target meanwhile. */
export async function runCommand(command: Command, run: CommandRun): Promise<Executed> {
  const { target, workspace, record, stop, onLine } = run;
  const gone = new AbortController();
  let targetGone: Failure | null = null;
  const unwatch = target.watch({
    onTrouble: (failure) => stop.giveUp(failure),
    onGone(failure) {
      targetGone = failure;
      gone.abort();
    },
    onWarning: (message) => record.warn(message),
    latest: run.latest,
  });
  try {
    const exit = await workspace.exec(command, {
      signal: AbortSignal.any([stop.signal, gone.signal]),
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
    const wentWrong = exit.code !== 0;
    stop.targetIsGone = targetGone ?? (wentWrong ? ((await target.gone?.()) ?? null) : null);
    return { exit, stopped: stop.end() };
  } finally {
    unwatch();
  }
}
