import { type AbiParameter, getAddress, type Hex } from 'viem';
import type { DecodedData, DecodedValue } from '../../shared/decoded.ts';
import { textOf } from '../../shared/decoded-text.ts';
import { memberText } from '../../shared/enum-text.ts';
import { enumParameter } from '../enum-members.ts';
import { decodeValues } from './decoded-value.ts';
import type { SourceStructs, SourceType } from './source-types.ts';

/** Of a list, or all that one value has together. */
const MOST_ELEMENTS = 1000;
const MOST_DEPTH = 16;
const WORD = 32;

/** The value of a type that takes one word, in the bits that the type has. */
export function wordValue(type: SourceType, word: bigint): string | null {
  const hex = word.toString(16).padStart(64, '0');
  if (type.kind === 'enum') return memberText(word & 0xffn, type.members, type.name);
  if (type.kind !== 'word') return null;
  const { name } = type;
  if (name === 'bool') return String(word !== 0n);
  if (name === 'address') return getAddress(`0x${hex.slice(24)}`);
  const [, sign, size] = /^(u?int|bytes)(\d+)$/.exec(name) ?? [];
  if (!size) return null;
  if (sign === 'bytes') return `0x${hex.slice(0, Number(size) * 2)}`;
  return (sign === 'int' ? BigInt.asIntN : BigInt.asUintN)(Number(size), word).toString();
}

/** A type as values of it are decoded; null: it can't be passed from outside, or isn't known. */
export function abiParameterOf(
  type: SourceType,
  structs: SourceStructs,
  name = '',
  depth = 0,
): AbiParameter | null {
  if (depth > MOST_DEPTH) return null;
  switch (type.kind) {
    case 'word':
      return { name, type: type.name };
    case 'enum':
      return enumParameter(name, type);
    case 'bytes':
    case 'string':
      return { name, type: type.kind };
    case 'array': {
      const base = abiParameterOf(type.base, structs, name, depth + 1);
      return base && { ...base, type: `${base.type}[${type.length ?? ''}]` };
    }
    case 'struct': {
      const components: AbiParameter[] = [];
      for (const member of structs[type.id]?.members ?? []) {
        const one = abiParameterOf(member.type, structs, member.name, depth + 1);
        if (!one) return null;
        components.push(one);
      }
      return components.length === 0 ? null : { name, type: 'tuple', components };
    }
    default:
      return null;
  }
}

/**
 * A value in calldata, as text.
 *
 * @param at its first byte; of one that knows its length, that behind the length
 * @param length of one that knows its length, else null
 */
export function calldataValue(
  type: SourceType,
  structs: SourceStructs,
  input: string,
  at: bigint,
  length: bigint | null,
): string | null {
  const digits = input.slice(2);
  const from = Number(at);
  if (at * 2n > BigInt(digits.length)) return null;
  if (type.kind === 'bytes' || type.kind === 'string') {
    if (length === null || (at + length) * 2n > BigInt(digits.length)) return null;
    return bytesText(type.kind, digits.slice(from * 2, (from + Number(length)) * 2));
  }
  if (length !== null && length > BigInt(MOST_ELEMENTS)) return null;
  const parameter = abiParameterOf(type, structs);
  if (!parameter) return null;
  const behind = digits.slice(from * 2);
  const encoded =
    length !== null
      ? `${hexWord(32n)}${hexWord(length)}${behind}`
      : isDynamic(type, structs)
        ? `${hexWord(32n)}${behind}`
        : behind;
  const [value] = decodeValues([parameter], `0x${encoded}`) ?? [];
  return value ? textOf(value) : null;
}

const hexWord = (value: bigint): string => value.toString(16).padStart(64, '0');

function isDynamic(type: SourceType, structs: SourceStructs, depth = 0): boolean {
  if (depth > MOST_DEPTH) return true;
  if (type.kind === 'bytes' || type.kind === 'string') return true;
  if (type.kind === 'array') {
    return type.length === null || isDynamic(type.base, structs, depth + 1);
  }
  if (type.kind !== 'struct') return false;
  return (structs[type.id]?.members ?? []).some((one) => isDynamic(one.type, structs, depth + 1));
}

/** A value in memory, as text; null: its type isn't known, it doesn't fit, or it is too large. */
export function memoryValue(
  type: SourceType,
  structs: SourceStructs,
  memory: string,
  pointer: bigint,
): string | null {
  const found = new MemoryReader(structs, memory).at(type, pointer, 0);
  return found && textOf(found);
}

type Read = Pick<DecodedValue, 'type' | 'value'>;

/** https://docs.soliditylang.org/en/latest/internals/layout_in_memory.html */
class MemoryReader {
  readonly #structs: SourceStructs;
  readonly #digits: string;
  #left = MOST_ELEMENTS;

  constructor(structs: SourceStructs, memory: string) {
    this.#structs = structs;
    this.#digits = memory.replace(/^0x/, '');
  }

  /** What a pointer leads to. */
  at(type: SourceType, pointer: bigint, depth: number): Read | null {
    if (depth > MOST_DEPTH || pointer > BigInt(this.#digits.length)) return null;
    const from = Number(pointer);
    if (type.kind === 'bytes' || type.kind === 'string') return this.#bytes(type.kind, from);
    if (type.kind === 'array') {
      const length = type.length ?? this.#count(from);
      return length === null
        ? null
        : this.#list(type.base, type.length === null ? from + WORD : from, length, depth);
    }
    if (type.kind !== 'struct') return null;
    const parts: DecodedValue[] = [];
    for (const [i, member] of (this.#structs[type.id]?.members ?? []).entries()) {
      // Mappings have no place in memory.
      if (member.type.kind === 'mapping') return null;
      const value = this.#inWord(member.type, from + i * WORD, depth);
      if (!value) return null;
      parts.push({ ...value, name: member.name });
    }
    return { type: 'tuple', value: parts };
  }

  #list(base: SourceType, from: number, length: number, depth: number): Read | null {
    this.#left -= length;
    if (this.#left < 0) return null;
    const values: DecodedData[] = [];
    let type = 'tuple';
    for (let i = 0; i < length; i++) {
      const value = this.#inWord(base, from + i * WORD, depth);
      if (!value) return null;
      type = value.type;
      values.push(value.value);
    }
    return { type: `${type}[]`, value: values };
  }

  /** Every value takes a word: itself, or where it is. */
  #inWord(type: SourceType, from: number, depth: number): Read | null {
    const word = this.#word(from);
    if (word === null) return null;
    const value = wordValue(type, word);
    if (value !== null) return { type: type.kind === 'word' ? type.name : 'uint8', value };
    return type.kind === 'function' ? null : this.at(type, word, depth + 1);
  }

  #bytes(type: 'bytes' | 'string', from: number): Read | null {
    const length = this.#count(from);
    if (length === null) return null;
    const start = (from + WORD) * 2;
    if (start + length * 2 > this.#digits.length) return null;
    return { type, value: bytesText(type, this.#digits.slice(start, start + length * 2)) };
  }

  #count(from: number): number | null {
    const word = this.#word(from);
    return word === null || word * 2n > BigInt(this.#digits.length) ? null : Number(word);
  }

  #word(from: number): bigint | null {
    const digits = this.#digits.slice(from * 2, (from + WORD) * 2);
    return digits.length === WORD * 2 ? BigInt(`0x${digits}`) : null;
  }
}

function bytesText(type: 'bytes' | 'string', digits: string): string {
  const hex: Hex = `0x${digits}`;
  return type === 'bytes' ? hex : new TextDecoder().decode(Buffer.from(digits, 'hex'));
}
