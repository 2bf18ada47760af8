import { getAddress } from 'viem';
import { isAddressShaped } from './hex.ts';

/**
 * What is wrong with an address, or null. One in mixed case carries a checksum, and one in which it
 * is wrong was mistyped: https://eips.ethereum.org/EIPS/eip-55
 */
export function addressProblem(text: string): string | null {
  if (!isAddressShaped(text)) return 'give an address, 0x and 40 hex digits';
  const digits = text.slice(2);
  if (digits === digits.toLowerCase() || digits === digits.toUpperCase()) return null;
  const right = getAddress(text.toLowerCase());
  return right === text
    ? null
    : `the checksum of ${text} is wrong, so a character may be: check it, and if it is right give ${right}`;
}
