import type { NetworkNames } from '../../eth/inside/network-names.ts';
import type { LineStep } from '../../eth/inside/source-run.ts';
import { sourceStack } from '../../eth/inside/source-stack.ts';
import { functionsAt } from '../../eth/inside/source-trace.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import { AppError } from '../../shared/errors.ts';
import type {
  LineGas,
  SourceFile,
  SourceLine,
  StepDetail,
  StepsInput,
  TransactionSteps,
} from './contract/source.ts';
import {
  asItRan,
  callsOfTransaction,
  findTransaction,
  type RecordedOf,
  treeOf,
} from './found-transaction.ts';
import { failingIn, isByYul, MERGED, MERGED_BY_YUL } from './source.ts';
import type { RanAgain, RanOrProblem, SourceRuns } from './source-runs.ts';
import type { SourceVariables } from './source-variables.ts';
import type { SourcedArtifacts } from './sourced-codes.ts';
import { type FrameValues, frameValues } from './step-frames.ts';
import type { ExplorerStore } from './store.ts';

const MOST_TEXT = 200;

export interface StepsParts {
  namesOn: (from: ReadNetwork) => NetworkNames;
  recordedOf: RecordedOf;
  store: ExplorerStore;
  artifacts: SourcedArtifacts;
  runs: SourceRuns;
  variables: SourceVariables;
  /** Resolves when what compilers have left by now is known. */
  fresh: () => Promise<void>;
}

/**
 * Runs a transaction of a network again, once more with what compilers have left since where its
 * sources aren't known. Throws TRANSACTION_NOT_FOUND.
 */
export async function ranAgain(
  from: ReadNetwork,
  parts: StepsParts,
  hash: string,
): Promise<RanOrProblem> {
  const done = await ranOnce(from, parts, hash);
  if (!('ran' in done) || done.ran.calls.every((_, i) => done.ran.missing(i) === null)) return done;
  await parts.fresh();
  return ranOnce(from, parts, hash);
}

async function ranOnce(from: ReadNetwork, parts: StepsParts, hash: string): Promise<RanOrProblem> {
  const found = await findTransaction(from, parts, hash);
  return parts.runs.of(from, found, async () => {
    const told = await callsOfTransaction(from, found);
    const names = parts.namesOn(await asItRan(from, found, told.root));
    return treeOf(told, names, found);
  });
}

/**
 * Some of the steps of a transaction, line by line, around the one that is asked about: what it
 * failed at, the beginning of a call, or that with a number.
 */
export async function transactionSteps(
  from: ReadNetwork,
  parts: StepsParts,
  { hash, at, call, limit }: Omit<StepsInput, 'network'>,
): Promise<TransactionSteps> {
  const done = await ranAgain(from, parts, hash);
  if ('problem' in done) return noSteps(done.problem);
  const { run, calls } = done.ran;
  const failed = failedStep(done.ran);
  if (run.count === 0) return noSteps(whyNone(done.ran));
  const asked = call === undefined ? (at ?? failed?.index ?? 0) : run.firstOf(call);
  const chosen = Math.min(run.count - 1, asked);
  const first = Math.max(0, Math.min(chosen - (limit >> 1), run.count - limit));
  const files = new Map<string, number>();
  const steps: SourceLine[] = [];
  for (let i = first; i < Math.min(run.count, first + limit); i++) {
    steps.push(lineOf(done.ran, i, files));
  }
  return {
    ...{ count: run.count, instructions: run.instructions, at: chosen, first, steps },
    files: [...files.keys()],
    failed: failed?.index ?? null,
    problem: problemAt(done.ran, failed, call),
    unknown: calls.flatMap((_, i) => {
      const reason = done.ran.missing(i);
      return reason === null ? [] : [{ call: i, reason }];
    }),
  };
}

const NO_VALUES: FrameValues = { arguments: [], locals: [], problem: null };

/** What runs at a step, and with which values. Throws SOURCE_NOT_FOUND. */
export async function stepDetail(
  from: ReadNetwork,
  parts: StepsParts,
  { hash, step: index }: { hash: string; step: number },
): Promise<StepDetail> {
  const done = await ranAgain(from, parts, hash);
  const step = 'ran' in done ? done.ran.run.step(index) : null;
  if (!('ran' in done) || !step) {
    const problem = 'problem' in done ? done.problem : `The transaction has no step ${index}.`;
    throw new AppError('SOURCE_NOT_FOUND', problem, { field: 'step' });
  }
  const values = await frameValues(done.ran, step, parts.variables);
  const stack = functionsAt(step.frame, step.place).map(({ position, ...one }, i) => ({
    ...one,
    ...{ file: position?.file ?? null, line: position?.line ?? null },
    ...(values[i] ?? NO_VALUES),
  }));
  return { index, stack };
}

