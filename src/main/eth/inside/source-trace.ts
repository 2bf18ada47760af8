import type { SourceFunction, SourcePosition, SourceTrace } from '../../shared/decoded.ts';
import type { SourceFrame } from './running-code.ts';
import { sourceStack } from './source-stack.ts';
import type { SourceStep } from './source-steps.ts';
import { isInFunction, type Place } from './sourced-code.ts';

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

/** The functions that run. @param at what runs in the innermost frame */
export const functionsAt = (innermost: SourceFrame, at: Place) =>
  sourceStack(innermost, at).map(({ declaration: { contract, name }, call, place }) => ({
    ...{ call, contract, function: name, position: place && positionOf(place) },
  }));

/** The same, and before them the contract that is called where none of its functions runs. */
function stackOf(innermost: SourceFrame, at: Place): SourceFunction[] {
  const functions = functionsAt(innermost, at);
  const { call } = innermost;
  if (isInFunction(at) || functions[0]?.call === call) return functions;
  const contract = at.declaration?.name ?? null;
  return [{ call, contract, function: null, position: positionOf(at) }, ...functions];
}
