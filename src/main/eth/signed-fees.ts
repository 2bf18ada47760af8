import { parseTransaction } from 'viem';

export interface Fees {
  /** Wei. */
  maxFeePerGas: bigint;
  /** Wei; null: of a network without EIP-1559. */
  maxPriorityFeePerGas: bigint | null;
}

export function feesOf(raw: string): Fees {
  const { maxFeePerGas, maxPriorityFeePerGas, gasPrice } = parseTransaction(raw as `0x${string}`);
  return maxFeePerGas === undefined
    ? { maxFeePerGas: gasPrice ?? 0n, maxPriorityFeePerGas: null }
    : { maxFeePerGas, maxPriorityFeePerGas: maxPriorityFeePerGas ?? 0n };
}

/**
 * The least that takes the place of a transaction that pays so much. Nodes ask for a tenth more of
 * both fees (https://geth.ethereum.org/docs/fundamentals/command-line-options, `txpool.pricebump`);
 * some round it up.
 */
export const replacing = (wei: bigint): bigint => wei + wei / 8n + 1n;
