import { parseTransaction } from 'viem';

/** What a signed transaction may use, and pays for it. */
export interface Fees {
  gas: bigint;
  /** Wei. */
  maxFeePerGas: bigint;
  /** Wei; null: of a network without EIP-1559. */
  maxPriorityFeePerGas: bigint | null;
}

export function feesOf(raw: string): Fees {
  const parsed = parseTransaction(raw as `0x${string}`);
  const { gas = 0n, maxFeePerGas, maxPriorityFeePerGas = 0n, gasPrice = 0n } = parsed;
  return maxFeePerGas === undefined
    ? { gas, maxFeePerGas: gasPrice, maxPriorityFeePerGas: null }
    : { gas, maxFeePerGas, maxPriorityFeePerGas };
}

/** The most that a signed transaction may take from its sender, in wei. */
export function costOf(raw: string): bigint {
  const { gas, maxFeePerGas } = feesOf(raw);
  return (parseTransaction(raw as `0x${string}`).value ?? 0n) + gas * maxFeePerGas;
}

/**
 * The least that takes the place of a transaction that pays so much. Nodes ask for a tenth more of
 * both fees (https://geth.ethereum.org/docs/fundamentals/command-line-options, `txpool.pricebump`);
 * some round it up.
 */
export const replacing = (wei: bigint): bigint => wei + wei / 8n + 1n;
