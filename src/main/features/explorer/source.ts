import type { SourceRun } from '../../eth/inside/source-run.ts';
import { callTrace, failureTrace } from '../../eth/inside/source-trace.ts';
import { isInFunction, isWholeFunction, type Place } from '../../eth/inside/sourced-code.ts';
import type { CallNode, SourcePosition, SourceTrace } from '../../shared/decoded.ts';
import type { RanAgain } from './source-runs.ts';

export interface Sourced {
  source: SourceTrace | null;
  problem: string | null;
}

const nothing = (problem: string): Sourced => ({ source: null, problem });

/**
 * The line of source that a transaction failed at, or a call of it failed at or was made at.
 *
 * @param asked index of a call in it
 */
export function sourceOf(ran: RanAgain, asked: number | undefined): Sourced {
  const { run, calls, missing } = ran;
  const wanted = asked === undefined ? failingIn(calls) : [asked];
  if (wanted.length === 0) {
    return nothing(
      'The transaction did not fail. Choose a call of its trace to see where it was made.',
    );
  }
  if (!wanted.every((call) => calls[call])) {
    return nothing(`There is no call ${asked}: the trace has ${calls.length}, counted from 0.`);
  }
  const reasonOf = (call: number): string =>
    missing(call) ?? 'the instructions there come from no line of source';
  for (const call of wanted) {
    const failure = run.failures.get(call);
    const first = run.begun.get(call);
    const source =
      (failure && failureTrace(failure)) ??
      (asked !== undefined && first ? callTrace(first) : null);
    if (!source) continue;
    const told = withGas(source, run);
    if (source.call === wanted[0]) {
      return { source: told, problem: nearness(source, failure?.place, isByYul(ran, source.call)) };
    }
    const reason = reasonOf(wanted[0] as number);
    return {
      source: told,
      problem: `It failed further inside, in call ${wanted[0]}, but ${reason}. This is where that was called.`,
    };
  }
  return nothing(`The line of source can't be told: ${reasonOf(wanted[0] as number)}.`);
}

/** With what the lines around took. */
function withGas(source: SourceTrace, { gas }: SourceRun): SourceTrace {
  const byPath = new Map([...gas].map(([{ path }, lines]) => [path, lines]));
  const of = (position: SourcePosition): SourcePosition => {
    const { firstLine, lines } = position.excerpt;
    const taken = lines.map((_, i) => byPath.get(position.file)?.get(firstLine + i) ?? null);
    return { ...position, excerpt: { firstLine, lines, gas: taken } };
  };
  return {
    ...source,
    position: of(source.position),
    stack: source.stack.map((one) => ({ ...one, position: one.position && of(one.position) })),
  };
}

/** Whether its code was compiled in the way that mixes the code of functions. */
export const isByYul = ({ codeOf }: RanAgain, call: number): boolean =>
  codeOf(call)?.code.viaIr ?? false;

/** Why a place is only near; null: it is exact. */
function nearness(
  { isExact }: SourceTrace,
  place: Place | null | undefined,
  byYul: boolean,
): string | null {
  if (isExact) return null;
  if (byYul) return MERGED_BY_YUL;
  return place && (!isInFunction(place) || isWholeFunction(place))
    ? 'It failed outside of the body of a function: none may fit the call, the arguments may not fit, or it takes no ether. Or the optimizer has merged code of several places.'
    : MERGED;
}

/** What is told of a place that code of several places was merged into. */
export const MERGED =
  'The optimizer has merged code of several places here: the line may be one nearby.';
export const MERGED_BY_YUL =
  'Compiled by way of Yul, which merges code of several places: the line may be another one, and so may the functions around it. What the call went to and why it failed is right.';

/** What fails on the way from the transaction to the innermost error, that one first. */
export function failingIn(calls: readonly CallNode[]): number[] {
  return calls.flatMap(({ failing }, i) => (failing ? [i] : [])).toReversed();
}
