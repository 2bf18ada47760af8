import { getAddress } from 'viem';

/** What stands at an account that runs the code of a contract: https://eips.ethereum.org/EIPS/eip-7702 */
const DELEGATION = /^0xef0100([0-9a-f]{40})$/i;

/** The contract whose code an account runs, in lower case; null: it is no such account. */
export function delegateOf(code: string): string | null {
  const address = DELEGATION.exec(code)?.[1];
  return address ? `0x${address.toLowerCase()}` : null;
}

/** What stands at an address, in a few words. @param code hex */
export function codeText(code: string): string {
  if (code === '0x') return 'none';
  const delegate = delegateOf(code);
  if (delegate) return `delegates to ${getAddress(delegate)}`;
  const bytes = (code.length - 2) / 2;
  return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
}

/** The code of an account that runs that of a contract; of the zero address: none any more. */
export const delegationTo = (address: string): string =>
  BigInt(address) === 0n ? '0x' : `0xef0100${address.slice(2).toLowerCase()}`;
