import { type Abi, type Hex, parseAbi } from 'viem';
import type { DecodedError, DecodedValue } from '../../shared/decoded.ts';
import { textOf } from '../../shared/decoded-text.ts';
import { oneLine } from '../../shared/one-line.ts';
import { type AbiError, abiIndex, signatureOf } from './abi-index.ts';
import { decodeValues } from './decoded-value.ts';
import type { Names } from './names.ts';

/** https://docs.soliditylang.org/en/latest/control-structures.html#panic-via-assert-and-error-via-require */
const PANICS: Record<number, string> = {
  0: 'panic of the compiler',
  1: 'assertion failed',
  17: 'arithmetic overflow or underflow',
  18: 'division or modulo by zero',
  33: 'conversion to an enum value that does not exist',
  34: 'incorrectly encoded byte array in storage',
  49: 'pop of an empty array',
  50: 'array index out of bounds',
  65: 'out of memory, or an array too large',
  81: 'call of an uninitialized internal function',
};

const BUILT_IN = parseAbi(['error Error(string reason)', 'error Panic(uint256 code)']);
const WITHOUT_REASON = 'reverted without a reason';
/** How deep errors that hold errors are followed. */
const MOST_CAUSES = 8;
const SELECTOR_DIGITS = 10;

/**
 * What a failed call has returned: `Error(string)` and `Panic(uint256)`, the custom errors of the
 * contract's own ABI, then any known one that encodes to exactly this data.
 *
 * @param output what the call returned, hex
 * @param abi of the contract that was called; null: it isn't known
 * @param tracerError what the node says, e.g. `out of gas`; null: it reverted
 */
export function decodeError(
  output: string,
  abi: Abi | null = null,
  names: Pick<Names, 'errors'> | null = null,
  tracerError: string | null = null,
): DecodedError {
  const data = (output || '0x').toLowerCase() as Hex;
  const known = data === '0x' ? null : knownError(data, abi, names, MOST_CAUSES);
  if (known) return known;
  const nothing = { name: null, signature: null, arguments: [], data, cause: null };
  const halted = tracerError === null ? null : haltText(tracerError);
  if (halted !== null) return { ...nothing, text: halted };
  if (data === '0x') return { ...nothing, text: WITHOUT_REASON };
  return { ...nothing, text: plainText(data) ?? `reverted with ${shortened(data)}` };
}

function knownError(
  data: Hex,
  abi: Abi | null,
  names: Pick<Names, 'errors'> | null,
  causes: number,
): DecodedError | null {
  if (data.length < SELECTOR_DIGITS) return null;
  const selector = data.slice(0, SELECTOR_DIGITS);
  const encoded: Hex = `0x${data.slice(SELECTOR_DIGITS)}`;
  const own = [BUILT_IN, ...(abi ? [abi] : [])].flatMap(
    (one) => abiIndex(one).errors.get(selector) ?? [],
  );
  const found =
    firstFitting(own, encoded, false) ?? firstFitting(names?.errors(selector) ?? [], encoded, true);
  if (!found) return null;
  const { item, values } = found;
  return {
    text: errorText(item, values),
    name: item.name,
    signature: signatureOf(item),
    arguments: values,
    data,
    cause: causes > 0 ? causeIn(values, abi, names, causes - 1) : null,
  };
}

function firstFitting(
  items: readonly AbiError[],
  encoded: Hex,
  exact: boolean,
): { item: AbiError; values: DecodedValue[] } | null {
  for (const item of items) {
    const values = decodeValues(item.inputs, encoded, { exact });
    if (values) return { item, values };
  }
  return null;
}

function errorText(item: AbiError, values: readonly DecodedValue[]): string {
  const [first] = values;
  const signature = signatureOf(item);
  if (signature === 'Error(string)') return oneLine(String(first?.value)) || WITHOUT_REASON;
  if (signature === 'Panic(uint256)') return panicText(BigInt(String(first?.value)));
  return oneLine(`${item.name}(${values.map(textOf).join(', ')})`);
}

function panicText(code: bigint): string {
  const words = code <= 0xffn ? PANICS[Number(code)] : undefined;
  return `${words ?? 'panic'} (0x${code.toString(16).padStart(2, '0')})`;
}

/** What failed inside, when a contract passes on the returned bytes within an error of its own. */
function causeIn(
  values: readonly DecodedValue[],
  abi: Abi | null,
  names: Pick<Names, 'errors'> | null,
  causes: number,
): DecodedError | null {
  for (const { type, value } of values) {
    if (type !== 'bytes' || typeof value !== 'string') continue;
    const cause = knownError(value as Hex, abi, names, causes);
    if (cause) return cause;
  }
  return null;
}

/** Nodes word these differently: `out of gas`, `OutOfGas`, `EVM error MemoryOOG`, `invalid opcode: INVALID`. */
function haltText(tracerError: string): string | null {
  const said = tracerError.trim();
  if (/revert/i.test(said) || said === '') return null;
  if (/out ?of ?gas|OOG\b/i.test(said)) return 'out of gas';
  if (/invalid ?(opcode|feopcode)|opcode ?not ?found|invalidfe/i.test(said)) {
    return 'invalid opcode (an assertion in old Solidity code, or code that must not be reached)';
  }
  return said;
}

/** Some contracts return a bare text. */
function plainText(data: Hex): string | null {
  const bytes = Uint8Array.from(data.slice(2).match(/../g) ?? [], (byte) =>
    Number.parseInt(byte, 16),
  );
  const text = new TextDecoder().decode(bytes).replace(/\0+$/, '');
  return /^[\x20-\x7e]{4,}$/.test(text) ? `reverted with “${text}”` : null;
}

const SHOWN_DIGITS = 74;

const shortened = (data: string): string =>
  data.length <= SHOWN_DIGITS ? data : `${data.slice(0, SHOWN_DIGITS)}…`;
