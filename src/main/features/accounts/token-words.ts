import type { Hex } from 'viem';
import { hexToString } from 'viem';

/** Longer ones would break every line that they stand in. */
const MOST_CHARACTERS = 24;
const WORD = 64;
/** What can't be seen, or turns the direction of a text around. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * The text that `symbol()` returns: a string, or in old tokens 32 bytes. null: it is neither, or
 * empty.
 */
export function symbolIn(output: Hex | null): string | null {
  const digits = output?.slice(2) ?? '';
  const bytes = digits.length === WORD ? digits : stringIn(digits);
  if (bytes === null) return null;
  const text = hexToString(`0x${bytes}`).replace(UNSEEN, '').trim();
  return text === '' ? null : [...text].slice(0, MOST_CHARACTERS).join('');
}

function stringIn(digits: string): string | null {
  const offset = Number.parseInt(digits.slice(0, WORD), 16) * 2;
  if (!Number.isSafeInteger(offset) || digits.length < offset + WORD) return null;
  const length = Number.parseInt(digits.slice(offset, offset + WORD), 16) * 2;
  if (!Number.isSafeInteger(length)) return null;
  const bytes = digits.slice(offset + WORD, offset + WORD + length);
  return bytes.length === length ? bytes : null;
}
