import type { AbiParameter } from 'viem';
import { abiValueOf } from '../shared/abi-value.ts';
import type { AddressOf } from '../shared/address-of.ts';
import {
  ArgumentSyntaxError,
  quotedIfNeeded,
  readList,
  type Typed,
} from '../shared/argument-text.ts';
import { memberNumber } from '../shared/enum-text.ts';
import { AppError } from '../shared/errors.ts';
import { enumMembers } from './enum-members.ts';

/** A value that was read, with those that it consists of. `value` is as viem encodes it. */
export type ReadValue =
  | { of: 'list' | 'tuple'; value: unknown; items: ReadValue[] }
  | { of: 'word'; type: string; value: unknown; isNamed?: true };

/** What arguments are for, and the field that they came in. */
export interface ArgumentsOf {
  /** E.g. `run(address,uint256)`. */
  signature: string;
  inputs: readonly AbiParameter[];
  field: string;
  /** For texts that are no address themselves. */
  addressOf?: AddressOf;
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

/** The same texts, but with addresses and numbers where an argument names them. Throws as above. */
export const withoutNames = (of: ArgumentsOf, texts: readonly string[]): string[] =>
  readArguments(of, texts).map((read, i) =>
    hasNames(read) ? textOf(read, false) : (texts[i] ?? ''),
  );

const hasNames = (read: ReadValue): boolean =>
  read.of === 'word' ? read.isNamed === true : read.items.some(hasNames);

function textOf(read: ReadValue, nested: boolean): string {
  if (read.of === 'word') {
    const text = String(read.value);
    return nested && read.type === 'string' ? quotedIfNeeded(text) : text;
  }
  const texts = read.items.map((one) => textOf(one, true)).join(', ');
  return read.of === 'list' ? `[${texts}]` : `(${texts})`;
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
    return { of: 'word', type: parameter.type, ...this.#word(parameter, typed) };
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

  #word(parameter: AbiParameter, text: string): { value: unknown; isNamed?: true } {
    const { type } = parameter;
    if (type === 'string') return { value: text };
    const members = enumMembers(parameter);
    const member = members && memberNumber(text, members);
    if (member !== undefined) return { value: BigInt(member), isNamed: true };
    const read = abiValueOf(type, text);
    if (read && 'value' in read) return { value: read.value };
    const named = type === 'address' ? this.#addressOf?.(text.trim()) : undefined;
    if (named) return { value: named, isNamed: true };
    const names = named === null ? ", a contract's name, or the index of an account" : '';
    if (members) throw new WrongValue(`one of ${membersText(members)}, or its number`, text);
    throw new WrongValue(`${read?.expected ?? `a ${type}`}${names}`, text);
  }
}

const MOST_LISTED = 20;

const membersText = (members: readonly string[]): string =>
  members.slice(0, MOST_LISTED).join(', ') + (members.length > MOST_LISTED ? ', …' : '');

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
