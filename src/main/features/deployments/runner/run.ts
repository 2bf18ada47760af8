import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { RunRef, WorkspaceProject } from '../../../engines/engine.ts';
import type { OwnChoice } from '../../../engines/engines.ts';
import type { FollowedRun } from '../../../kinds/followed-run.ts';
import type { Kind, KindProject, RunContext, RunEnd, RunEnvironment } from '../../../kinds/kind.ts';
import type { KnownSecrets } from '../../../lib/secrets/known-secrets.ts';
import { projectWord } from '../../../shared/project-word.ts';
import type { Result } from '../../../shared/result.ts';
import type { Target, TargetProvider } from '../../../targets/target.ts';
import type { GitState } from '../../projects/contract.ts';
import type { Limits } from '../contract.ts';
import { Deadlines } from '../deadlines.ts';
import { limited, tookTooLong } from '../failures.ts';
import type { Journal } from '../journal.ts';
import type { DeploymentsStore } from '../store.ts';
import { failureOf } from './failure-of.ts';
import { runContext } from './run-context.ts';
import { RunRecord } from './run-record.ts';
import { Stop } from './stop.ts';

/** Starting a process and reading sources take time of this one: both wait until the tool runs. */
const LOOK_AFTER_MS = 30;

export interface RunRequest {
  id: number;
  number: number;
  project: KindProject & WorkspaceProject & { engine: OwnChoice };
  kind: Kind;
  provider: TargetProvider;
  /** Name of the target. */
  target: string;
  /** As normalized by the kind. */
  input: unknown;
  /** Marks its processes. */
  job: string;
  /** See `Acquisition`. */
  approval: number | null;
  /** See `DeploymentRow`. */
  resumes: boolean;
  standsFor: string | null;
  limits: Limits;
  /** Lines for the log, known before the run starts. */
  notes: string[];
  /** Doubts known before the run starts, as sentences. */
  doubts: string[];
}

/** Reads the files in which the tool of a run that can be reverted records what it did. */
export interface FollowFiles {
  /** Call before the tool runs. */
  begin(run: FollowedRun): Promise<void>;
  /** Call when the run is recorded, while nothing else can change its target. */
  end(run: FollowedRun, isLive: boolean): Promise<void>;
}

export interface RunDependencies {
  store: DeploymentsStore;
  journal: Journal;
  logger: Logger;
  secrets: KnownSecrets;
  /** Shows the line that the tool is writing; empty: none. */
  showLive: (line: string) => void;
  changed: () => void;
  git: (project: number) => Promise<GitState | null>;
  resultFiles: FollowFiles;
  /** Throws NOT_TRUSTED: trust may have been withdrawn while the run was queued. */
  ensureTrusted: (projectId: number) => Promise<void>;
  /** What its user keeps for such runs. Rejects with the reason of the signal. */
  environment: EnvironmentOf;
  /** Names of variables that the code of a run asks for, and that it would not be given. */
  missingVariables: MissingVariables;
}

/** @param input as normalized by the kind */
export type MissingVariables = (
  project: number,
  target: string,
  input: Record<string, unknown>,
) => Promise<readonly string[]>;

/** The variables of runs of a project to a target, with lines that say where they come from. */
export type EnvironmentOf = (
  project: number,
  target: string,
  signal: AbortSignal,
) => Promise<RunEnvironment & { notes: readonly string[] }>;

const STATES = ['acquiring', 'running', 'recording', 'ended'] as const;

/** The state of a run. It only moves forward, and after the end nothing more is written. */
export type RunnerState = (typeof STATES)[number];

/**
 * Runs one deployment from its first phase to its last event: every failure is recorded in the
 * journal, after everything that happened before it. Rejects only when that can't be written.
 */
