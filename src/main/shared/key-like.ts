/** The order of the curve: a private key is below it. https://www.secg.org/sec2-v2.pdf */
const CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

const HEX_32 = /(?<![0-9a-z])(?:0x)?([0-9a-f]{64})(?![0-9a-z])/gi;
const DECIMAL = /(?<![0-9a-z.])(\d{58,78})(?![0-9a-z.])/gi;
/** The words of https://github.com/bitcoin/bips/blob/master/bip-0039/english.txt have 3 to 8 letters. */
const PHRASE = /(?<![a-z])[a-z]{3,8}(?:[\s,]+[a-z]{3,8}){11,23}(?![a-z])/gi;

/**
 * What a text holds that looks like a private key, or like a recovery phrase. A hash looks just like a
 * key; a number or a text that was padded to 32 bytes, or one digit all over, doesn't.
 */
export function keysIn(text: string): { what: 'key' | 'phrase'; text: string }[] {
  const hex = [...text.matchAll(HEX_32)].filter(
    ([, digits = '']) => !/^(.)\1*$/.test(digits) && isKey(BigInt(`0x${digits}`)),
  );
  const decimal = [...text.matchAll(DECIMAL)].filter(([, digits]) => isKey(BigInt(`${digits}`)));
  return [
    ...[...hex, ...decimal].map(([found]) => ({ what: 'key' as const, text: found })),
    ...[...text.matchAll(PHRASE)].map(([found]) => ({ what: 'phrase' as const, text: found })),
  ];
}

function isKey(value: bigint): boolean {
  if (value >= CURVE_ORDER) return false;
  const first = value >> 192n;
  const last = value & (2n ** 64n - 1n);
  const isRound = (value & (value + 1n)) === 0n;
  return first !== 0n && last !== 0n && !isRound;
}
