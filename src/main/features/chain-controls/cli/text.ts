import { formatEther, formatGwei } from 'viem';
import { table } from '../../../lib/cli/cli.ts';
import type { KnownAddress } from '../../explorer/contract/decoded.ts';
import type { PendingTransactions } from '../contract.ts';

const short = (hex: string): string => `${hex.slice(0, 10)}…${hex.slice(-4)}`;

const named = ({ address, label, contract }: KnownAddress): string =>
  label ?? contract ?? short(address);

export function pendingText({ transactions, total }: PendingTransactions): string {
  if (total === 0) return 'Nothing waits to be mined.';
  const now = Date.now();
  const rows = transactions.map((one) => [
    one.hash,
    named(one.from),
    one.nonce,
    one.to === null ? 'creates a contract' : named(one.to),
    one.function ?? (one.value === '0' ? null : `${formatEther(BigInt(one.value))} ETH`),
    formatGwei(BigInt(one.gasPrice)),
    `${Math.max(0, Math.round((now - one.seenAt) / 1000))} s${one.waits ? ', waits for a lower nonce' : ''}`,
  ]);
  const more = total - transactions.length;
  return [
    table(['HASH', 'FROM', 'NONCE', 'TO', 'CALLS', 'GWEI', 'AGE'], rows),
    ...(more > 0 ? [`${more} more wait.`] : []),
  ].join('\n');
}
