import { formatEther } from 'viem';
import type { KnownAddress } from '#main/features/explorer/contract/decoded.ts';
import type { TransactionLine } from '#main/features/explorer/contract/transactions.ts';
import { ether, shortHex } from '../../ui/format.ts';
import type { Tone } from '../../ui/state-dot.tsx';

/** What an address is called: its label, the contract there, or the address itself, shortened. */
export const nameOf = ({ address, contract, label }: KnownAddress): string =>
  label ?? contract ?? shortHex(address);

/** `transfer(address,uint256)` as `transfer`. */
export const functionName = (signature: string): string =>
  signature.slice(0, signature.indexOf('('));

type Called = Pick<TransactionLine, 'to' | 'created' | 'function' | 'value'>;

/** What a transaction does, and to what: `setFee` on `Vault`. */
export function doing({ to, created, function: signature, value }: Called): {
  verb: string;
  on: string;
} {
  if (to === null) return { verb: 'new', on: created ? nameOf(created) : 'contract' };
  const on = nameOf(to);
  if (signature !== null) return { verb: functionName(signature), on: `on ${on}` };
  if (to.contract === null && value !== '0') return { verb: 'transfer', on: `to ${on}` };
  return { verb: 'call', on: `of ${on}` };
}

export const statusTone: Record<TransactionLine['status'], Tone> = {
  pending: 'active',
  success: 'ok',
  reverted: 'bad',
};

export const statusWord: Record<TransactionLine['status'], string> = {
  pending: 'Pending',
  success: 'Succeeded',
  reverted: 'Reverted',
};

/** For lists: with two decimals at most, and nothing for none. */
export const shortEther = (wei: string): string => (wei === '0' ? '' : `${ether(wei)} ETH`);

/** Every digit of it. */
export const exactEther = (wei: string): string => `${formatEther(BigInt(wei))} ETH`;

/** Cut after four digits that count, for amounts far below one. */
export const roughEther = (wei: string): string =>
  exactEther(wei).replace(/^(\d+\.0*[1-9]\d{0,3})\d+/, '$1');
