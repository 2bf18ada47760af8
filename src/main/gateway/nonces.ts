import { setTimeout as sleep } from 'node:timers/promises';
import type { Backend } from './backend.ts';
import { BoundedSet } from './bounded-set.ts';
import type { ChainSettings } from './control/protocol.ts';
import type { Tell } from './event-ring.ts';
import { type Call, callsIn, methodOf } from './json-rpc.ts';
import type { NonceState } from './state-file.ts';

const MOST_ACCOUNTS = 1000;
const MOST_CREATORS = 5000;
/** Nonces from before reverts that an account may still send. */
const MOST_BEFORE = 50;
/** A script that sends several transactions at once may send a later one first. */
const PATIENCE_MS = 250;
/** So long after it was sent, a transaction that isn't accepted waits for others. */
const UNSENT_MS = 1000;

/** An account whose nonce is another one since a revert. */
interface Off {
  /** That the chain had after it. As soon as it has another one, the account has sent since. */
  now: number;
  /** Those that it had before, for which its wallet may still take it. */
  before: number[];
  /** Sent since, and not what the chain waits for. */
  sent: Set<number>;
}

export interface NoncesOptions {
  chain: string;
  chainId: number;
  tell: Tell;
  backend(): Backend;
  settings(): ChainSettings;
  /** Called with what must survive a kill, whenever it changes. */
  save(state: NonceState): void;
}

/**
 * Helps wallets over a revert: they go on with the nonce that their account had before, and the
 * chain would wait for the transactions between for ever. The chain's own nonce is set to the one
 * that is sent, unless the account has created contracts: their addresses follow from it.
 */
export class Nonces {
  readonly #options: NoncesOptions;
  readonly #accounts: BoundedSet;
  readonly #creators: BoundedSet;
  #before: Map<string, number[]>;
  readonly #off: Map<string, Off>;
  /** For each account one transaction at a time. */
  readonly #turns = new Map<string, Promise<void>>();