/** The lines of source that took most gas. */
export async function transactionLineGas(
  from: ReadNetwork,
  parts: StepsParts,
  { hash, limit }: { hash: string; limit: number },
): Promise<LineGas> {
  const done = await ranAgain(from, parts, hash);
  if ('problem' in done) return { lines: [], count: 0, problem: done.problem };
  const all = [...done.ran.run.gas].flatMap(([source, lines]) =>
    [...lines].map(([line, gas]) => ({ source, line, gas })),
  );
  const lines = all.filter(({ gas }) => gas > 0).sort((a, b) => b.gas - a.gas);
  const [reason] = done.ran.calls.flatMap((_, call) => done.ran.missing(call) ?? []);
  return {
    lines: lines.slice(0, limit).map(({ source, line, gas }) => ({
      ...{ file: source.path, line, gas },
      text: source.line(line).trim().slice(0, MOST_TEXT),
    })),
    count: lines.length,
    problem: reason === undefined ? null : `Not all lines are known: ${reason}.`,
  };
}

/** A file that ran in a transaction, as it was compiled. Throws SOURCE_NOT_FOUND. */
export async function transactionSource(
  from: ReadNetwork,
  parts: StepsParts,
  { hash, file }: { hash: string; file: string },
): Promise<SourceFile> {
  const done = await ranAgain(from, parts, hash);
  const source = 'ran' in done ? done.ran.run.sources().find(({ path }) => path === file) : null;
  if (source && 'ran' in done) {
    const gas = [...(done.ran.run.gas.get(source) ?? [])].map(([line, gas]) => ({ line, gas }));
    return {
      ...{ path: source.path, text: source.text, gas: gas.sort((a, b) => a.line - b.line) },
      projects: projectsWith(done.ran, parts.artifacts, source),
    };
  }
  throw new AppError(
    'SOURCE_NOT_FOUND',
    'problem' in done
      ? done.problem
      : `No line of ${file} ran in this transaction, or it is not known as it was compiled.`,
    { field: 'file' },
  );
}

function projectsWith(
  { calls, codeOf }: RanAgain,
  artifacts: SourcedArtifacts,
  { path, text }: { path: string; text: string },
): number[] {
  const ran = new Set(calls.flatMap((_, call) => codeOf(call)?.artifact ?? []));
  const having = [...ran]
    .map((id) => artifacts.get(id))
    .filter(({ sources }) => sources.some((one) => one.path === path && one.text === text));
  return [...new Set(having.flatMap(({ projects }) => projects.map(({ id }) => id)))];
}

/** By way of Yul a line may stand in another function than its own. */
function functionAt({ place, frame }: LineStep, byYul: boolean) {
  const own = byYul ? place.declaration : sourceStack(frame)[0]?.declaration;
  return { contract: own?.contract ?? null, function: own?.name ?? null };
}

function lineOf(ran: RanAgain, index: number, files: Map<string, number>): SourceLine {
  const { run } = ran;
  const step = run.step(index);
  if (!step) throw new Error('there is no such step');
  const { place, frame, gas, depth, first } = step;
  const { source, start, length } = place;
  const file = files.get(source.path) ?? files.size;
  files.set(source.path, file);
  const from = source.lineAndColumn(start);
  const to = source.lineAndColumn(start + length);
  return {
    ...{ index, instruction: first, call: frame.call, depth, gas, file },
    ...functionAt(step, isByYul(ran, frame.call)),
    text: source.line(from.line).slice(0, MOST_TEXT),
    ...{ line: from.line, column: from.column, endLine: to.line, endColumn: to.column },
    ...run.ways(index),
  };
}

const STEPS_BY_YUL =
  'Compiled by way of Yul, which merges code of several places: lines may be others, nearby or of other functions.';

interface FailedStep {
  index: number;
  call: number;
  isExact: boolean;
}

/** Where it failed, as far inside as its sources are known. */
function failedStep({ run, calls }: RanAgain): FailedStep | null {
  for (const call of failingIn(calls)) {
    const failure = run.failures.get(call);
    const index = run.lastOf(call);
    if (failure?.failure && index !== null) {
      return { index, call, isExact: failure.failure.isExact };
    }
  }
  return null;
}

function problemAt(
  ran: RanAgain,
  failed: FailedStep | null,
  call: number | undefined,
): string | null {
  const [innermost] = failingIn(ran.calls);
  if (call !== undefined) {
    const reason = ran.missing(call);
    return reason && `Its source can't be shown: ${reason}. This is where it was called.`;
  }
  if (failed === null || innermost === undefined) {
    return ran.calls.some((_, i) => isByYul(ran, i)) ? STEPS_BY_YUL : null;
  }
  if (failed.call !== innermost) {
    const reason = ran.missing(innermost) ?? 'the instructions there come from no line of source';
    return `It failed further inside, in call ${innermost}, but ${reason}. This is where that was called.`;
  }
  if (isByYul(ran, failed.call)) return failed.isExact ? STEPS_BY_YUL : MERGED_BY_YUL;
  return failed.isExact ? null : MERGED;
}

export function whyNone(ran: RanAgain): string {
  const { calls, missing } = ran;
  const [reason] = calls.flatMap((_, call) => missing(call) ?? []);
  return reason
    ? `The lines of source can't be told: ${reason}.`
    : calls.length === 1 && calls[0]?.input === '0x'
      ? 'No code ran in it.'
      : calls.some((_, i) => isByYul(ran, i))
        ? 'Compiled by way of Yul, which has left no line of source to the instructions of this call.'
        : 'The instructions come from no line of source.';
}

const noSteps = (problem: string): TransactionSteps => ({
  ...{ count: 0, instructions: 0, at: 0, first: 0, steps: [], files: [], unknown: [] },
  ...{ failed: null, problem },
});
