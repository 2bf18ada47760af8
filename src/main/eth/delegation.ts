/** What stands at an account that runs the code of a contract: https://eips.ethereum.org/EIPS/eip-7702 */
const DELEGATION = /^0xef0100([0-9a-f]{40})$/i;

/** The contract whose code an account runs, in lower case; null: it is no such account. */
export function delegateOf(code: string): string | null {
  const address = DELEGATION.exec(code)?.[1];
  return address ? `0x${address.toLowerCase()}` : null;
}

/** The code of an account that runs that of a contract; of the zero address: none any more. */
export const delegationTo = (address: string): string =>
  BigInt(address) === 0n ? '0x' : `0xef0100${address.slice(2).toLowerCase()}`;
