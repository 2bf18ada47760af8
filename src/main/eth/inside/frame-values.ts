import type { SourceValue } from '../../shared/decoded.ts';
import type { Snapshot, TracedFrames } from './frame-tracer.ts';
import type { SourceText } from './source-text.ts';
import {
  type DeclaredFunction,
  type DeclaredVariable,
  type SourceStructs,
  type SourceType,
  stackWords,
} from './source-types.ts';
import { calldataValue, memoryValue, wordValue } from './source-values.ts';
import type { Place, SourcedCode } from './sourced-code.ts';

/** What values are read from. */
export interface FrameState {
  structs: SourceStructs;
  snapshot: Snapshot;
  /** What the call of the contract was given, hex; null: it creates a contract. */
  input: string | null;
  /** What a pointer into storage leads to, e.g. `markets[1]`. */
  storedAt(slot: bigint, type: SourceType): Promise<string>;
}

/** Positions in the code at which a variable gets its place on the stack. */
export const positionsOf = (
  code: SourcedCode,
  source: SourceText,
  variables: readonly DeclaredVariable[],
): Map<DeclaredVariable, number[]> => {
  const byRange = new Map(variables.map((one) => [`${one.start}:${one.end}`, one]));
  const found = new Map<DeclaredVariable, number[]>();
  for (const [pc, place] of code.places()) {
    if (place.source !== source) continue;
    const variable = byRange.get(`${place.start}:${place.start + place.length}`);
    if (variable) found.set(variable, [...(found.get(variable) ?? []), pc]);
  }
  return found;
};

/** Positions in the code of what is written in the body of a function. */
export function positionsInBody(
  code: SourcedCode,
  source: SourceText,
  { bodyStart, bodyEnd }: DeclaredFunction,
): number[] {
  const found: number[] = [];
  for (const [pc, { source: other, start, length }] of code.places()) {
    const isInside = start > bodyStart && start + length < bodyEnd;
    if (other === source && isInside) found.push(pc);
  }
  return found;
}

/** Whether a variable has its value where a place begins. */
export const isVisible = ({ from, to }: DeclaredVariable, { start, length }: Place): boolean =>
  start >= from && start + length <= to;

/** How high the stack was at least at any of some positions in the code; null: it got to none. */
export function heightOf(
  positions: readonly number[] | undefined,
  heights: TracedFrames['frames'][number]['heights'],
): number | null {
  const found = (positions ?? []).flatMap((pc) => heights[pc] ?? []);
  return found.length === 0 ? null : Math.min(...found);
}

/**
 * The parameters of a function, the last of which lies on top of those below it.
 *
 * @param height of the stack with all of them
 */
export async function parameterValues(
  { parameters }: DeclaredFunction,
  height: number,
  state: FrameState,
): Promise<SourceValue[]> {
  const found: SourceValue[] = [];
  let at: number | null = height;
  for (const one of parameters.toReversed()) {
    const words: number | null = stackWords(one);
    at = at === null || words === null ? null : at - words;
    if (one.name !== '') found.unshift(await valueAt(one, at, state));
  }
  return found;
}

/** @param at height of the stack below it; null: it isn't known where it lies */
export async function valueAt(
  variable: DeclaredVariable,
  at: number | null,
  state: FrameState,
): Promise<SourceValue> {
  const { name, text, line } = variable;
  const value = at === null || at < 0 ? null : await textAt(variable, at, state);
  return { name, type: text, value, line };
}

async function textAt(
  { type, location }: DeclaredVariable,
  at: number,
  { structs, snapshot, input, storedAt }: FrameState,
): Promise<string | null> {
  const wordAt = (height: number): bigint | null => {
    const word = snapshot.stack[snapshot.stack.length - 1 - height];
    return word === undefined ? null : BigInt(`0x${word}`);
  };
  const word = wordAt(at);
  if (word === null) return null;
  if (location === 'memory') return memoryValue(type, structs, snapshot.memory, word);
  if (location === 'storage') return storedAt(word, type);
  if (location === 'calldata') {
    const length = stackWords({ type, location }) === 2 ? wordAt(at + 1) : null;
    return input === null ? null : calldataValue(type, structs, input, word, length);
  }
  return wordValue(type, word);
}

/** How the first part of a stored value is named behind the name of the whole. */
export function firstPart(type: SourceType, structs: SourceStructs, depth = 0): string {
  if (depth > MOST_DEPTH) return '';
  if (type.kind === 'array') {
    return type.length === null ? '.length' : `[0]${firstPart(type.base, structs, depth + 1)}`;
  }
  const [first] = type.kind === 'struct' ? (structs[type.id]?.members ?? []) : [];
  return first ? `.${first.name}${firstPart(first.type, structs, depth + 1)}` : '';
}

const MOST_DEPTH = 16;
