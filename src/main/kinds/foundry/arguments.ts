import { type AbiFunction, type Hex, parseAbiItem } from 'viem';
import { namedParameters } from '../../eth/enum-members.ts';
import { encodeCall } from '../../eth/inside/encoded-values.ts';
import { type ReadValue, readArguments, withoutNames } from '../../eth/typed-arguments.ts';
import type { AddressOf } from '../../shared/address-of.ts';
import { AppError } from '../../shared/errors.ts';
import type { Parameter } from '../../shared/kind.ts';

export interface CheckedArguments {
  /** In a form that forge always reads: decimal numbers, texts quoted where needed. */
  words: string[];
  calldata: Hex;
}

/**
 * Checks arguments, as typed, against a canonical signature such as `run(address,uint256)`; see
 * `readArguments` for their forms. Throws BAD_ARGUMENT.
 */
export function checkArguments(signature: string, args: readonly string[]): CheckedArguments {
  const abi = functionOf(signature);
  const read = readArguments({ signature, inputs: abi.inputs, field: 'args' }, args);
  return {
    words: read.map((one) => wordOf(one, false)),
    calldata: encodeCall(
      abi,
      read.map((one) => one.value),
    ),
  };
}

/** The same arguments with addresses and numbers in place of names. Throws BAD_ARGUMENT. */
export function namedArguments(
  signature: string,
  declared: readonly Parameter[],
  args: readonly string[],
  addressOf: AddressOf | undefined,
): string[] {
  const inputs = namedParameters(functionOf(signature).inputs, declared);
  return withoutNames({ signature, inputs, field: 'args', addressOf }, args);
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

function wordOf(read: ReadValue, insideList: boolean): string {
  if (read.of === 'word') {
    return read.type === 'string' ? quoted(String(read.value), insideList) : String(read.value);
  }
  const words = read.items.map((one) => wordOf(one, true)).join(',');
  return read.of === 'list' ? `[${words}]` : `(${words})`;
}

/** Text that forge parses to exactly this; it knows two quotes and no escapes. */
function quoted(text: string, insideList: boolean): string {
  const isPlain = text === text.trim() && !/^["']/.test(text) && text !== '';
  if (!insideList && (isPlain || text === '')) return text;
  if (!text.includes('"')) return `"${text}"`;
  if (!text.includes("'")) return `'${text}'`;
  const shown = text.length > 80 ? `${text.slice(0, 77)}…` : text;
  throw bad(
    `The text "${shown}" can't be handed to forge: it has both kinds of quotes, which forge can not read.`,
  );
}

const bad = (message: string): AppError => new AppError('BAD_ARGUMENT', message, { field: 'args' });
