import type { Command, Exit, Workspace } from '../../engines/engine.ts';
import { variablesOf } from '../../lib/environment.ts';
import { filesToRun } from '../../lib/project-files.ts';
import type { Failure } from '../../shared/run.ts';
import type { ChainTarget } from '../../targets/chain/chain-target.ts';
import { NO_RECEIPT } from '../../targets/chain/record.ts';
import type { Executed, RunContext, RunEnd, RunEnvironment } from '../kind.ts';
import { readDotenv } from './config.ts';
import type { DeployRequest, Plan } from './deploy-plan.ts';
import { explainFailure } from './explain.ts';
import { faultsIn } from './faults.ts';
import { type FoundryRun, scriptOf } from './normalize.ts';
import { type RawKey, rawKeysOf } from './raw-keys.ts';

/** Reading the tool's progress more often has no visible effect. */
const PROGRESS_EVERY_MS = 100;

type Context = RunContext<FoundryRun, ChainTarget>;

/** See `Kind.run`. The plan is made while the target is prepared. */
export async function runScript(
  context: Context,
  planOf: (request: DeployRequest, workspace: Workspace) => Promise<Plan>,
): Promise<RunEnd> {
  context.phase('prepare');
  const keys = keysReadBy(context);
  const own = withOwn(context.environment, context.input.env);
  const environment = withDevelopmentKey(own, keys, context);
  const [plan] = await Promise.all([
    planOf(requestOf(context, environment), context.workspace),
    context.prepared,
  ]);
  context.hide(plan.secrets);
  for (const note of plan.notes) context.note(note);
  context.command(plan.display);
  context.signal.throwIfAborted();
  context.phase('compile');
  context.afterwards(plan.ended);
  return new ScriptRun(context, plan, keys).toItsEnd();
}

/** A script whose folder is gone is told by the plan. */
function keysReadBy({ project, input }: Context): readonly RawKey[] {
  const { file } = scriptOf(input);
  return rawKeysOf(filesToRun(project.path).textIfAny(file) ?? '');
}

/** On a development chain, a script that wants a key and is given none gets that of its sender. */
function withDevelopmentKey(
  environment: RunEnvironment,
  keys: readonly RawKey[],
  { project, target, note }: Context,
): RunEnvironment {
  if (keys.length === 0) return environment;
  const given = {
    ...process.env,
    ...readDotenv(filesToRun(project.path)),
    ...environment.variables,
  };
  const missing = keys.filter(({ name }) => given[name] === undefined);
  const key = missing.length === 0 ? null : target.developmentKey();
  if (key === null) return environment;
  for (const { name } of missing) {
    note(`${name} is not set: the script gets the key of ${target.sender} on ${target.name}.`);
  }
  const own = Object.fromEntries(missing.map(({ name }) => [name, key]));
  return {
    ...environment,
    variables: { ...environment.variables, ...own },
    // Of words that the user has chosen, it is nobody else's.
    secrets: [...environment.secrets, key],
  };
}

const requestOf = (
  { project, input, target }: Context,
  environment: RunEnvironment,
): DeployRequest => ({
  folder: project.path,
  script: scriptOf(input),
  signature: input.sig,
  args: input.args,
  profile: input.profile,
  options: input.options,
  from: target.sender,
  account: input.account,
  passwordFile: input.passwordFile,
  environment,
  target,
});

/** The variables of the run itself count most. */
function withOwn(kept: RunEnvironment, env: readonly string[] = []): RunEnvironment {
  const { variables, secrets } = variablesOf(env, { ...kept.variables, ...process.env });
  return {
    variables: { ...kept.variables, ...variables },
    secretNames: kept.secretNames,
    secrets: [...kept.secrets, ...secrets],
  };
}

/** One planned run: rehearsed if needed, sent, and recorded. */
class ScriptRun {
  readonly #context: Context;
  readonly #plan: Plan;
  readonly #keys: readonly RawKey[];
  /** The record that is read at forge's last line, while it ends. */
  #early: Promise<RunEnd | null> | undefined;
  /** Begins once forge runs: asking a version starts a process. */
  #faultsTold: Promise<void> | undefined;

  constructor(context: Context, plan: Plan, keys: readonly RawKey[]) {
    this.#context = context;
    this.#plan = plan;
    this.#keys = keys;
  }

