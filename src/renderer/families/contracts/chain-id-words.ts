import type { Network } from '#main/features/networks/contract.ts';

/** Stands before the digits of what a fork forks: an id of its own, which no wallet takes for it. */
const ownPrefix = '7357';

/** What the chain id of a fork says; null: an id speaks for itself. */
export function chainIdWords(
  { kind, keepChainId }: Pick<Network, 'kind' | 'keepChainId'>,
  chainId: number | null,
): string | null {
  if (kind !== 'fork' || chainId === null) return null;
  if (keepChainId) return 'the same as of what it forks';
  const digits = String(chainId);
  return digits.length > ownPrefix.length && digits.startsWith(ownPrefix)
    ? `${ownPrefix} and ${digits.slice(ownPrefix.length)}, of what it forks`
    : null;
}
