import { keccak256 } from 'viem';
import type { HostAddress } from '../../../engines/engine.ts';
import { type Rpc, rpc } from '../../../eth/rpc.ts';
import { costOf, feesOf } from '../../../eth/signed-fees.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Failure } from '../../../shared/run.ts';
import type { TransactionToSign } from '../../../signer/control/protocol.ts';
import { differenceFrom, type Terms } from '../../../signer/control/terms.ts';
import type { Telling } from '../../target.ts';
import type { ReviewedTransaction } from '../chain-target.ts';
import { type RecordingProxy, recordingProxy } from '../recording-proxy.ts';
import { confirmed, revertedOf } from './confirmed.ts';
import type { KeySigner } from './key-signer.ts';
import type { LiveRuns, ReviewedRun, SendingRun, SignedTransaction } from './reviewed-run.ts';
import { Sendings } from './sendings.ts';
import { completed, type Given, payingMore } from './to-sign.ts';
import { watchPending } from './watch-pending.ts';

interface Signing {
  review: ReviewedRun;
  key: KeySigner;
  live: Pick<LiveRuns, 'signed' | 'noteSigned' | 'takeKey' | 'sending' | 'rails'>;
  /** Address of the network; the tool never sees it. */
  url: string;
  /** How the run's commands reach this process. */
  host: HostAddress;
}

/** Of a node that signs: none of it may reach the network, where nothing is known of the key. */
const REFUSED = [
  ...['eth_sign', 'eth_signTransaction', 'personal_sign', 'eth_signTypedData'],
  ...['eth_signTypedData_v3', 'eth_signTypedData_v4', 'wallet_sendCalls'],
  ...['eth_sendRawTransaction', 'eth_sendRawTransactionSync', 'eth_sendTransactionSync'],
] as const;

/**
 * Stands between a run's tools and a network that others see, for one run: it names the key's
 * account, signs what was reviewed, and refuses everything else. Each transaction is noted before the
 * network hears of it; one that was signed before, also by an earlier run, is never signed again
 * unless its fees are raised.
 */
export class LiveSigner implements AsyncDisposable, SendingRun {
  readonly #signing: Signing;
  readonly #call: Rpc;
  readonly #sendings: Sendings;
  readonly #listeners = new Set<(refused: Failure) => void>();
  #proxy: RecordingProxy | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #refused: Failure | null = null;
  #review: ReviewedRun;
  #key: KeySigner;
  #over: () => void = () => undefined;

  private constructor(signing: Signing) {
    this.#signing = signing;
    this.#review = signing.review;
    this.#key = signing.key;
    this.#call = rpc(signing.url);
    this.#sendings = new Sendings(signing.review.id, signing.live, this.#call);
  }

