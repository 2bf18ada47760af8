import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Exit, Preparation, Workspace } from '../../engines/engine.ts';
import type { Engines, OwnChoice } from '../../engines/engines.ts';
import { AppError, type Fix, messageOf } from '../../kit/errors.ts';
import { masker } from '../../kit/mask.ts';
import type { Plan, Toolchain } from '../../toolchains/toolchain.ts';
import type { GitState } from '../projects/contract.ts';
import { OWN_CHAIN, REMOTE, watchChain } from './chain-watch.ts';
import { chooseEngine } from './choose-engine.ts';
import type { Failure, Limits, PhaseName, Transaction } from './contract.ts';
import { Deadlines } from './deadlines.ts';
import {
  chainGone,
  chainSilent,
  engineGone,
  notRecorded,
  revertedFromOutside,
  tookTooLong,
} from './failures.ts';
import type { Journal } from './journal.ts';
import { Phases } from './phases.ts';
import { checkOutcome } from './record.ts';
import { RunLog } from './run-log.ts';
import type { DeploymentPatch, DeploymentsStore, NewEvent } from './store.ts';
import type { Destination, HeldChain } from './target.ts';

/** Looking at the tool's progress more often than this shows nothing more. */
const PROGRESS_EVERY_MS = 100;

/** Starting a process holds us up: git waits until the tool is well under way. */
const GIT_AFTER_MS = 30;

export interface RunRequest {
  id: number;
  number: number;
  project: { id: number; name: string; path: string; engine: OwnChoice };
  network: string;
  toolchain: Toolchain;
  script: { file: string; contract: string };
  signature: string;
  args: string[];
  account?: string;
  passwordFile?: string;
  snapshot: boolean;
  /** Marks its processes. */
  job: string;
  limits: Limits;
  /** What is known to be doubtful before it begins, as sentences. */
  doubts: string[];
}

export interface RunParts {
  store: DeploymentsStore;
  journal: Journal;
  engines: Engines;
  logger: Logger;
  changed: () => void;
  git: (folder: string) => Promise<GitState | null>;
  /** Gets hold of the network, gives the destination to `work`, and lets go after it. */
  reach: (
    preparation: Required<Preparation>,
    work: (to: Destination) => Promise<void>,
  ) => Promise<void>;
}

type Ending =
  | { status: 'succeeded' }
  | { status: 'failed'; failure: Failure }
  | { status: 'cancelled' };

/**
 * Takes one deployment from its first phase to its last event. Never rejects: whatever goes wrong
 * ends in the journal, with everything that was reached before it.
 */
