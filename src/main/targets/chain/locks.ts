import type { TargetNetwork } from './destination.ts';

/** The lock key for changes to a chain. */
export const chainLock = (network: string): string => `chain:${network}`;

/**
 * The locks of a run: its chain, and on a network that is not Drydock's the sender, whose
 * transactions share one nonce sequence under all names of the network. A key signs for one run at a
 * time.
 */
export function locksOf(
  { name, kind, chainId }: Pick<TargetNetwork, 'name' | 'kind' | 'chainId'>,
  { from, key = null }: { from: string | null; key?: string | null },
): string[] {
  const isKnown = kind === 'remote' && chainId !== null && from?.startsWith('0x');
  const signs = kind === 'remote' && key !== null;
  return [
    chainLock(name),
    ...(isKnown ? [`sender:${chainId}:${from?.toLowerCase()}`] : []),
    ...(signs ? [`key:${key}`] : []),
  ];
}
