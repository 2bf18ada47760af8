import type { Hex } from 'viem';

/** More than one transaction has: what is read grows with each. */
const MOST_FOUND = 200;

/**
 * The calls of a function in a transaction: it itself, and those in its data, which go to the last
 * address before them, as a multisig or a batch hands them on. Bytes that only look like the
 * function are among them.
 *
 * @param selector global; of hex digits
 */
export function* calledIn(
  { to, input }: { to: string; input: string },
  selector: RegExp,
): Generator<{ to: string; data: Hex }> {
  const digits = input.slice(2).toLowerCase();
  for (const { index } of [...digits.matchAll(selector)].slice(0, MOST_FOUND)) {
    if (index % 2 === 1) continue;
    const target = index === 0 ? to : addressBefore(digits, index);
    if (target) yield { to: target, data: `0x${digits.slice(index)}` };
  }
}

/** As a word of its own, or packed before a value and a length, as in `multiSend(bytes)` of a Safe. */
function addressBefore(digits: string, end: number): string | null {
  const packed = PACKED.exec(digits.slice(Math.max(0, end - PACKED_DIGITS), end))?.[1];
  if (packed) return `0x${packed}`;
  for (let at = end - WORD_DIGITS; at >= 0; at -= WORD_DIGITS) {
    const address = WORD.exec(digits.slice(at, at + WORD_DIGITS))?.[1];
    if (address) return `0x${address}`;
  }
  return null;
}

const WORD_DIGITS = 64;
/** No number that is likely. */
const WORD = /^0{24}((?!0{8})[0-9a-f]{40})$/;
/** An operation, an address, a value, and the length of a call. */
const PACKED_DIGITS = 2 + 40 + 2 * WORD_DIGITS;
const PACKED = /^0[01]((?!0{8})[0-9a-f]{40})0{32}[0-9a-f]{32}0{56}[0-9a-f]{8}$/;
