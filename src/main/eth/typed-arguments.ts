import type { AbiParameter, Hex } from 'viem';
import { abiValueOf } from '../shared/abi-value.ts';
import { ArgumentSyntaxError, readList, type Typed } from '../shared/argument-text.ts';
import { AppError } from '../shared/errors.ts';

/** A value that was read, with those that it consists of. `value` is as viem encodes it. */
export type ReadValue =
  | { of: 'list' | 'tuple'; value: unknown; items: ReadValue[] }
  | { of: 'word'; type: string; value: unknown };

/** What arguments are for, and the field that they came in. */
export interface ArgumentsOf {
  /** E.g. `run(address,uint256)`. */
  signature: string;
  inputs: readonly AbiParameter[];
  field: string;
  /** The address that a text stands for where it is no address itself; null: for none. */
  addressOf?: (text: string) => Hex | null;
}

/** The name of a type in a message. */
class WrongValue extends Error {
  constructor(
    readonly expected: string,
    readonly given: string,
  ) {
    super(`expected ${expected}`);
  }
}

/**
 * Reads arguments as typed. Numbers may be written as 12, -3, 0x1f, 1e18, 1.5ether or 20 gwei; arrays
 * as [1,2]; tuples as (1,true). A text that is an argument of its own is taken literally. Throws
 * BAD_ARGUMENT, which names the argument, the expected value and the given one.
 */
export function readArguments(
  { signature, inputs, field, addressOf }: ArgumentsOf,
  texts: readonly string[],
): ReadValue[] {
  if (inputs.length !== texts.length) {
    throw bad(
      field,
      `${signature} takes ${count(inputs.length)}, but ${texts.length} ${texts.length === 1 ? 'was' : 'were'} given. Give one value for each of its types.`,
    );
  }
  const reader = new Reader(addressOf);
  return inputs.map((input, i) => {
    const text = texts[i] ?? '';
    try {
      return reader.value(input, text, text);
    } catch (error) {
      if (!(error instanceof WrongValue)) throw error;
      const whole = error.given === text ? '' : ` in ${show(text)}`;
      const name = input.name ? ` (${input.name})` : '';
      throw bad(
        field,
        `Argument ${i + 1}${name} of ${signature} must be ${error.expected}, but ${show(error.given)}${whole} was given.`,
      );
    }
  });
}

class Reader {
  readonly #addressOf: ArgumentsOf['addressOf'];

  constructor(addressOf: ArgumentsOf['addressOf']) {
    this.#addressOf = addressOf;
  }

  value(parameter: AbiParameter, typed: Typed, shown: string): ReadValue {
    const array = /^(.*)\[(\d*)\]$/.exec(parameter.type);
    if (array) return this.#list(parameter, array, typed, shown);
    if ('components' in parameter) return this.#tuple(parameter, typed, shown);
    if (typeof typed !== 'string') throw new WrongValue(`one ${parameter.type}`, shown);
    return { of: 'word', type: parameter.type, value: this.#word(parameter.type, typed) };
  }

  #list(
    parameter: AbiParameter,
    [, type = '', size]: RegExpExecArray,
    typed: Typed,
    shown: string,
  ): ReadValue {
    const texts = listOf(typed, shown, `a list like [1,2] (${nameOf(parameter)})`);
    const length = size ? Number(size) : texts.length;
    if (texts.length !== length) {
      throw new WrongValue(`a list of exactly ${length} values (${nameOf(parameter)})`, shown);
    }
    const inner = { ...parameter, type };
    const items = texts.map((item) => this.value(inner, item, showTyped(item)));
    return { of: 'list', items, value: items.map((one) => one.value) };
  }

  #tuple(
    parameter: AbiParameter & { components: readonly AbiParameter[] },
    typed: Typed,
    shown: string,
  ): ReadValue {
    const { components } = parameter;
    const expected = `${components.length} values in brackets, ${nameOf(parameter)}`;
    const texts = listOf(typed, shown, expected);
    if (texts.length !== components.length) throw new WrongValue(expected, shown);
    const items = components.map((component, i) => {
      const item = texts[i] ?? '';
      return this.value(component, item, showTyped(item));
    });
    const values = items.map((one) => one.value);
    const names = components.map(({ name }) => name);
    // viem takes a list where names are missing, and by name where all are there.
    const isNamed = names.every((name) => name);
    return {
      of: 'tuple',
      items,
      value: isNamed ? Object.fromEntries(names.map((name, i) => [name, values[i]])) : values,
    };
  }

  #word(type: string, text: string): unknown {
    if (type === 'string') return text;
    const read = abiValueOf(type, text);
    if (read && 'value' in read) return read.value;
    const named = type === 'address' ? this.#addressOf?.(text.trim()) : undefined;
    if (named) return named;
    const names = named === null ? ", a contract's name, or the index of an account" : '';
    throw new WrongValue(`${read?.expected ?? `a ${type}`}${names}`, text);
  }
}

function listOf(typed: Typed, shown: string, expected: string): Typed[] {
  if (Array.isArray(typed)) return typed;
  try {
    return readList(typed);
  } catch (error) {
    if (!(error instanceof ArgumentSyntaxError)) throw error;
    throw new WrongValue(`${expected}; ${error.message}`, shown);
  }
}

function nameOf(parameter: AbiParameter): string {
  if (!('components' in parameter)) return parameter.type;
  const inner = parameter.components.map(nameOf).join(',');
  return parameter.type.replace('tuple', `(${inner})`);
}

/** Hides what may be a mistyped key. */
const show = (text: string): string =>
  /[0-9a-f]{50}|(?:[a-z]{3,8}\s+){11}/i.test(text)
    ? `"${text.slice(0, 6)}…" of ${text.length} characters`
    : text === ''
      ? 'nothing'
      : `"${text.length > 80 ? `${text.slice(0, 77)}…` : text}"`;

const showTyped = (typed: Typed): string =>
  Array.isArray(typed) ? `[${typed.map(showTyped).join(',')}]` : typed;

const count = (n: number): string => {
  if (n === 0) return 'no arguments';
  return n === 1 ? '1 argument' : `${n} arguments`;
};

const bad = (field: string, message: string): AppError =>
  new AppError('BAD_ARGUMENT', message, { field });
