import { shortHex } from '../../ui/format.ts';

/** By how much an amount changed, with its sign. */
export function signedDifference(
  before: string,
  after: string,
  text: (amount: string) => string = String,
): string {
  const by = BigInt(after) - BigInt(before);
  return by < 0n ? `−${text(String(-by))}` : `+${text(String(by))}`;
}

/** The same of a variable; null: its type is none of numbers. */
export const variableDifference = (
  type: string | null,
  before: string,
  after: string,
): string | null =>
  type !== null && /^u?int\d*$/.test(type) ? signedDifference(before, after) : null;

/** A slot without the zeros before it. */
export function shortSlot(slot: string): string {
  const digits = slot.replace(/^0x0*/, '') || '0';
  return digits.length > 12 ? shortHex(slot) : `0x${digits}`;
}
