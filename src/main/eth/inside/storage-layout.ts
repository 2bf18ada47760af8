import { getAddress, type Hex, keccak256, toHex } from 'viem';
import { abiValueOf } from '../../shared/abi-value.ts';
import { memberNumber, memberText } from '../../shared/enum-text.ts';

/**
 * Where a contract keeps its variables, as the compiler writes it
 * (https://docs.soliditylang.org/en/latest/internals/layout_in_storage.html#json-output).
 */
export interface StorageLayout {
  storage: readonly StorageItem[];
  types: StorageTypes | null;
  /** By id, e.g. `erc7201:example.main`; their slots count from where the namespace begins. */
  namespaces?: Readonly<Record<string, readonly StorageItem[]>>;
}

export type StorageTypes = Readonly<Record<string, StorageType>>;

export interface StorageItem {
  label: string;
  /** Decimal. */
  slot: string;
  /** Bytes from the right of its slot. */
  offset: number;
  /** Key of the types. */
  type: string;
}

export interface StorageType {
  /** `inplace`, `mapping`, `dynamic_array` or `bytes`. */
  encoding: string;
  label: string;
  /** Decimal. */
  numberOfBytes: string;
  /** Of an array. */
  base?: string;
  /** Of a mapping. */
  key?: string;
  value?: string;
  /** Of a struct. */
  members?: readonly StorageItem[];
  /** Of an enum, the names of its members in their order, where they are known. */
  enumMembers?: readonly string[];
}

const WORD = 32;

/** The slots that a value takes in a row, at least one. */
export const slotsOf = ({ numberOfBytes }: StorageType): bigint =>
  (BigInt(numberOfBytes) + 31n) / 32n || 1n;

/** Where the elements of a list, or the bytes of a long string, begin. */
export const hashedSlot = (slot: bigint): bigint => BigInt(keccak256(toHex(slot, { size: WORD })));

/** https://eips.ethereum.org/EIPS/eip-7201 */
export function namespaceSlot(id: string): bigint {
  const hash = BigInt(keccak256(toHex(id.replace(/^erc7201:/, ''))));
  return hashedSlot(hash - 1n) & ~0xffn;
}

/** How many elements a list of fixed size has; null: it is no such list. */
export function fixedLength({ encoding, base, label }: StorageType): bigint | null {
  const length = encoding === 'inplace' && base ? /\[(\d+)\]$/.exec(label)?.[1] : undefined;
  return length === undefined ? null : BigInt(length);
}

/** How many elements of a type share a slot; 1 also when one takes several. */
export const perSlot = ({ numberOfBytes, members, base }: StorageType): bigint =>
  members || base || Number(numberOfBytes) > WORD / 2 || Number(numberOfBytes) < 1
    ? 1n
    : BigInt(Math.floor(WORD / Number(numberOfBytes)));

/** @param word hex, 32 bytes  @param offset bytes from its right */
export function packedValue(type: StorageType, word: string, offset: number): string {
  const end = word.length - offset * 2;
  return valueText(type, word.slice(Math.max(2, end - Number(type.numberOfBytes) * 2), end));
}

/**
 * The key of a mapping as it is hashed: values in a whole word, strings and bytes as they are.
 *
 * @param digits hex, without 0x
 */
export function keyText(type: StorageType, digits: string): string {
  if (type.encoding === 'bytes') return bytesText(type, digits, true);
  const size = Number(type.numberOfBytes) * 2;
  return valueText(type, isLeftAligned(type) ? digits.slice(0, size) : digits.slice(-size));
}

/** How many bytes the string has whose own slot this is: a short one is kept there itself. */
export function storedLength(word: string): number {
  const value = BigInt(word);
  return Number(value & 1n ? (value - 1n) / 2n : (value & 0xffn) / 2n);
}

/** A string as text, bytes as hex. */
export function bytesText({ label }: StorageType, digits: string, quoted = false): string {
  if (!label.startsWith('string')) return `0x${digits}`;
  const bytes = Uint8Array.from(digits.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
  const text = new TextDecoder().decode(bytes);
  return quoted ? JSON.stringify(text) : text;
}

/** The digits that are hashed for a key; undefined: the text is none. Addresses by their names, too. */
export function keyDigits(
  type: StorageType,
  text: string,
  addressOf: (text: string) => string | null,
): string | undefined {
  const { label, encoding, enumMembers } = type;
  if (encoding === 'bytes') {
    if (label.startsWith('string')) return Buffer.from(text).toString('hex');
    return /^(0x)?([\da-f]{2})*$/i.test(text) ? text.replace(/^0x/, '').toLowerCase() : undefined;
  }
  const member = enumMembers && memberNumber(text, enumMembers);
  if (member !== undefined) return wordDigits(BigInt(member));
  const read = abiValueOf(abiTypeOf(type), text);
  if (read && 'value' in read) {
    const { value } = read;
    if (typeof value === 'string') {
      const digits = value.slice(2).toLowerCase();
      return isLeftAligned(type) ? digits.padEnd(64, '0') : digits.padStart(64, '0');
    }
    return wordDigits(BigInt.asUintN(256, BigInt(value)));
  }
  const address = abiTypeOf(type) === 'address' ? addressOf(text) : null;
  return address === null ? undefined : wordDigits(BigInt(address));
}

/** Hex, without 0x. */
export const wordDigits = (value: bigint): string => value.toString(16).padStart(64, '0');

/** Of a type of the project's own what it is made of is not told: its size is. */
function abiTypeOf({ label, numberOfBytes }: StorageType): string {
  if (/^(address|contract )/.test(label)) return 'address';
  if (label === 'bool' || /^u?int\d*$/.test(label) || /^bytes\d+$/.test(label)) return label;
  return `uint${Number(numberOfBytes) * 8}`;
}

const isLeftAligned = ({ label }: StorageType): boolean => /^bytes\d+$/.test(label);

function valueText(type: StorageType, digits: string): string {
  const { label } = type;
  const hex: Hex = `0x${digits || '0'}`;
  if (/^(address|contract )/.test(label) && digits.length === 40) return getAddress(hex);
  if (isLeftAligned(type) || label.startsWith('function ')) return hex;
  if (label === 'bool') return String(BigInt(hex) !== 0n);
  const isSigned = /^int\d*$/.test(label);
  const number = isSigned ? BigInt.asIntN(digits.length * 4, BigInt(hex)) : BigInt(hex);
  if (!type.enumMembers) return number.toString();
  return memberText(number, type.enumMembers, label.replace(/^enum /, ''));
}
