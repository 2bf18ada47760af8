import type { Caller } from '../../../shared/caller.ts';
import type { Terms } from '../../../signer/control/terms.ts';
import type { KeySigner } from './key-signer.ts';

/** What was approved to be sent to a network that others see. */
export interface ReviewedRun {
  id: number;
  network: string;
  sender: string;
  /** Name of the key that signs. */
  key: string;
  terms: Terms;
  /** Its fees were raised after it was sent: what waits is sent again with the new ones. */
  isRaised: boolean;
  /** Blocks until what it has sent counts as final, that of the transaction included. */
  confirmations: number;
  /** What it relies on: code at addresses that it has not made itself, by its keccak256. */
  externals: readonly { address: string; codeHash: string }[];
  /** Nonces of those that a run of it has recorded as mined. */
  recorded: readonly number[];
}

/** A run that is sending, as far as it can be told to pay more. */
export interface SendingRun {
  /** Signs what waits once more, with the fees of these terms. Resolves with how many those were. */
  raise(terms: Terms): Promise<number>;
}

/** A transaction that was signed for a review. */
export interface SignedTransaction {
  nonce: number;
  hash: string;
  /** Hex. */
  raw: string;
}

/** What the user has allowed on networks that others see. Every way to them asks it. */
export interface Rails {
  /** Blocks until a transaction counts as final. */
  confirmations(network: string, chainId: number): number;
  /** What a network is called whose name has to be typed; null: it has not. */
  production(network: string, chainId: number): string | null;
  /** Throws RAILS_REFUSED where nothing may be sent by this way in. */
  assertDoor(network: string, caller: Caller): void;
  /**
   * Throws NETWORK_FROZEN, RAILS_REFUSED.
   *
   * @param sending `sender`: null where it is not known; `most`: what it adds to what may be spent, in
   *   wei, and null where Drydock does not sign it, so that nobody can count it
   */
  assertMaySend(sending: { network: string; sender: string | null; most: bigint | null }): void;
}

/** What live runs need of the reviews, the keys and the rails. */
export interface LiveRuns {
  readonly rails: Rails;
  /** Throws REVIEW_NOT_FOUND, REVIEW_CLOSED unless it is approved. */
  approved(review: number): ReviewedRun;
  /** Throws KEY_NOT_FOUND, KEY_LOCKED, KEY_UNUSABLE. */
  takeKey(name: string, terms: Terms): Promise<KeySigner>;
  /** Those that were signed for it so far, by any run; of several with one nonce, the newest is last. */
  signed(review: number): SignedTransaction[];
  /** Called before the network hears of it, which it must not when this throws what the rails say. */
  noteSigned(review: number, transaction: SignedTransaction): void;
  /** Called when a run begins to send. Returns what to call when it is over. */
  sending(review: number, run: SendingRun): () => void;
}
