import {
  ArgumentSyntaxError,
  quotedIfNeeded,
  readList,
  type Typed,
} from '#main/shared/argument-text.ts';
import type { Shape } from './abi-shape.ts';
import { argumentProblem } from './argument-check.ts';

/** A value of which nothing is filled in yet. */
export function blank(shape: Shape): Typed {
  if (shape.of === 'tuple') return shape.members.map(blank);
  if (shape.of === 'list')
    return Array.from({ length: shape.length ?? 0 }, () => blank(shape.item));
  return shape.type === 'bool' ? 'false' : '';
}

/** The text of an argument as what it consists of; null: it is typed in a way that does not fit. */
export function typedIn(shape: Shape, text: string): Typed | null {
  if (shape.of === 'word') return text;
  if (text.trim() === '') return blank(shape);
  try {
    const read = readList(text);
    return fits(shape, read) ? read : null;
  } catch (error) {
    if (error instanceof ArgumentSyntaxError) return null;
    throw error;
  }
}

function fits(shape: Shape, typed: Typed): boolean {
  if (shape.of === 'word') return typeof typed === 'string';
  if (typeof typed === 'string') return false;
  if (shape.of === 'list') return typed.every((one) => fits(shape.item, one));
  const { members } = shape;
  return (
    typed.length === members.length && members.every((member, i) => fits(member, typed[i] as Typed))
  );
}

/** The text of an argument, as the core reads it. A word that is an argument of its own is literal. */
export const textOfTyped = (shape: Shape, typed: Typed): string =>
  typeof typed === 'string' ? typed : nested(shape, typed);

function nested(shape: Shape, typed: Typed): string {
  if (typeof typed === 'string') return quotedIfNeeded(typed);
  if (shape.of === 'tuple') {
    return `(${typed.map((one, i) => nested(shape.members[i] ?? shape, one)).join(', ')})`;
  }
  const item = shape.of === 'list' ? shape.item : shape;
  return `[${typed.map((one) => nested(item, one)).join(', ')}]`;
}

/** Whether something is left to be filled in; a text may be empty. */
export function isMissing(shape: Shape, typed: Typed): boolean {
  if (shape.of === 'word') return typed === '' && shape.type !== 'string';
  if (typeof typed === 'string') return true;
  return typed.some((one, i) =>
    isMissing(shape.of === 'list' ? shape.item : (shape.members[i] ?? shape), one),
  );
}

/** What is wrong with the text of an argument, or null; what is missing is not wrong. */
export function textProblem(shape: Shape, text: string): string | null {
  if (shape.of === 'word') return text === '' ? null : argumentProblem(shape, text);
  const typed = typedIn(shape, text);
  if (typed === null)
    return `Give ${shape.of === 'list' ? 'a list like […, …]' : 'values in brackets, (…, …)'} of ${shape.type}.`;
  return typedProblem(shape, typed, shape.name);
}

function typedProblem(shape: Shape, typed: Typed, at: string): string | null {
  if (typeof typed === 'string') {
    const problem = shape.of === 'word' && typed !== '' && argumentProblem(shape, typed);
    return problem ? `${at}: ${problem}` : null;
  }
  if (shape.of === 'list' && shape.length !== null && typed.length !== shape.length) {
    return `${at} takes exactly ${shape.length} values.`;
  }
  for (const [i, one] of typed.entries()) {
    const inner = shape.of === 'list' ? shape.item : shape.of === 'tuple' ? shape.members[i] : null;
    if (!inner) continue;
    const name = shape.of === 'list' ? `${at}[${i}]` : `${at}.${inner.name || i}`;
    const problem = typedProblem(inner, one, name);
    if (problem) return problem;
  }
  return null;
}

/** Why a call can't be made with these texts yet; null: it can. */
export function firstProblem(shapes: readonly Shape[], texts: readonly string[]): string | null {
  for (const [i, shape] of shapes.entries()) {
    const text = texts[i] ?? '';
    const name = shape.name || `argument ${i + 1}`;
    const problem = textProblem(shape, text);
    if (problem) return shape.of === 'word' ? `${name}: ${problem}` : problem;
    const typed = typedIn(shape, text);
    if (typed !== null && isMissing(shape, typed)) return `Fill in ${name} (${shape.type}).`;
  }
  return null;
}