  async toItsEnd(): Promise<RunEnd> {
    const rehearsed = await this.#rehearse();
    if ('end' in rehearsed) return rehearsed.end;
    const executed = await this.#send(rehearsed.command);
    const ranThrough = isGood(executed.exit);
    if (ranThrough) this.#context.phase('record');
    const first = await this.#early;
    // When incomplete, it is read again: a shared folder can lag behind the tool.
    const recorded = ranThrough && first?.status === 'succeeded' ? first : await this.#record();
    await this.#faultsTold;
    if (recorded === null && ranThrough) {
      this.#context.warn(
        'Nothing was sent: the script broadcast no transaction. Is there a startBroadcast()?',
      );
    }
    return this.#endOf(executed, recorded);
  }

  /** Checks what would be sent where that may go elsewhere. Returns the command that sends it. */
  async #rehearse(): Promise<{ command: Command } | { end: RunEnd }> {
    const { note, warn, target } = this.#context;
    const { rehearsal, command, signing } = this.#plan;
    if (!rehearsal) return { command };
    note('What it would send, and where, is looked at before anything is sent.');
    const executed = await this.#execute(rehearsal);
    const planned = executed.exit.code === 0 ? await this.#plan.rehearsed() : null;
    const end = this.#endedEarly(executed);
    if (end) return { end };
    const { refused, warnings, notes, leavesMachine } = await target.review(planned);
    for (const line of notes) note(line);
    if (refused) return { end: failed(refused) };
    for (const warning of warnings) warn(warning);
    // A public network signs nothing; a node on this machine may, as Drydock's chains do.
    return { command: leavesMachine ? signing : command };
  }

  async #send(command: Command): Promise<Executed> {
    const executed = await this.#execute(command);
    const { code, ended } = executed.exit;
    const more = code === 0 || ended ? undefined : this.#plan.goOn(command);
    if (!more) return executed;
    this.#context.note('Nothing was sent yet: the tool only asked whether to go on, and it does.');
    return this.#execute(more);
  }

  async #execute(command: Command): Promise<Executed> {
    const following = setInterval(() => this.#follow(), PROGRESS_EVERY_MS);
    try {
      return await this.#context.exec(command, { onLine: (line) => this.#heard(line) });
    } finally {
      clearInterval(following);
    }
  }

  #follow(): void {
    const { currentPhase, phase, publish, target } = this.#context;
    try {
      const transactions = currentPhase() === 'record' ? undefined : this.#plan.progress();
      if (!transactions) return;
      // Forge's file can be here before its words, which alone say whether it compiled.
      if (currentPhase() !== 'compile') phase('broadcast');
      const { chainId, sender } = target;
      publish({
        ...{ family: 'contracts', chainId, sender, source: null },
        ...{ transactions, contracts: [] },
      });
    } catch {
      // A full disk, or an invalid file; the final reading reports it.
    }
  }

  #heard(line: string): void {
    const { warn, phase, target } = this.#context;
    this.#faultsTold ??= tellFaults(this.#context);
    const warning = this.#plan.warningOf(line);
    if (warning) warn(warning + target.takenBack(warning));
    const change = this.#plan.phaseOf(line);
    if (!change) return;
    phase(change.begins, change.skipped ? 'skipped' : 'done');
    if (change.begins === 'record') this.#early = this.#record().catch(() => null);
  }

  /** The tool's records, checked against the chain; null when there are none. */
  async #record(): Promise<RunEnd | null> {
    const outcome = await this.#plan.outcome();
    if (!outcome || outcome.transactions.length === 0) return null;
    const { sender } = this.#context.target;
    const failure = await this.#context.record({ ...outcome, sender });
    return failure ? failed(failure) : { status: 'succeeded' };
  }

  #endOf(executed: Executed, recorded: RunEnd | null): RunEnd {
    // Transactions to another chain are reported before any other failure.
    if (isFailed(recorded, 'OTHER_CHAIN')) return recorded;
    const unfinished = this.#endedEarly(executed);
    // The tool gave up on a receipt; the chain may have it by now.
    if (isFailed(unfinished, NO_RECEIPT)) return recorded ?? unfinished;
    return unfinished ?? recorded ?? { status: 'succeeded' };
  }

  /** How the run ends after a command that failed. */
  #endedEarly({ exit }: Executed): RunEnd | null {
    const stopped = this.#context.stopped();
    if (stopped) return stopped;
    return isGood(exit) ? null : failed(this.#explain(exit));
  }

  #explain(exit: Exit): Failure {
    const { project, target, recentLines, currentPhase } = this.#context;
    const failure = explainFailure({
      project,
      exitCode: exit.code,
      signal: exit.signal,
      lines: recentLines(),
      phase: currentPhase(),
      network: target.network,
      codeSizeLimit: target.codeSizeLimit,
    });
    const key = failure.code === 'ENV_MISSING' && this.#missingKey(failure.message);
    if (key) return { ...failure, ...key };
    if (failure.code !== 'NO_CODE') return failure;
    const { message } = failure;
    return { ...failure, message: message + target.takenBack(message) };
  }

  /** A live run, and its rehearsal, have no key to give. */
  #missingKey(message: string): Pick<Failure, 'code' | 'message'> | null {
    const { input, standsFor, target } = this.#context;
    const key = this.#keys.find(({ name }) => message.includes(` ${name}.`));
    if (!key || (target.isOwn && standsFor === null)) return null;
    const place = `${scriptOf(input).file}:${key.line}`;
    return {
      code: 'RAW_KEY_WANTED',
      message: `${place} reads a private key from ${key.name}, and no key of Drydock's reaches a script. Let it call vm.startBroadcast() without a key: then the key that you deploy with signs.`,
    };
  }
}

/** Warns of what this version of forge is known to do wrong. Never rejects. */
async function tellFaults({ workspace, project, input, target, warn }: Context): Promise<void> {
  const version = await workspace.toolVersion('forge').catch(() => undefined);
  if (version === undefined) return;
  const unlocked = target.unlocked && input.account === undefined;
  const script = () => filesToRun(project.path).textIfAny(scriptOf(input).file) ?? '';
  for (const fault of faultsIn(version, { unlocked, script })) warn(fault);
}

const isGood = ({ code, ended }: Exit): boolean => code === 0 && !ended;

const failed = (failure: Failure): RunEnd => ({ status: 'failed', failure });

const isFailed = (end: RunEnd | null, code: string): end is Extract<RunEnd, { status: 'failed' }> =>
  end?.status === 'failed' && end.failure.code === code;