  /** @param known of a gateway before; of another chain id, it is of another chain */
  constructor(options: NoncesOptions, known?: NonceState) {
    this.#options = options;
    const state = known?.chainId === options.chainId ? known : undefined;
    this.#accounts = new BoundedSet(MOST_ACCOUNTS, state?.accounts);
    this.#creators = new BoundedSet(MOST_CREATORS, state?.creators);
    this.#before = new Map(Object.entries(state?.before ?? {}));
    this.#off = new Map(
      Object.entries(state?.off ?? {}).map(([account, off]) => [
        account,
        { ...off, sent: new Set() },
      ]),
    );
  }

  /** Whether raw transactions have to be looked into at all. */
  get isOff(): boolean {
    return this.#off.size > 0;
  }

  /** @param account whose wallet uses this chain, in lower case */
  saw(account: string): void {
    if (this.#accounts.add(account)) this.#save();
  }

  /** @param account which created a contract, in lower case */
  sawCreator(account: string): void {
    if (this.#creators.add(account)) this.#save();
  }

  /** Whose wallets use this chain, as far as it was seen. */
  accounts(): string[] {
    return this.#accounts.list();
  }

  /** Notes the nonces of accounts, before a revert. */
  async remember(accounts: readonly string[]): Promise<void> {
    if (accounts.length === 0) return;
    const found = await this.#counts(accounts);
    for (const [account, counts] of found) {
      this.#before.set(account, unique([...(this.#before.get(account) ?? []), ...counts]));
    }
    this.#save();
  }

  /** After the revert: which accounts have another nonce now. */
  async compare(): Promise<void> {
    const before = this.#before;
    const found = await this.#counts([...before.keys()]);
    this.#before = new Map();
    for (const [account, counts] of found) {
      const [now = 0] = counts;
      const known = [...(this.#off.get(account)?.before ?? []), ...(before.get(account) ?? [])];
      const others = unique(known).filter((nonce) => nonce !== now);
      if (others.length === 0) this.#off.delete(account);
      else this.#off.set(account, { now, before: others.slice(-MOST_BEFORE), sent: new Set() });
    }
    this.#save();
  }

  /** The revert did not happen. */
  forget(): void {
    this.#before = new Map();
    this.#save();
  }

  /** Before a body with raw transactions is sent on. Resolves when it can be, and never rejects. */
  async mend(body: Buffer): Promise<void> {
    const raws = (callsIn(body)?.calls ?? []).flatMap(rawIn);
    // All of viem's cryptography: loaded when there is something to mend.
    const { nonceIn, senderOf } = await import('./raw-transaction.ts');
    const sent = new Map<string, number[]>();
    for (const raw of raws) {
      const nonce = nonceIn(raw);
      if (nonce === null || !this.#isNear(nonce)) continue;
      const account = await senderOf(raw);
      const off = account === null ? undefined : this.#off.get(account);
      if (account === null || !off) continue;
      off.sent.add(nonce);
      sent.set(account, [...(sent.get(account) ?? []), nonce]);
    }
    await Promise.all(
      [...sent].map(([account, [nonce = 0, ...more]]) =>
        // Several at once are a script's, which knows what it sends. Without an answer of the node,
        // it is sent on as it is.
        more.length > 0 || !this.#off.get(account)?.before.includes(nonce)
          ? undefined
          : this.#inTurn(account, () => this.#mendOf(account, nonce)).catch(() => undefined),
      ),
    );
  }

  /** Whether any account that is off could mean this nonce, or one on the way to it. */
  #isNear(nonce: number): boolean {
    for (const { now, before } of this.#off.values()) {
      if (nonce >= Math.min(now, ...before) && nonce <= Math.max(now, ...before)) return true;
    }
    return false;
  }

  async #mendOf(account: string, nonce: number): Promise<void> {
    const off = this.#off.get(account);
    if (!off || (await this.#isSettled(account, off))) return;
    if (this.#isDeployer(account)) {
      void this.#tellUnlessAccepted(account, off, nonce).catch(() => undefined);
      return;
    }
    await sleep(PATIENCE_MS);
    if ((await this.#isSettled(account, off)) || isPartOfSeries(off, nonce)) return;
    const { chain, tell } = this.#options;
    await this.#ask('anvil_setNonce', [account, `0x${nonce.toString(16)}`]);
    this.#settle(account);
    tell({ chain, type: 'nonce-mended', account, from: off.now, to: nonce });
  }

  /** Whether the account has sent since the revert: it knows the chain's nonce, then. */
  async #isSettled(account: string, off: Off): Promise<boolean> {
    if (this.#off.get(account) !== off) return true;
    const [count] = (await this.#counts([account])).get(account) ?? [];
    if (count === off.now) return false;
    if (count !== undefined) this.#settle(account);
    return true;
  }

  async #tellUnlessAccepted(account: string, off: Off, sentNonce: number): Promise<void> {
    await sleep(UNSENT_MS);
    if (await this.#isSettled(account, off)) return;
    const { chain, tell } = this.#options;
    tell({ chain, type: 'nonce-off', account, chainNonce: off.now, sentNonce });
  }

  #settle(account: string): void {
    this.#off.delete(account);
    this.#save();
  }

  #isDeployer(account: string): boolean {
    const { deployers } = this.#options.settings();
    return (
      this.#creators.has(account) || deployers.some((other) => other.toLowerCase() === account)
    );
  }

  #inTurn(account: string, work: () => Promise<void>): Promise<void> {
    const before = this.#turns.get(account);
    const result = before ? before.then(work) : work();
    const ended = result.catch(() => undefined);
    this.#turns.set(account, ended);
    void ended.then(() => {
      if (this.#turns.get(account) === ended) this.#turns.delete(account);
    });
    return result;
  }

  /** What the chain takes next, and what it has mined up to when that is another one. */
  async #counts(accounts: readonly string[]): Promise<Map<string, number[]>> {
    const calls = accounts.flatMap((account) =>
      ['pending', 'latest'].map((block) => ({
        method: 'eth_getTransactionCount',
        params: [account, block],
      })),
    );
    const answers = await this.#options.backend().ask(calls);
    return new Map(
      accounts.map((account, index) => {
        const both = answers.slice(2 * index, 2 * index + 2).map(({ result }) => Number(result));
        return [account, unique(both.filter(Number.isSafeInteger))];
      }),
    );
  }

  async #ask(method: string, params: unknown[]): Promise<unknown> {
    const [answer] = await this.#options.backend().ask([{ method, params }]);
    if (answer?.error) throw new Error(`${answer.error.message}`);
    return answer?.result;
  }

  #save(): void {
    this.#options.save({
      chainId: this.#options.chainId,
      accounts: this.#accounts.list(),
      creators: this.#creators.list(),
      before: Object.fromEntries(this.#before),
      off: Object.fromEntries(
        [...this.#off].map(([account, { now, before }]) => [account, { now, before }]),
      ),
    });
  }
}

/** Whether the transactions before it were sent as well, only later. */
function isPartOfSeries({ now, sent }: Off, nonce: number): boolean {
  return [...sent].some((other) => other >= now && other < nonce);
}

function rawIn(call: Call): string[] {
  if (!methodOf(call).startsWith('eth_sendRawTransaction') || !Array.isArray(call.params))
    return [];
  const [raw] = call.params;
  return typeof raw === 'string' ? [raw] : [];
}

const unique = (nonces: readonly number[]): number[] => [...new Set(nonces)];
