import { formatEther } from 'viem';
import type { Review, ReviewedTransaction } from '#main/features/reviews/contract.ts';

export const statusWords: Record<Review['status'], string> = {
  rehearsing: 'being rehearsed',
  failed: 'failed',
  open: 'waits for you',
  approved: 'being sent, or broken off',
  done: 'sent',
  rejected: 'rejected',
};

/** What a transaction does, with the texts of its arguments. */
export function callWords({
  kind,
  contractName,
  function: called,
  arguments: values,
}: ReviewedTransaction): string {
  const name = contractName ?? 'unknown';
  const given = values.join(', ');
  if (kind !== 'call') return `${name}(${given})`;
  const bare = called?.replace(/\(.*$/s, '') ?? 'unknown function';
  return `${name}.${bare}(${given})`;
}

/** Wei as ether, with as many digits as it takes to tell what it costs; rounded up. */
export function costWords(wei: string | bigint): string {
  const value = BigInt(wei);
  const unit = 10n ** BigInt(Math.max(0, `${value}`.length - DIGITS));
  const rounded = ((value + unit - 1n) / unit) * unit;
  return `${formatEther(rounded)} ETH`;
}

/** Significant ones. */
const DIGITS = 4;
