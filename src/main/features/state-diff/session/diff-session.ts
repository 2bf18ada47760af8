import type { AccountChange } from '../../../eth/inside/state-changes.ts';
import type { Preimages } from '../../../eth/inside/storage-names.ts';
import { assertionsOf } from '../assertions/assertions-of.ts';
import type { TestAbout } from '../assertions/plain-text.ts';
import { solidityTest } from '../assertions/solidity.ts';
import { typescriptTest } from '../assertions/typescript.ts';
import type { DiffAccount, DiffFormat, DiffSide, DiffVariable } from '../contract.ts';
import {
  type AccountFacts,
  type ContractFacts,
  codeFacts,
  type NamedAccount,
  namedAccount,
} from '../naming/named-account.ts';
import { compareStates, type Lacking, lackingIn, type Upstream } from '../state/compare-states.ts';
import { readState, type State, type StateSource } from '../state/read-state.ts';
import { diffJson } from './diff-json.ts';

/** What a change of an account is, before anything of it has a name. */
export interface ListedChange {
  address: string;
  /** It has code in one of both states. */
  isContract: boolean;
  slots: number;
}

/** What is known of one of the changed accounts. */
export interface KnownAccount {
  /** Its position among the changes. */
  index: number;
  facts: AccountFacts;
  /** The key of what was told of contracts with its code; null: nothing was. */
  contract: string | null;
  preimages: Preimages;
}

export interface TextInput extends TestAbout {
  format: DiffFormat;
  sides: { before: DiffSide; after: DiffSide; left: number };
}

/** More than these aren't tried as keys of mappings. */
const MOST_ADDRESSES = 1000;

/**
 * Two states of a chain, and what differs between them; runs in a thread of its own. Its methods are
 * called in this order: load, compare, facts and name for each account, and then what is wanted of it.
 */
export class DiffSession {
  #before: State = new Map();
  #after: State = new Map();
  #changes: AccountChange[] = [];
  readonly #facts = new Map<string, ContractFacts>();
  readonly #named = new Map<number, NamedAccount>();

  /** @returns what has to be read of the upstream, of a fork */
  async load(before: StateSource, after: StateSource, isFork: boolean): Promise<Lacking[]> {
    this.#before = await ofSide('before', readState(before));
    this.#after = await ofSide('after', readState(after));
    return isFork ? lackingIn(this.#before, this.#after) : [];
  }

  compare(upstream: Upstream, most: number): { accounts: number; slots: number; left: number } {
    const { accounts, slots, left } = compareStates(this.#before, this.#after, { upstream, most });
    this.#changes = accounts;
    return { accounts: accounts.length, slots, left };
  }

  changes(from: number, count: number): ListedChange[] {
    return this.#changes.slice(from, from + count).map(({ address, slots }) => ({
      ...{ address, slots: slots.length },
      isContract: (this.codeAt(address) ?? '0x') !== '0x',
    }));
  }

  /** The later code, or the earlier one of a contract that is gone; null: no state tells. */
  codeAt(address: string): string | null {
    const key = address.toLowerCase();
    const [is, was] = [this.#after.get(key)?.code, this.#before.get(key)?.code];
    return is && is !== '0x' ? is : (was ?? is ?? null);
  }

  /** As `codeAt`. */
  wordAt(address: string, slot: string): string | null {
    const key = address.toLowerCase();
    const place = `0x${BigInt(slot).toString(16).padStart(64, '0')}`;
    const isThere = (this.#after.get(key)?.code ?? '0x') !== '0x';
    const state = isThere ? this.#after : this.#before;
    return state.get(key)?.storage[place] ?? null;
  }

  /** @param key the same one for `name` */
  facts(key: string, facts: ContractFacts): void {
    this.#facts.set(key, facts);
  }

  /** In the order in which they are given. */
  async name(accounts: readonly KnownAccount[]): Promise<DiffAccount[]> {
    const named: DiffAccount[] = [];
    for (const account of accounts) named.push(await this.#name(account));
    return named;
  }

  async #name({ index, facts, contract, preimages }: KnownAccount): Promise<DiffAccount> {
    const change = this.#changes[index] as AccountChange;
    const known = contract === null ? undefined : this.#facts.get(contract);
    const named = await namedAccount(change, facts, known, preimages, this.#likely(change));
    this.#named.set(index, named);
    const { address, balance, nonce, code, slots } = change;
    return {
      ...{ address, ...facts, balance, nonce, slots: slots.length },
      code: code && { before: codeFacts(code.before), after: codeFacts(code.after) },
    };
  }

  variables(index: number, from: number, count: number): DiffVariable[] {
    return this.#named.get(index)?.variables.slice(from, from + count) ?? [];
  }

  text({ format, sides, ...about }: TextInput): string {
    const named = [...this.#named].sort(([a], [b]) => a - b).map(([, one]) => one);
    if (format === 'json') return diffJson(named, about.chain, sides);
    const asserted = assertionsOf(named);
    if (format === 'solidity') return solidityTest(asserted, about);
    return typescriptTest(asserted, about, format === 'vitest' ? 'vitest' : 'node:test');
  }

  /** Addresses that may be keys of its mappings: those of which something changed first. */
  #likely({ slots }: AccountChange): string[] {
    if (slots.length === 0) return [];
    const changed = this.#changes.map(({ address }) => address.toLowerCase());
    return [...new Set([...changed, ...this.#after.keys()])].slice(0, MOST_ADDRESSES);
  }
}

/** Tells which of both states it was. */
async function ofSide(side: Lacking['side'], reading: Promise<State>): Promise<State> {
  try {
    return await reading;
  } catch (error) {
    throw Object.assign(error as Error, { side });
  }
}
