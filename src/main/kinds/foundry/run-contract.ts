import { stripVTControlCharacters } from 'node:util';
import type { Exit, Workspace } from '../../engines/engine.ts';
import type { ChainTarget } from '../../targets/chain/chain-target.ts';
import type { RunContext, RunEnd } from '../kind.ts';
import { deployContract } from '../one-contract/deploy-contract.ts';
import type { ContractCompile, ContractPlan } from './contract-plan.ts';
import { explainFailure } from './explain.ts';
import { type FoundryRun, scriptOf } from './normalize.ts';

type Context = RunContext<FoundryRun, ChainTarget>;

const PHASES = { try: 'simulate', send: 'broadcast', record: 'record' };

/** See `Kind.run`, for a contract without a script. */
export async function runContract(
  context: Context,
  planOf: (compile: ContractCompile, workspace: Workspace) => Promise<ContractPlan>,
): Promise<RunEnd> {
  const { input, project, workspace } = context;
  const { file, contract: name } = scriptOf(input);
  const { profile, options } = input;
  context.phase('prepare');
  const [plan] = await Promise.all([
    planOf({ folder: project.path, file, profile, options }, workspace),
    context.prepared,
  ]);
  context.hide(plan.secrets);
  for (const note of plan.notes) context.note(note);
  context.command(plan.display);
  context.signal.throwIfAborted();
  context.phase('compile');
  context.afterwards(plan.ended);
  let isCompiled = false;
  const { exit, stopped } = await context.exec(plan.command, {
    onLine(line) {
      plan.heard(line);
      isCompiled ||= NOTHING.test(stripVTControlCharacters(line));
    },
  });
  if (stopped) return stopped;
  if (exit.code !== 0) return { status: 'failed', failure: explained(context, exit) };
  context.phase(PHASES.try, isCompiled ? 'skipped' : 'done');
  return deployContract(context, { ...input, file, name }, plan.builds, PHASES);
}

const NOTHING = /^No files changed, compilation skipped/;

const explained = (
  { project, target, recentLines, currentPhase }: Context,
  { code: exitCode, signal }: Exit,
) =>
  explainFailure({
    ...{ project, exitCode, signal, lines: recentLines(), phase: currentPhase() },
    ...{ network: target.network, codeSizeLimit: target.codeSizeLimit },
  });
