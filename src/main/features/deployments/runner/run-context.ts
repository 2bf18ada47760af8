import type { Command, OutputStream, RunRef, Workspace } from '../../../engines/engine.ts';
import type { ExecOptions, KindProject, RunContext, RunEnvironment } from '../../../kinds/kind.ts';
import type { KnownSecrets } from '../../../lib/secrets/known-secrets.ts';
import type { Result } from '../../../shared/result.ts';
import type { Target } from '../../../targets/target.ts';
import { runCommand, whileWatched } from './run-command.ts';
import type { RunRecord } from './run-record.ts';
import type { Stop } from './stop.ts';

export interface Driven {
  deployment: { id: number; number: number };
  project: KindProject;
  input: unknown;
  target: Target;
  workspace: Workspace;
  startedAt: number;
  /** See `RunContext`. */
  environment: RunEnvironment;
  standsFor: string | null;
  inPlace: () => number[];
  prepared: Promise<void>;
  /** Marks its processes. */
  job: string;
  record: RunRecord;
  stop: Stop;
  secrets: KnownSecrets;
  onStart: (process: RunRef) => void;
  /** A phase has begun. */
  onPhase: (id: string) => void;
  /** The result is about to be recorded. */
  onRecord: (result: Result) => void;
  afterwards: (work: () => void) => void;
  /** The run has its last event: nothing more is written of it. */
  hasEnded: () => boolean;
}

/** A run as its kind sees it. */
export function runContext(run: Driven): RunContext {
  const { record, stop, target } = run;
  const { log } = record;
  let latest: Result | null = null;
  /** A result can be recorded twice. */
  const noted = new Set<string>();
  /** After the run has ended, calls by its kind have no effect. */
  const meanwhile =
    <A extends unknown[]>(work: (...args: A) => void) =>
    (...args: A): void => {
      if (!run.hasEnded()) work(...args);
    };

  return {
    deployment: run.deployment,
    project: run.project,
    input: run.input,
    target,
    workspace: run.workspace,
    signal: stop.signal,
    startedAt: run.startedAt,
    environment: run.environment,
    standsFor: run.standsFor,
    inPlace: run.inPlace,
    prepared: run.prepared,
    phase: meanwhile((id: string, previous?: 'done' | 'skipped') => {
      if (record.phase(id, previous)) run.onPhase(id);
    }),
    currentPhase: () => record.phases.current,
    note: meanwhile((line: string) => log.note(line)),
    output: meanwhile((stream: OutputStream, line: string) => log.line(stream, line)),
    warn: meanwhile((message: string) => record.warn(message)),
    command: meanwhile((display: string) => record.command(display)),
    hide(secrets) {
      log.mask = run.secrets.currentWith(
        [...run.environment.secrets, ...secrets],
        target.shownInstead,
      );
    },
    async exec(command: Command, { onLine = () => undefined }: ExecOptions = {}) {
      await run.prepared;
      record.settle();
      return runCommand(command, {
        ...{ target, workspace: run.workspace, record, stop, job: run.job },
        ...{ onStart: run.onStart, onLine, latest: () => latest },
      });
    },
    async whileWatched(work) {
      await run.prepared;
      record.settle();
      return whileWatched({ target, record, stop, latest: () => latest }, work);
    },
    publish: meanwhile((partial: Result) => {
      latest = partial;
      record.publish(partial);
    }),
    async record(result) {
      run.onRecord(result);
      const checked = await target.check(result);
      if (run.hasEnded()) return checked.failure ?? null;
      record.checked(checked);
      for (const line of checked.notes ?? []) {
        if (!noted.has(line)) log.note(line);
        noted.add(line);
      }
      return checked.failure ?? null;
    },
    stopped: () => stop.end(),
    recentLines: () => log.recent(),
    afterwards: run.afterwards,
  };
}
