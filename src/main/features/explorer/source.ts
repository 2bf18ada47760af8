import { callsOf, type TracedCall } from '../../eth/inside/call-tree.ts';
import { INSTRUCTIONS, type Replayed, replayCall } from '../../eth/inside/replay.ts';
import type { SourceFrame } from '../../eth/inside/running-code.ts';
import { type SourceStep, sourceSteps, type TracedStep } from '../../eth/inside/source-steps.ts';
import { callTrace, failureTrace } from '../../eth/inside/source-trace.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import type { CallNode, SourceTrace } from '../../shared/decoded.ts';
import { messageOf } from '../../shared/errors.ts';
import { type SourcedArtifacts, SourcedCodes } from './sourced-codes.ts';

export interface Sourced {
  source: SourceTrace | null;
  problem: string | null;
}

/** Longer ones would take more memory than there may be. */
const MOST_GAS = 12_000_000n;

const nothing = (problem: string): Sourced => ({ source: null, problem });

/**
 * The line of source that a transaction failed at, or a call of it failed at or was made at, by
 * running it again on its network.
 *
 * @param tree of the calls of the replayed transaction
 * @param asked index of a call in it
 */
export async function sourceOf(
  from: ReadNetwork,
  replayed: Replayed,
  tree: CallNode,
  artifacts: SourcedArtifacts,
  asked: number | undefined,
): Promise<Sourced> {
  const calls = [...callsOf(tree)];
  const wanted = asked === undefined ? failingIn(calls) : [asked];
  if (wanted.length === 0) {
    return nothing(
      'The transaction did not fail. Choose a call of its trace to see where it was made.',
    );
  }
  if (!wanted.every((call) => calls[call])) {
    return nothing(`There is no call ${asked}: the trace has ${calls.length}, counted from 0.`);
  }
  if (BigInt(tree.gasUsed) > MOST_GAS) {
    return nothing('The transaction ran too many instructions to be followed through its sources.');
  }
  const codes = new SourcedCodes(artifacts, replayed.trace, replayed.preState);
  const missing = new Map<TracedCall, string>();
  let ran: Ran;
  try {
    ran = await run(from, replayed, async (call) => {
      const found = codes.of(call);
      if ('code' in found) return found.code;
      missing.set(call, found.missing);
      return null;
    });
  } catch (error) {
    return nothing(`${from.name} could not run the transaction again: ${messageOf(error)}.`);
  }
  const order = [...tracedCalls(replayed.trace)];
  const reasonOf = (call: number): string =>
    missing.get(order[call] as TracedCall) ?? 'the instructions there come from no line of source';
  for (const call of wanted) {
    const failure = ran.failures.get(call);
    const first = ran.begun.get(call);
    const source =
      (failure && failureTrace(failure)) ??
      (asked !== undefined && first ? callTrace(first) : null);
    if (!source) continue;
    return { source, problem: problemWith(source, wanted[0] as number, reasonOf) };
  }
  return nothing(`The line of source can't be told: ${reasonOf(wanted[0] as number)}.`);
}

function problemWith(
  source: SourceTrace,
  wanted: number,
  reasonOf: (call: number) => string,
): string | null {
  if (source.call !== wanted) {
    return `It failed further inside, in call ${wanted}, but ${reasonOf(wanted)}. This is where that was called.`;
  }
  return source.isExact
    ? null
    : 'The compiler has merged code of several places here (by way of Yul, or in optimizing): the line may be one nearby.';
}

/** What fails on the way from the transaction to the innermost error, that one first. */
function failingIn(calls: readonly CallNode[]): number[] {
  return calls.flatMap(({ failing }, i) => (failing ? [i] : [])).toReversed();
}

interface Ran {
  /** By the call that failed. */
  failures: Map<number, SourceStep>;
  /** The way into each call. */
  begun: Map<number, SourceFrame>;
}

async function run(
  from: ReadNetwork,
  replayed: Replayed,
  codeOf: Parameters<typeof sourceSteps>[0]['codeOf'],
): Promise<Ran> {
  const { structLogs } = await from.call<{ structLogs: TracedStep[] }>(
    'debug_traceCall',
    replayCall(replayed, INSTRUCTIONS),
  );
  const ran: Ran = { failures: new Map(), begun: new Map() };
  for await (const step of sourceSteps({ steps: structLogs, root: replayed.trace, codeOf })) {
    const { call } = step.frame;
    if (step.failure) ran.failures.set(call, step);
    if (!ran.begun.has(call)) ran.begun.set(call, step.frame);
  }
  return ran;
}

/** In the order of `callsOf`. */
function* tracedCalls(root: TracedCall): Generator<TracedCall> {
  const open = [root];
  for (let call = open.pop(); call; call = open.pop()) {
    yield call;
    for (const inner of call.calls?.toReversed() ?? []) open.push(inner);
  }
}
