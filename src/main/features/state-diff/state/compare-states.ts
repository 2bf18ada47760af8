import { getAddress } from 'viem';
import type { AccountChange, SlotChange } from '../../../eth/inside/state-changes.ts';
import type { StateChange } from '../../../shared/decoded.ts';
import type { State, StoredAccount } from './read-state.ts';

/** What a state of a fork does not tell, because nothing there has used it: it is as in the upstream. */
export interface Lacking {
  /** In lower case. */
  address: string;
  side: 'before' | 'after';
  /** Balance, nonce and code as well. */
  account: boolean;
  slots: string[];
}

/** What the upstream of a fork holds, by address in lower case. */
export type Upstream = ReadonlyMap<
  string,
  { account: Omit<StoredAccount, 'storage'> | null; slots: Readonly<Record<string, string>> }
>;

export interface ComparedStates {
  /** By address. */
  accounts: AccountChange[];
  slots: number;
  /** Of how many further slots changes are left out. */
  left: number;
}

const NOBODY: StoredAccount = { nonce: 0n, balance: 0n, code: '0x', storage: {} };
const ZERO = `0x${'0'.repeat(64)}`;

/** What has to be read from the upstream of a fork before two of its states can be compared. */
export function lackingIn(before: State, after: State): Lacking[] {
  const found: Lacking[] = [];
  const look = (side: Lacking['side'], state: State, other: State) => {
    for (const [address, { storage }] of other) {
      const here = state.get(address);
      const slots = Object.keys(storage).filter((slot) => here?.storage[slot] === undefined);
      if (here && slots.length === 0) continue;
      found.push({ address, side, account: here === undefined, slots });
    }
  };
  look('before', before, after);
  look('after', after, before);
  return found;
}

/**
 * What differs between two states of a chain. An account without balance, nonce, code and storage is
 * as good as none, and a slot with nothing in it as well.
 *
 * @param upstream of a fork, what `lackingIn` told of
 * @param most slots; of what goes beyond, accounts are there without their storage
 */
export function compareStates(
  before: State,
  after: State,
  { upstream = new Map(), most }: { upstream?: Upstream; most: number },
): ComparedStates {
  const found: ComparedStates = { accounts: [], slots: 0, left: 0 };
  const addresses = [...new Set([...before.keys(), ...after.keys()])].sort();
  for (const address of addresses) {
    const known = upstream.get(address);
    const here = (state: State): StoredAccount =>
      state.get(address) ?? { ...NOBODY, ...known?.account };
    const [was, is] = [here(before), here(after)];
    const slots = slotChanges(was.storage, is.storage, known?.slots ?? {});
    const fitting = found.slots + slots.length <= most;
    const change: AccountChange = {
      address: getAddress(address),
      balance: changed(String(was.balance), String(is.balance)),
      nonce: changed(String(was.nonce), String(is.nonce)),
      code: changed(was.code, is.code),
      slots: fitting ? slots : [],
    };
    if (fitting) found.slots += slots.length;
    else found.left += slots.length;
    const { balance, nonce, code } = change;
    if (balance || nonce || code || slots.length > 0) found.accounts.push(change);
  }
  return found;
}

type Words = Readonly<Record<string, string>>;

function slotChanges(before: Words, after: Words, upstream: Words): SlotChange[] {
  const word = (words: Words, slot: string) => words[slot] ?? upstream[slot] ?? ZERO;
  const found: SlotChange[] = [];
  const look = (slot: string) => {
    const change = changed(word(before, slot), word(after, slot));
    if (change) found.push({ slot, ...change });
  };
  for (const slot in before) look(slot);
  for (const slot in after) if (before[slot] === undefined) look(slot);
  return found.sort((a, b) => (a.slot < b.slot ? -1 : 1));
}

const changed = (before: string, after: string): StateChange | null =>
  before === after ? null : { before, after };
