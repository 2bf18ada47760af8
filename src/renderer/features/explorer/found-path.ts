import type { Found } from '#main/features/explorer/contract/found.ts';
import { addressPath, blockPath, contractPath, transactionPath } from '../../core/paths.ts';

/** The page of what was found. */
export function foundPath(network: string, { kind, value }: Found): string {
  if (kind === 'transaction') return transactionPath(network, value);
  if (kind === 'contract') return contractPath(network, value);
  return kind === 'block' ? blockPath(network, value) : addressPath(network, value);
}
