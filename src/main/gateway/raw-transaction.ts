import {
  type Hex,
  parseTransaction,
  recoverTransactionAddress,
  type TransactionSerialized,
} from 'viem';

/** The nonce of a signed transaction; null: it is none. */
export function nonceIn(raw: string): number | null {
  try {
    return parseTransaction(raw as Hex).nonce ?? 0;
  } catch {
    return null;
  }
}

/** Whose signature it is, in lower case; null: nobody's. */
export async function senderOf(raw: string): Promise<string | null> {
  try {
    const serializedTransaction = raw as TransactionSerialized;
    return (await recoverTransactionAddress({ serializedTransaction })).toLowerCase();
  } catch {
    return null;
  }
}
