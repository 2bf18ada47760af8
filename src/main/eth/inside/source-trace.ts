import type { SourceFunction, SourcePosition, SourceTrace } from '../../shared/decoded.ts';
import type { SourceFrame } from './running-code.ts';
import { sourceStack } from './source-stack.ts';
import type { SourceStep } from './source-steps.ts';
import type { Place } from './sourced-code.ts';

/** Lines before and behind the one that is meant. */
const LINES_AROUND = 3;
/** Of a place that spans many lines. */
const MOST_LINES = 30;

/** Where a call failed, by its last step. null: that comes from no known source. */
export function failureTrace({ place, failure, frame }: SourceStep): SourceTrace | null {
  if (!place || !failure) return null;
  const { isExact } = failure;
  return { call: frame.call, position: positionOf(place), isExact, stack: stackOf(frame, place) };
}

/** Where a call of a contract was made. @param frame the first one of the call. null: it isn't known. */
export function callTrace({ call, calledAt, caller }: SourceFrame): SourceTrace | null {
  if (!calledAt || !caller) return null;
  const stack = stackOf(caller, calledAt);
  return { call, position: positionOf(calledAt), isExact: true, stack };
}

export function positionOf({ source, start, length }: Place): SourcePosition {
  const from = source.lineAndColumn(start);
  const to = source.lineAndColumn(start + length);
  const lines = source.text.split('\n');
  const firstLine = Math.max(1, from.line - LINES_AROUND);
  const lastLine = Math.min(to.line, from.line + MOST_LINES) + LINES_AROUND;
  return {
    ...{ file: source.path, line: from.line, column: from.column },
    ...{ endLine: to.line, endColumn: to.column },
    excerpt: { firstLine, lines: lines.slice(firstLine - 1, lastLine) },
  };
}

/** @param at what runs in the innermost function */
export function stackOf(innermost: SourceFrame, at: Place): SourceFunction[] {
  let place: Place | null = at;
  return sourceStack(innermost).map(({ declaration, call, calledAt }) => {
    const { contract, name } = declaration;
    const position = place && positionOf(place);
    place = calledAt;
    return { call, contract, function: name, position };
  });
}
