import { callTrace, failureTrace } from '../../eth/inside/source-trace.ts';
import type { CallNode, SourceTrace } from '../../shared/decoded.ts';
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
export function sourceOf({ run, calls, missing }: RanAgain, asked: number | undefined): Sourced {
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
export function failingIn(calls: readonly CallNode[]): number[] {
  return calls.flatMap(({ failing }, i) => (failing ? [i] : [])).toReversed();
}
