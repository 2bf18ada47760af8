import type { Hex } from 'viem';
import type { TransactionToSign } from '../../../signer/control/protocol.ts';

/**
 * Signs for one address, for one run; it is over when this is disposed of. Whatever it is, it may
 * take a minute for a signature.
 */
export interface KeySigner extends AsyncDisposable {
  readonly address: string;
  /** Rejects with a sentence that says why it is not signed. */
  sign(transaction: TransactionToSign): Promise<Hex>;
}