  static async open(signing: Signing): Promise<LiveSigner> {
    const signer = new LiveSigner(signing);
    const { address } = signing.key;
    const refuse = (method: string) => async () => {
      throw new Error(`${method} is not done here: only what was reviewed is signed.`);
    };
    signer.#proxy = await recordingProxy({
      ...{ upstream: signing.url, host: signing.host },
      onSent: () => undefined,
      own: {
        ...Object.fromEntries(REFUSED.map((method) => [method, refuse(method)])),
        eth_accounts: async () => [address],
        eth_requestAccounts: async () => [address],
        eth_sendTransaction: (params) => signer.#inOrder(() => signer.#send(params)),
        eth_getTransactionReceipt: (params) =>
          signer.#sendings.replyFor('eth_getTransactionReceipt', params, 'transactionHash'),
        eth_getTransactionByHash: (params) =>
          signer.#sendings.replyFor('eth_getTransactionByHash', params, 'hash'),
      },
    });
    signer.#over = signing.live.sending(signing.review.id, signer);
    return signer;
  }

  /** For the run's commands; secret, and valid only until it ends. */
  get url(): string {
    return this.#proxy?.url ?? '';
  }

  /** Why something was not signed; null: nothing was refused. */
  get refused(): Failure | null {
    return this.#refused;
  }

  /** The same for this process. */
  get hereUrl(): string {
    const url = new URL(this.url);
    const { listen } = this.#signing.host;
    if (listen !== '0.0.0.0') url.hostname = listen;
    return url.href;
  }

  /** What was reviewed, and no run has recorded as mined. */
  unrecorded(): readonly ReviewedTransaction[] {
    const { terms, recorded } = this.#review;
    return terms.transactions.filter(({ nonce }) => !recorded.includes(nonce));
  }

  /** Why the run has not done what was reviewed; null: all of it was sent. */
  incomplete(): Failure | null {
    if (this.#refused) return this.#refused;
    const { length } = this.#review.terms.transactions;
    const { count } = this.#sendings;
    if (count === length) return null;
    return {
      code: 'REVIEW_UNFINISHED',
      message: `Only ${count} of the ${length} transactions that were reviewed were sent. See in the log why the tool stopped; the rest can be sent by resuming it.`,
    };
  }

  /**
   * Waits until all that was sent has its confirmations. Resolves with why the run has failed; null:
   * it has not. Rejects with the reason of the signal.
   */
  async conclude({ note, warn, signal }: Telling): Promise<Failure | null> {
    const { network, confirmations } = this.#review;
    const landed = await confirmed({
      ...{ sendings: this.#sendings, call: this.#call, network, confirmations },
      ...{ note, warn, signal, maySend: () => this.#maySend() },
    });
    return revertedOf(landed, network);
  }

  /** The hash of what has taken the place of a transaction, or its own. */
  currentHash(hash: string): Promise<string> {
    return this.#sendings.currentHash(hash);
  }

  /** Looks after what waits to be mined. Returns a function that stops it. */
  watchPending(onStuck: (message: string) => void): () => void {
    const { id, network } = this.#review;
    const [sendings, call] = [this.#sendings, this.#call];
    const maySend = () => this.#maySend();
    return watchPending({ sendings, call, review: id, network, maySend, onStuck });
  }

  /** See `SendingRun`. */
  raise(terms: Terms): Promise<number> {
    return this.#inOrder(async () => {
      const key = await this.#signing.live.takeKey(this.#review.key, terms);
      await this.#key[Symbol.asyncDispose]();
      this.#key = key;
      this.#review = { ...this.#review, terms };
      return this.replaceWaiting();
    });
  }

  /** Signs what waits once more where it pays less than it may. Resolves with how many those were. */
  async replaceWaiting(): Promise<number> {
    let replaced = 0;
    for (const nonce of this.#sendings.nonces()) {
      const signed = this.#sendings.last(nonce);
      if (!signed || (await this.#sendings.landed(nonce))) continue;
      const asked = payingMore(nonce, this.#review.terms, feesOf(signed.raw));
      if (!asked) continue;
      await this.#sendings.pass(await this.#sign(asked));
      replaced += 1;
    }
    return replaced;
  }

  /** Called when something is refused: the run must end. Returns a function that stops it. */
  onRefused(listener: (refused: Failure) => void): () => void {
    this.#listeners.add(listener);
    if (this.#refused) listener(this.#refused);
    return () => this.#listeners.delete(listener);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over();
    await this.#proxy?.[Symbol.asyncDispose]();
    await this.#key[Symbol.asyncDispose]();
  }

  /** Tools send at once what depends on the order of nonces. */
  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work, work);
    this.#last = next.catch(() => undefined);
    return next;
  }

  async #send(params: unknown): Promise<string> {
    if (this.#refused) throw new Error(this.#refused.message);
    const asked = this.#complete(firstOf(params));
    const difference = differenceFrom(this.#review.terms, asked);
    if (difference) throw this.#refuse(this.#differs(difference));
    const before = this.#sendings.last(asked.nonce);
    if (before) this.#assertAllowed(asked.nonce, null);
    const signed = before ?? (await this.#sign(asked));
    await this.#sendings.pass(signed);
    return signed.hash;
  }

  async #sign(asked: TransactionToSign): Promise<SignedTransaction> {
    this.#assertAllowed(asked.nonce, asked);
    let raw: string;
    try {
      raw = await this.#key.sign(asked);
    } catch (error) {
      throw this.#refuse(this.#differs((error as Error).message));
    }
    const signed = { nonce: asked.nonce, hash: keccak256(raw as `0x${string}`), raw };
    this.#allowed(() => this.#sendings.note(signed));
    return signed;
  }

  #complete(given: Given): TransactionToSign {
    const { address } = this.#key;
    if (given.from !== undefined && given.from.toLowerCase() !== address.toLowerCase()) {
      throw this.#refuse(
        this.#differs(`It is sent from ${given.from}, and ${address} was reviewed.`),
      );
    }
    return completed(given, this.#review.terms, this.#nextNonce());
  }

  #nextNonce(): number {
    const { transactions } = this.#review.terms;
    return transactions.find(({ nonce }) => !this.#sendings.last(nonce))?.nonce ?? -1;
  }

  /** Whether what was signed before may go out once more. */
  #maySend(): boolean {
    const { network } = this.#review;
    try {
      this.#signing.live.rails.assertMaySend({ network, sender: this.#key.address, most: 0n });
      return true;
    } catch {
      return false;
    }
  }

  /**
   * The rails may have changed since it was approved, and other runs send as well.
   *
   * @param asked null: it was signed before
   */
  #assertAllowed(nonce: number, asked: TransactionToSign | null): void {
    const before = this.#sendings.last(nonce);
    const most = asked && BigInt(asked.value) + BigInt(asked.gas) * BigInt(asked.maxFeePerGas);
    this.#allowed(() =>
      this.#signing.live.rails.assertMaySend({
        ...{ network: this.#review.network, sender: this.#key.address },
        most: most === null ? 0n : before ? most - costOf(before.raw) : most,
      }),
    );
  }

  /** What the rails refuse ends the run. */
  #allowed(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { code, message } = error;
      throw this.#refuse({ code, message: `${message} ${this.#sentWords()}` });
    }
  }

  #differs(difference: string): Failure {
    return {
      code: 'DIFFERS_FROM_REVIEW',
      message: `The run is not what was reviewed, and was ended. ${difference} ${this.#sentWords()} Review it again.`,
    };
  }

  #sentWords(): string {
    const { count } = this.#sendings;
    if (count === 0) return 'Nothing was sent.';
    return `${count} of ${this.#review.terms.transactions.length} transactions were sent.`;
  }

  #refuse(failure: Failure): Error {
    this.#refused ??= failure;
    for (const listener of this.#listeners) listener(this.#refused);
    return new Error(failure.message);
  }
}

const firstOf = (params: unknown): Given => {
  const [first] = Array.isArray(params) ? params : [];
  if (typeof first !== 'object' || first === null) throw new Error('no transaction was given');
  return first;
};
