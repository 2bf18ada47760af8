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

/** Returns the signer's address in lower case; null if the signature is invalid. */
export async function senderOf(raw: string): Promise<string | null> {
  try {
    const serializedTransaction = raw as TransactionSerialized;
    return (await recoverTransactionAddress({ serializedTransaction })).toLowerCase();
  } catch {
    return null;
  }
}