export class Runner {
  #state: RunnerState = 'acquiring';
  readonly #request: RunRequest;
  readonly #deps: RunDependencies;
  readonly #record: RunRecord;
  readonly #stop: Stop;
  readonly #deadlines: Deadlines;
  readonly #startedAt = Date.now();
  readonly #afterwards: (() => void)[] = [];
  #recorded: Result | undefined;
  #git: Promise<void> | undefined;
  #variables: Promise<void> | undefined;
  #filesNoted: Promise<void> | undefined;

  constructor(request: RunRequest, deps: RunDependencies, cancelled: AbortSignal) {
    const { id, kind, project, limits } = request;
    const { secrets } = deps;
    this.#request = request;
    this.#deps = deps;
    this.#stop = new Stop(cancelled);
    const phases = kind.info.phases.map((phase) => phase.id);
    this.#record = new RunRecord(id, phases, { ...deps, mask: secrets.current() });
    const called = (what: string) => limited(what, kind.info.phases);
    this.#deadlines = new Deadlines(limits, {
      onNear: (what, seconds) =>
        this.#record.warn(`The ${called(what)} has ${seconds} s left of its time limit.`),
      onOver: (what, limit) => this.#stop.giveUp(tookTooLong(what, called(what), limit, project)),
    });
  }

  get state(): RunnerState {
    return this.#state;
  }

  async run(): Promise<void> {
    const { id, notes, doubts } = this.#request;
    this.#begin();
    for (const note of notes) this.#record.log.note(note);
    for (const doubt of doubts) this.#record.warn(doubt);
    const end = await this.#acquireAndDrive();
    this.#deadlines.end();
    await Promise.all([this.#filesNoted, this.#lookAtGit(), this.#lookAtVariables()]);
    this.#enter('ended');
    const failure = this.#record.end(end, this.#stop.engineIsLost);
    this.#deps.logger.info(
      { deployment: id, status: end.status, code: failure?.code },
      'run ended',
    );
    for (const work of this.#afterwards) work();
  }

  #enter(next: RunnerState): void {
    if (STATES.indexOf(next) > STATES.indexOf(this.#state)) this.#state = next;
  }

  #begin(): void {
    const { phases } = this.#request.kind.info;
    const first = phases.find(({ acquires }) => acquires) ?? phases[0];
    this.#deadlines.begin(first?.id ?? '');
    this.#record.begin(first?.id ?? '', this.#startedAt);
  }

  async #acquireAndDrive(): Promise<RunEnd> {
    const { id, number, project, kind, provider, target: name, input, job } = this.#request;
    const { approval } = this.#request;
    const { logger, ensureTrusted } = this.#deps;
    const stop = this.#stop;
    try {
      stop.signal.throwIfAborted();
      await ensureTrusted(project.id);
      const environment = await this.#environment();
      await using target = await provider.acquire(
        { deployment: { id, number }, project, name, needs: kind.needs(input), job, approval },
        { note: (line) => this.#record.log.note(line), signal: stop.signal },
      );
      stop.signal.throwIfAborted();
      return await this.#drive(target, environment);
    } catch (error) {
      const log = () => logger.error({ deployment: id, error }, 'run failed unexpectedly');
      return stop.end() ?? { status: 'failed', failure: failureOf(error, project, log) };
    }
  }

  /** Looked up before anything is held: its user may have to be asked. */
  async #environment(): Promise<RunEnvironment> {
    const { environment, secrets } = this.#deps;
    const { project, target, standsFor } = this.#request;
    const found = await environment(project.id, standsFor ?? target, this.#stop.signal);
    this.#record.log.mask = secrets.currentWith(found.secrets);
    for (const note of found.notes) this.#record.log.note(note);
    return found;
  }

  async #drive(target: Target, environment: RunEnvironment): Promise<RunEnd> {
    const { store, resultFiles, secrets } = this.#deps;
    const { id, number, project, kind, input, job } = this.#request;
    this.#record.log.mask = secrets.currentWith(environment.secrets, target.shownInstead);
    const workspace = target.workspace(project);
    const followed = this.#followed(target);
    const noting = followed && resultFiles.begin(followed);
    const prepared = this.#prepared(target, noting);
    this.#enter('running');
    const context = runContext({
      ...{ deployment: { id, number }, project, input, target, workspace, prepared, job },
      ...{ record: this.#record, stop: this.#stop, secrets, startedAt: this.#startedAt },
      environment,
      standsFor: this.#request.standsFor,
      inPlace: () => store.inPlace(project.id, target.name),
      onStart: (process) => this.#started(process),
      onPhase: (phase) => this.#deadlines.begin(phase),
      onRecord: (result) => {
        this.#recorded = result;
        this.#enter('recording');
      },
      afterwards: (work) => this.#afterwards.push(work),
      hasEnded: () => this.#state === 'ended',
    });
    try {
      // A kind may block the thread, so what the target requested is started before it.
      await nextTurn();
      const { resumes } = this.#request;
      const end = await (resumes && kind.resume ? kind.resume(context) : kind.run(context));
      return await this.#concluded(end, target, context);
    } finally {
      // Written before the target is released, which removes the snapshot of a run that sent nothing.
      await prepared.then(() => this.#record.settle()).catch(() => undefined);
      // The target can't be reverted before this is done: the run has not ended until then.
      this.#filesNoted = noting?.then(() =>
        resultFiles.end(followed as FollowedRun, store.byId(id)?.live ?? false),
      );
      await workspace.end();
    }
  }

  async #concluded(end: RunEnd, target: Target, context: RunContext): Promise<RunEnd> {
    if (!target.conclude || end.status === 'cancelled') return end;
    const before = end.status === 'failed' ? end.failure : null;
    const { failure, isChanged } = await target.conclude(before, context);
    const after = isChanged && this.#recorded ? await context.record(this.#recorded) : null;
    const last = failure ?? after;
    return last ? { status: 'failed', failure: last } : { status: 'succeeded' };
  }

  /** What is known about the run by then is written with its next change. */
  #prepared(target: Target, noting: Promise<void> | undefined): Promise<void> {
    const prepared = Promise.all([target.prepared, noting]).then(() =>
      this.#record.know(target.facts?.() ?? {}),
    );
    // Its rejection is handled where the run waits for it.
    prepared.catch(() => undefined);
    return prepared;
  }

  #followed(target: Target): FollowedRun | undefined {
    const { id, project, kind, input } = this.#request;
    if (!target.isRevertible || !kind.resultFiles) return undefined;
    const { result = null } = target.facts?.() ?? {};
    const run = { id, project, input, result, isOwn: true, startedAt: this.#startedAt };
    const files = () => kind.resultFiles?.(run) ?? { own: [], shared: [] };
    const { path: folder } = project;
    return { deployment: id, project: project.id, target: target.name, folder, result, files };
  }

  #started(process: RunRef): void {
    this.#deps.store.update(this.#request.id, { process });
    setTimeout(() => {
      void this.#lookAtGit();
      void this.#lookAtVariables();
    }, LOOK_AFTER_MS);
  }

  #lookAtVariables(): Promise<void> {
    const { project, target, input } = this.#request;
    this.#variables ??= this.#deps
      .missingVariables(project.id, target, input as Record<string, unknown>)
      .then((names) => {
        if (names.length > 0) this.#record.warn(missing(names, project));
      })
      .catch(() => undefined);
    return this.#variables;
  }

  #lookAtGit(): Promise<void> {
    const { git, store } = this.#deps;
    const { id, project } = this.#request;
    this.#git ??= git(project.id)
      .then((state) => {
        if (state) store.update(id, state);
      })
      .catch(() => undefined);
    return this.#git;
  }
}

const missing = (names: readonly string[], project: KindProject): string =>
  `It asks for ${names.join(', ')}, and nothing sets ${names.length === 1 ? 'it' : 'them'}. If it needs ${names.length === 1 ? 'it' : 'them'}: drydock env set ${projectWord(project)} ${names[0]}`;
