import {
  type AbiFunction,
  type AbiParameter,
  encodeFunctionData,
  type Hex,
  isAddress,
  parseAbiItem,
  parseUnits,
} from 'viem';
import { AppError } from '../../kit/errors.ts';
import { ArgumentSyntaxError, quoteText, readList, type Typed } from './argument-text.ts';

export interface CheckedArguments {
  /** As forge reads them without fail: numbers in decimals, texts quoted where needed. */
  words: string[];
  calldata: Hex;
}

/** What stands for a type in a message. */
class WrongValue extends Error {
  constructor(
    readonly expected: string,
    readonly given: string,
  ) {
    super(`expected ${expected}`);
  }
}

/**
 * Checks arguments, as typed, against a canonical signature such as `run(address,uint256)`.
 * Numbers may be written as 12, -3, 0x1f, 1e18, 1.5ether or 20 gwei; arrays as [1,2]; tuples as
 * (1,true). A text that is an argument of its own is taken literally. Throws BAD_ARGUMENT, which
 * names the argument, what was expected and what was given.
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
    // Said below.
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
  const trimmed = text.trim();
  const number = /^(u?)int(\d+)$/.exec(type);
  if (number) {
    const value = integer(trimmed, Number(number[2]), number[1] !== 'u');
    if (value !== undefined) return { value, word: () => value.toString() };
  } else if (type === 'bool') {
    const lower = trimmed.toLowerCase();
    if (lower === 'true' || lower === 'false')
      return { value: lower === 'true', word: () => lower };
  } else if (type === 'address') {
    const address = trimmed.startsWith('0x') ? trimmed : `0x${trimmed}`;
    if (isAddress(address)) return { value: address, word: () => address };
    if (/^0x[0-9a-f]{40}$/i.test(address)) {
      throw new WrongValue('an address whose capital letters are right (a checksum)', text);
    }
  } else if (type.startsWith('bytes')) {
    const size = type === 'bytes' ? undefined : Number(type.slice(5));
    const hex: Hex = `0x${trimmed.replace(/^0x/, '')}`;
    const isHex = /^0x([0-9a-f]{2})*$/i.test(hex);
    if (isHex && (size === undefined || hex.length === 2 + 2 * size)) {
      return { value: hex, word: () => hex };
    }
  }
  throw new WrongValue(describeType(type), text);
}

const UNITS: Record<string, number> = { wei: 0, kwei: 3, mwei: 6, gwei: 9, ether: 18, eth: 18 };

/** undefined when it's no whole number, or doesn't fit. */
function integer(text: string, bits: number, signed: boolean): bigint | undefined {
  const value = hexInteger(text) ?? decimalInteger(text);
  if (value === undefined) return undefined;
  const most = 1n << BigInt(signed ? bits - 1 : bits);
  return value < most && value >= (signed ? -most : 0n) ? value : undefined;
}

function hexInteger(text: string): bigint | undefined {
  const match = /^(-?)(0x[0-9a-f]{1,64})$/i.exec(text);
  if (!match?.[2]) return undefined;
  const value = BigInt(match[2]);
  return match[1] ? -value : value;
}

function decimalInteger(text: string): bigint | undefined {
  const match = /^(-?\d{1,80})(?:\.(\d{1,80}))?(?:e(\d{1,2}))?\s*([a-z]*)$/i.exec(text);
  if (!match) return undefined;
  const [, whole, fraction = '', exponent = '0', unit = ''] = match;
  const shift = unit === '' ? 0 : UNITS[unit.toLowerCase()];
  if (shift === undefined) return undefined;
  const decimals = Number(exponent) + shift;
  // More digits than there are decimals leave a fraction.
  if (fraction.replace(/0+$/, '').length > decimals) return undefined;
  return parseUnits(fraction ? `${whole}.${fraction}` : `${whole}`, decimals);
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

function describeType(type: string): string {
  if (type === 'address') return 'an address (0x and 40 hex digits)';
  if (type === 'bool') return 'true or false';
  if (type === 'bytes') return 'bytes (0x and an even number of hex digits)';
  const size = /^bytes(\d+)$/.exec(type)?.[1];
  if (size) return `a ${type} (0x and ${2 * Number(size)} hex digits)`;
  const bits = /int(\d+)$/.exec(type)?.[1];
  if (!bits) return `a ${type}`;
  return type.startsWith('u')
    ? `a ${type} (a whole number from 0 to 2^${bits}-1)`
    : `an ${type} (a whole number from -2^${Number(bits) - 1} to 2^${Number(bits) - 1}-1)`;
}

function nameOf(parameter: AbiParameter): string {
  if (!('components' in parameter)) return parameter.type;
  const inner = parameter.components.map(nameOf).join(',');
  return parameter.type.replace('tuple', `(${inner})`);
}

const show = (text: string): string =>
  text === '' ? 'nothing' : `"${text.length > 80 ? `${text.slice(0, 77)}…` : text}"`;

const showTyped = (typed: Typed): string =>
  Array.isArray(typed) ? `[${typed.map(showTyped).join(',')}]` : typed;

const count = (n: number): string => {
  if (n === 0) return 'no arguments';
  return n === 1 ? '1 argument' : `${n} arguments`;
};

const bad = (message: string): AppError => new AppError('BAD_ARGUMENT', message, { field: 'args' });
