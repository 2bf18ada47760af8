import {
  type AbiFunction,
  type AbiParameter,
  encodeFunctionData,
  type Hex,
  parseAbiItem,
} from 'viem';
import { abiValueOf } from '../../shared/abi-value.ts';
import { AppError } from '../../shared/errors.ts';
import { ArgumentSyntaxError, quoteText, readList, type Typed } from './argument-text.ts';

export interface CheckedArguments {
  /** In a form that forge always reads: decimal numbers, texts quoted where needed. */
  words: string[];
  calldata: Hex;
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
 * Checks arguments, as typed, against a canonical signature such as `run(address,uint256)`. Numbers
 * may be written as 12, -3, 0x1f, 1e18, 1.5ether or 20 gwei; arrays as [1,2]; tuples as (1,true). A
 * text that is an argument of its own is taken literally. Throws BAD_ARGUMENT, which names the
 * argument, the expected value and the given one.
 */
export function checkArguments(signature: string, args: readonly string[]): CheckedArguments {
  const abi = functionOf(signature);
  const { inputs } = abi;
  if (inputs.length !== args.length) {
    throw bad(
      `${signature} takes ${count(inputs.length)}, but ${args.length} ${args.length === 1 ? 'was' : 'were'} given. Give one value for each of its types.`,
    );
  }
  const read = inputs.map((input, i) => {
    const text = args[i] ?? '';
    try {
      return readValue(input, text, text);
    } catch (error) {
      if (!(error instanceof WrongValue)) throw error;
      const whole = error.given === text ? '' : ` in ${show(text)}`;
      const name = input.name ? ` (${input.name})` : '';
      throw bad(
        `Argument ${i + 1}${name} of ${signature} must be ${error.expected}, but ${show(error.given)}${whole} was given.`,
      );
    }
  });
  return {
    words: read.map((one) => one.word(false)),
    calldata: encodeFunctionData({
      abi: [abi],
      functionName: abi.name,
      args: read.map((one) => one.value),
    }),
  };
}

function functionOf(signature: string): AbiFunction {
  try {
    const item = parseAbiItem(`function ${signature}`) as AbiFunction;
    if (item.type === 'function') return item;
  } catch {
    // Reported below.
  }
  throw bad(`${signature} is not a function signature. Write it as in run(address,uint256).`);
}

interface Value {
  value: unknown;
  word(insideList: boolean): string;
}

function readValue(parameter: AbiParameter, typed: Typed, shown: string): Value {
  const array = /^(.*)\[(\d*)\]$/.exec(parameter.type);
  if (array) {
    const items = listOf(typed, shown, `a list like [1,2] (${nameOf(parameter)})`);
    const length = array[2] ? Number(array[2]) : items.length;
    if (items.length !== length) {
      throw new WrongValue(`a list of exactly ${length} values (${nameOf(parameter)})`, shown);
    }
    const inner = { ...parameter, type: array[1] ?? '' };
    const values = items.map((item) => readValue(inner, item, showTyped(item)));
    return {
      value: values.map((one) => one.value),
      word: () => `[${values.map((one) => one.word(true)).join(',')}]`,
    };
  }
  if ('components' in parameter) {
    const expected = `${parameter.components.length} values in brackets, ${nameOf(parameter)}`;
    const items = listOf(typed, shown, expected);
    if (items.length !== parameter.components.length) throw new WrongValue(expected, shown);
    const values = parameter.components.map((component, i) => {
      const item = items[i] ?? '';
      return readValue(component, item, showTyped(item));
    });
    const named = parameter.components.every((component) => component.name);
    const entries = parameter.components.map((c, i) => [c.name, values[i]?.value]);
    return {
      value: named ? Object.fromEntries(entries) : values.map((one) => one.value),
      word: () => `(${values.map((one) => one.word(true)).join(',')})`,
    };
  }
  if (typeof typed !== 'string') throw new WrongValue(`one ${parameter.type}`, shown);
  return plainValue(parameter.type, typed);
}

function plainValue(type: string, text: string): Value {
  if (type === 'string') {
    return {
      value: text,
      word: (insideList) => {
        try {
          return quoteText(text, insideList);
        } catch (error) {
          throw bad(
            `The text ${show(text)} can't be handed to forge: ${(error as Error).message}.`,
          );
        }
      },
    };
  }
  const read = abiValueOf(type, text);
  if (!read || 'expected' in read) throw new WrongValue(read?.expected ?? `a ${type}`, text);
  return { value: read.value, word: () => String(read.value) };
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

const bad = (message: string): AppError => new AppError('BAD_ARGUMENT', message, { field: 'args' });
