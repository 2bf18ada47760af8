import type { KindInfo } from '#main/shared/kind.ts';
import { shapeOf } from '../../../families/contracts/abi/abi-shape.ts';
import { isMissing, textProblem, typedIn } from '../../../families/contracts/abi/typed-value.ts';
import { missingParameter } from './named-values.ts';
import { argumentsOf, type ShownInput } from './shown-inputs.ts';

/** Why Deploy is disabled, and where. */
export interface Missing {
  message: string;
  /** Key of the input, and for a call's arguments the position of the missing or wrong one. */
  name: string;
  argument?: number;
}

/** The first missing or invalid input that the form can detect. The core checks the rest. */
export function missingIn(shown: readonly ShownInput[]): Missing | null {
  for (const one of shown) {
    const { input, value, gone } = one;
    const { name, label, required } = input;
    if (gone !== undefined) {
      return { name, message: `${gone} isn’t in this project any more. Choose another one.` };
    }
    if (required && (value === undefined || value === '')) {
      return { name, message: `Fill in ${label}.` };
    }
    const wrong = wrongIn(one);
    if (wrong) return { name, ...wrong };
  }
  return null;
}

function wrongIn(shown: ShownInput): { message: string; argument: number } | null {
  if (shown.input.control === 'abi-arguments') return wrongArgument(shown);
  return shown.input.control === 'parameters' ? missingParameter(shown) : null;
}

function wrongArgument(shown: ShownInput): { message: string; argument: number } | null {
  const texts = argumentsOf(shown);
  for (const [argument, parameter] of (shown.call?.parameters ?? []).entries()) {
    const { name, type } = parameter;
    const text = texts[argument] ?? '';
    const called = name || `argument ${argument + 1}`;
    if (type !== 'string' && !text.trim()) {
      return { message: `Fill in ${called} (${type}).`, argument };
    }
    const shape = shapeOf({ ...parameter, name: called });
    const problem = textProblem(shape, text);
    if (problem) return { message: `Correct ${called}. ${problem}`, argument };
    const typed = typedIn(shape, text);
    if (typed !== null && isMissing(shape, typed)) {
      return { message: `Fill in every part of ${called}.`, argument };
    }
  }
  return null;
}

/** What a retry sends of lists that are empty now: left out, they would stay as they were. */
export const emptyLists = ({ inputs }: Pick<KindInfo, 'inputs'>): Record<string, unknown> =>
  Object.fromEntries(
    inputs.filter(({ repeatable }) => repeatable).map(({ name }): [string, unknown] => [name, []]),
  );

/** The input of a request: the shown values, without empty ones; null: not what is kept either. */
export const inputOf = (shown: readonly ShownInput[]): Record<string, unknown> =>
  Object.fromEntries(
    shown.flatMap((one) => {
      const value = sent(one) ?? (one.kept === undefined ? undefined : null);
      return value === undefined ? [] : [[one.input.name, value]];
    }),
  );

function sent(shown: ShownInput): unknown {
  const { input, value } = shown;
  if (input.control === 'abi-arguments') {
    const texts = argumentsOf(shown);
    return texts.length > 0 ? texts : undefined;
  }
  if (input.control === 'switch') return value;
  if (input.repeatable) {
    const lines = linesOf(input.control, value).map((line) => ofText(input.control, line));
    return lines.length > 0 ? lines : undefined;
  }
  return typeof value === 'string' ? ofText(input.control, value.trim()) : value;
}

/** Several values are typed one per line, or with commas where no value contains one. */
function linesOf(control: string, value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  if (typeof value !== 'string') return [];
  const parts = value.split(control === 'number' || control === 'port' ? /[\s,]+/ : '\n');
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** A number if it is one; otherwise the text, which the core then refuses. */
function ofText(control: string, text: string): unknown {
  if (text === '') return undefined;
  if (control !== 'number' && control !== 'port') return text;
  const value = Number(text);
  return Number.isFinite(value) ? value : text;
}
