import { getAddress, type Hex, isAddress, parseUnits } from 'viem';
import { addressProblem } from './address-problem.ts';
import { isAddressShaped } from './hex.ts';

/** A value as it is encoded, or what was expected instead of the text, e.g. `true or false`. */
export type AbiValue = { value: bigint | boolean | Hex } | { expected: string };

/**
 * Reads a value as a person types it: numbers as 12, -3, 0x1f, 1e18, 1.5ether or 20 gwei; addresses
 * and bytes with or without 0x.
 *
 * @param type a canonical ABI type
 * @returns null for texts, lists, tuples and whatever else is no number, bool, address or bytes
 */
export function abiValueOf(type: string, text: string): AbiValue | null {
  const trimmed = text.trim();
  const number = /^(u?)int(\d*)$/.exec(type);
  if (number) return numberOf(trimmed, Number(number[2] || 256), number[1] !== 'u', type);
  if (type === 'bool') return boolOf(trimmed);
  if (type === 'address') return addressOf(trimmed);
  if (type === 'function') return functionOf(trimmed);
  const bytes = /^bytes(\d*)$/.exec(type);
  return bytes && bytesOf(trimmed, bytes[1] ? Number(bytes[1]) : null);
}

function numberOf(text: string, bits: number, signed: boolean, type: string): AbiValue {
  const value = hexInteger(text) ?? decimalInteger(text);
  const most = 1n << BigInt(signed ? bits - 1 : bits);
  const least = signed ? -most : 0n;
  if (value !== undefined && value < most && value >= least) return { value };
  const range = signed ? `-2^${bits - 1} to 2^${bits - 1}-1` : `0 to 2^${bits}-1`;
  return { expected: `${signed ? 'an' : 'a'} ${type} (a whole number from ${range})` };
}

function hexInteger(text: string): bigint | undefined {
  const match = /^(-?)(0x[0-9a-f]{1,64})$/i.exec(text);
  if (!match?.[2]) return undefined;
  const value = BigInt(match[2]);
  return match[1] ? -value : value;
}

const UNITS: Record<string, number> = { wei: 0, kwei: 3, mwei: 6, gwei: 9, ether: 18, eth: 18 };

/** Whether an amount may end so. */
export const isUnit = (text: string): boolean => Object.hasOwn(UNITS, text.toLowerCase());

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

function boolOf(text: string): AbiValue {
  const lower = text.toLowerCase();
  const known = lower === 'true' || lower === 'false';
  return known ? { value: lower === 'true' } : { expected: 'true or false' };
}

function addressOf(text: string): AbiValue {
  const address = text.startsWith('0x') ? text : `0x${text}`;
  if (!isAddressShaped(address)) return { expected: 'an address (0x and 40 hex digits)' };
  const right = getAddress(address.toLowerCase());
  if (addressProblem(address)) {
    return { expected: `an address with the right checksum (${right}, if that is meant)` };
  }
  // Capital letters throughout are no checksum for viem.
  return { value: isAddress(address) ? address : right };
}

/** An address and a selector. */
function functionOf(text: string): AbiValue {
  const read = bytesOf(text, 24);
  return 'value' in read
    ? read
    : { expected: 'a function (0x and 48 hex digits: the address of a contract, then a selector)' };
}

/** @param size in bytes; null: any */
function bytesOf(text: string, size: number | null): AbiValue {
  const hex: Hex = `0x${text.replace(/^0x/, '')}`;
  const fits = size === null || hex.length === 2 + 2 * size;
  if (fits && /^0x([0-9a-f]{2})*$/i.test(hex)) return { value: hex };
  return {
    expected:
      size === null
        ? 'bytes (0x and an even number of hex digits)'
        : `a bytes${size} (0x and ${2 * size} hex digits)`,
  };
}
