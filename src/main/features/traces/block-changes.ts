import type { PreState } from '../../eth/inside/recorded-transaction.ts';
import { stateChanges, type TracedDiff } from '../../eth/inside/state-changes.ts';

interface ChangedAccount {
  balance: string;
  nonce: string;
  /** Only if it was changed. */
  code?: string;
  /** Words by slot. */
  slots: Map<string, string>;
}

/** Of an account that has no more all of them are told, so that one is asked about once. */
const FEW_SLOTS = 32;

/** What the transactions of a block have changed until now, of the state that they began with. */
export class BlockChanges {
  readonly #accounts = new Map<string, ChangedAccount>();

  add(diff: TracedDiff): void {
    for (const { address, code, slots } of stateChanges(diff)) {
      const at = address.toLowerCase();
      const [before, after] = [accountOf(diff.pre, at), accountOf(diff.post, at)];
      const isGone = after === undefined;
      const known = this.#accounts.get(at);
      const account: ChangedAccount = {
        balance: isGone ? '0x0' : (after.balance ?? before?.balance ?? known?.balance ?? '0x0'),
        nonce: isGone ? '0x0' : hexOf(after.nonce ?? before?.nonce ?? known?.nonce ?? 0),
        slots: known?.slots ?? new Map(),
      };
      const newCode = code?.after ?? known?.code;
      if (newCode !== undefined) account.code = newCode;
      for (const { slot, after } of slots) account.slots.set(slot, after);
      this.#accounts.set(at, account);
    }
  }

  /**
   * Overrides with which the state is as it is now, for whatever touches nothing but some accounts
   * and slots. `count`: how much is overridden.
   */
  overridesFor(touched: PreState): { overrides: Record<string, object>; count: number } {
    const overrides: Record<string, object> = {};
    let count = 0;
    for (const [at, { storage = {} }] of Object.entries(touched)) {
      const address = at.toLowerCase();
      const account = this.#accounts.get(address);
      if (!account || address in overrides) continue;
      const { slots, ...rest } = account;
      const few = slots.size <= FEW_SLOTS;
      const stateDiff = few
        ? Object.fromEntries(slots)
        : Object.fromEntries(
            Object.keys(storage).flatMap((slot) => {
              const word = slots.get(slot);
              return word === undefined ? [] : [[slot, word]];
            }),
          );
      overrides[address] = { ...rest, stateDiff };
      count += 1 + Object.keys(stateDiff).length;
    }
    return { overrides, count };
  }
}

const accountOf = (state: TracedDiff['pre'], address: string) =>
  state[address] ?? Object.entries(state).find(([at]) => at.toLowerCase() === address)?.[1];

const hexOf = (quantity: string | number): string => `0x${BigInt(quantity).toString(16)}`;