export async function run(
  request: RunRequest,
  parts: RunParts,
  signal: AbortSignal,
): Promise<void> {
  const { id } = request;
  const { store, journal, changed } = parts;
  const phases = new Phases();
  const log = new RunLog(id, journal, store);
  const giveUp = new AbortController();
  /** Why we ended the tool ourselves. */
  let given: Failure | undefined;
  const deadlines = new Deadlines(request.limits, {
    onNear: (what, seconds) =>
      warn(
        `The ${what === 'run' ? 'run' : `phase ${what}`} has ${seconds} s left of its time limit.`,
      ),
    onOver: (what, limit) => {
      given = tookTooLong(what, limit, request.project.name);
      giveUp.abort();
    },
  });

  const save = (events: readonly NewEvent[], patch: DeploymentPatch = {}) => {
    log.flush(events, () => store.update(id, { ...patch, phases: phases.list }));
    changed();
  };
  const begin = (phase: PhaseName, patch: DeploymentPatch = {}, before: NewEvent[] = []) => {
    const events = phases.begin(phase);
    if (events.length === 0) return;
    deadlines.begin(phase);
    save([...before, ...events], patch);
  };

  const startedAt = Date.now();
  // The sources are where they are: what there is to know of them is read beside the tool.
  begin('prepare', { status: 'running', startedAt }, [
    { at: startedAt, type: 'status', status: 'running' },
  ]);

  for (const doubt of request.doubts) warn(doubt);

  let git: Promise<void> | undefined;
  const lookAtGit = (): Promise<void> => {
    git ??= parts
      .git(request.project.path)
      .then((state) => {
        if (state) store.update(id, state);
      })
      .catch(() => undefined);
    return git;
  };

  const preparation = { note: (text: string) => log.note(text), signal };

  let snapshotId: number | null = null;
  /** The engine went away, and with it the sight of what runs there. */
  let lost = false;
  let afterwards: (() => void) | undefined;
  let ending: Ending;
  try {
    signal.throwIfAborted();
    let ended: Ending | undefined;
    await parts.reach(preparation, async (to) => {
      ended = await deploy(to);
    });
    ending = ended as Ending;
  } catch (error) {
    ending = signal.aborted ? { status: 'cancelled' } : failed(error);
  }
  deadlines.end();
  await lookAtGit();
  finish(ending);
  afterwards?.();

  async function deploy(to: Destination): Promise<Ending> {
    signal.throwIfAborted();
    const { engine, rpcUrl } = await chooseEngine(parts.engines, request, to, preparation);
    const workspace = engine.workspace(request.project);
    try {
      return await deployIn(workspace, to, rpcUrl);
    } finally {
      await workspace.end();
    }
  }

  async function deployIn(workspace: Workspace, to: Destination, rpcUrl: string): Promise<Ending> {
    const snapshot = to.chain && request.snapshot ? takeSnapshot(to.chain) : undefined;
    // Planning keeps us busy: the chain is asked, and really has the question, before that.
    const [, plan] = await Promise.all([
      snapshot,
      nextTurn().then(() => planFor(to, workspace, rpcUrl)),
    ]);
    log.mask = masker(plan.secrets);
    for (const note of plan.notes) log.note(note);
    log.add([{ at: Date.now(), type: 'command', command: plan.display }]);
    giveUp.signal.throwIfAborted();
    begin('compile', {
      chainId: to.chainId,
      sender: to.from,
      command: plan.display,
      snapshotId,
    });
    afterwards = plan.ended;
    let early: Promise<Ending | null> | undefined;
    const { exit, chainEnded } = await execute(plan, workspace, to, () => {
      early = record(plan, to).catch(() => null);
    });
    const ranThrough = exit.code === 0 && !exit.ended;
    if (ranThrough) begin('record');
    const first = ranThrough ? await early : null;
    // Short of the whole, it is read again: a shared folder can be behind the tool.
    const recorded = first?.status === 'succeeded' ? first : await record(plan, to);
    if (recorded === null && ranThrough) {
      warn('Nothing was sent: the script broadcast no transaction. Is there a startBroadcast()?');
    }
    if (signal.aborted) return { status: 'cancelled' };
    if (given) return { status: 'failed', failure: given };
    if (exit.ended === 'lost') return { status: 'failed', failure: engineGone() };
    if (chainEnded) return { status: 'failed', failure: chainGone(request.network) };
    if (!ranThrough) return { status: 'failed', failure: explain(exit) };
    return recorded ?? { status: 'succeeded' };
  }

  function planFor(to: Destination, workspace: Workspace, rpcUrl: string): Promise<Plan> {
    return request.toolchain.plan(
      {
        folder: request.project.path,
        script: request.script,
        signature: request.signature,
        args: request.args,
        from: to.from,
        account: request.account,
        passwordFile: request.passwordFile,
        target: {
          rpcUrl,
          secretUrl: to.secretUrl,
          chainId: to.chainId,
          unlocked: to.unlocked,
        },
      },
      workspace,
    );
  }

  async function takeSnapshot(chain: HeldChain): Promise<void> {
    const label = `before ${request.project.name} #${request.number}`;
    snapshotId = (await chain.snapshot(label)).id;
  }

  async function execute(
    plan: Plan,
    workspace: Workspace,
    to: Destination,
    onRecord: () => void,
  ): Promise<{ exit: Exit; chainEnded: boolean }> {
    // A tool goes on asking a dead chain for a while; there is nothing to wait for.
    const gone = new AbortController();
    const unwatch = to.chain?.onEnd(() => gone.abort());
    let latest: readonly Transaction[] = [];
    const follow = setInterval(() => {
      try {
        const transactions = phases.current === 'record' ? undefined : plan.progress();
        if (!transactions) return;
        latest = transactions;
        begin('broadcast');
        log.transactions(transactions);
      } catch {
        // A full disk, or a file that makes no sense; the final reading tells it.
      }
    }, PROGRESS_EVERY_MS);
    const giveUpFor = (failure: Failure) => {
      given = failure;
      giveUp.abort();
    };
    const unwatchChain = watchChain(
      to.url,
      () => latest,
      {
        onVanished: () => giveUpFor(revertedFromOutside(request.network)),
        onStuck: () =>
          warn(
            `Transactions wait on ${request.network}, and no block has been made for a while. Unless mining was switched off on purpose, make one: drydock chain mine ${request.network}`,
          ),
        onSilent: () =>
          warn(`${request.network} has stopped answering. The run goes on as soon as it does.`),
        onDead: () => giveUpFor(chainSilent(request.network)),
      },
      to.chain ? OWN_CHAIN : REMOTE,
    );
    const onLine = (stream: 'stdout' | 'stderr') => (line: string) => {
      const warning = plan.warningOf(line);
      if (warning) warn(warning);
      const change = plan.phaseOf(line, stream);
      if (!change) return;
      const begun = phases.begin(change.begins, change.skipped ? 'skipped' : 'done');
      if (begun.length === 0) return;
      deadlines.begin(change.begins);
      // At once: what becomes of the run after a crash depends on it.
      save(begun);
      if (change.begins === 'record') onRecord();
    };
    try {
      const exit = await workspace.exec(plan.command, {
        signal: AbortSignal.any([signal, giveUp.signal, gone.signal]),
        job: request.job,
        onStart: (process) => {
          store.update(id, { process });
          setTimeout(lookAtGit, GIT_AFTER_MS);
        },
        onOutput(stream, text) {
          try {
            log.output(stream, text, onLine(stream));
          } catch (error) {
            // A phase that can't be noted must not go on: see `afterCrash`.
            giveUpFor(notRecorded(error));
          }
        },
      });
      lost = exit.ended === 'lost';
      log.endOutput(onLine('stdout'));
      const wentWrong = exit.code !== 0 && to.chain !== null;
      const chainEnded = gone.signal.aborted || (wentWrong && !(await to.chain?.isRunning()));
      return { exit, chainEnded };
    } finally {
      unwatch?.();
      unwatchChain();
      clearInterval(follow);
    }
  }

  /** Whatever the tool left behind, checked against the chain; null for nothing. */
  async function record(plan: Plan, to: Destination): Promise<Ending | null> {
    const outcome = await plan.outcome();
    if (!outcome || outcome.transactions.length === 0) return null;
    const { url, chainId } = to;
    const checked = await checkOutcome(outcome, { url, chainId, ours: to.chain !== null });
    log.transactions(checked.transactions, () => {
      store.putContracts(id, checked.contracts);
      store.update(id, { gasUsed: checked.gasUsed, live: checked.live });
    });
    return checked.failure
      ? { status: 'failed', failure: checked.failure }
      : { status: 'succeeded' };
  }

  function explain(exit: Exit): Failure {
    return request.toolchain.explain({
      exitCode: exit.code,
      lines: log.recent(),
      phase: phases.current,
      network: request.network,
    });
  }

  /** Where Docker was chosen nothing else is tried by itself, but it is one step away. */
  function withoutDocker(): Fix | undefined {
    const { name, engine } = request.project;
    if (engine !== 'docker') return undefined;
    return {
      label: `Run ${name} without Docker`,
      command: `drydock project engine ${name} process`,
      call: { procedure: 'projects.setEngine', input: { project: name, engine: 'process' } },
    };
  }

  function failed(error: unknown): Ending {
    if (given) return { status: 'failed', failure: given };
    if (error instanceof AppError) {
      const { code, message, data } = error;
      // One that does something at once knows better what it was about.
      const fix = (!data.fix?.call && code === 'ENGINE_UNAVAILABLE' && withoutDocker()) || data.fix;
      return { status: 'failed', failure: { code, message, fix } };
    }
    parts.logger.error({ deployment: id, error }, 'run failed unexpectedly');
    return {
      status: 'failed',
      failure: {
        code: 'INTERNAL',
        message: `Something went wrong inside Drydock: ${log.mask(messageOf(error))}. The details are in its log file.`,
      },
    };
  }

  function warn(message: string): void {
    log.add([{ at: Date.now(), type: 'warning', message }]);
    try {
      const row = store.byId(id);
      log.flush([], () => store.update(id, { warnings: [...(row?.warnings ?? []), message] }));
    } catch {
      // No room: it waits with the other lines, and nobody who only warns fails of it.
    }
  }

  function finish(end: Ending): void {
    const done = end.status === 'succeeded';
    const failure = end.status === 'failed' ? end.failure : undefined;
    if (failure) log.note(failure.message);
    const events = [
      ...(done ? phases.begin('record') : []),
      ...phases.end(done ? 'done' : 'failed'),
    ];
    const endedAt = Date.now();
    save([...events, { at: endedAt, type: 'status', status: end.status, failure }], {
      status: end.status,
      failure: failure ?? null,
      deadLetter: failure !== undefined,
      endedAt,
      snapshotId,
      // Of what nobody can see any more the ref stays: its record is completed later.
      ...(lost ? {} : { process: null }),
    });
    journal.finish(id);
    parts.logger.info({ deployment: id, status: end.status, code: failure?.code }, 'run ended');
  }
}
