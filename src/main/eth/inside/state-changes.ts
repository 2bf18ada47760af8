import { getAddress } from 'viem';
import type { StateChange } from '../../shared/decoded.ts';

/** An account as `prestateTracer` tells of it. Quantities as numbers or hex. */
export interface TracedAccount {
  balance?: string;
  nonce?: string | number;
  code?: string;
  storage?: Record<string, string>;
}

/**
 * What `prestateTracer` says with `diffMode`
 * (https://geth.ethereum.org/docs/developers/evm-tracing/built-in-tracers#prestate-tracer): `post`
 * has what is other than in `pre`, and nothing of what is zero or gone.
 */
export interface TracedDiff {
  pre: Record<string, TracedAccount>;
  post: Record<string, TracedAccount>;
}

/** How nodes are asked for it. */
export const DIFF_TRACER = { tracer: 'prestateTracer', tracerConfig: { diffMode: true } };

/** What a transaction changed of one account. */
export interface AccountChange {
  /** With its checksum. */
  address: string;
  /** Wei. */
  balance: StateChange | null;
  nonce: StateChange | null;
  code: StateChange | null;
  /** In the order of the slots. */
  slots: SlotChange[];
}

/** Words of 32 bytes, hex. */
export interface SlotChange extends StateChange {
  slot: string;
}

/** The changed accounts by address. Those of which nothing changed in the end are left out. */
export function stateChanges({ pre, post }: TracedDiff): AccountChange[] {
  const addresses = [...new Set([...Object.keys(pre), ...Object.keys(post)])].sort();
  return addresses
    .map((address) => accountChange(address, pre[address], post[address]))
    .filter(isChanged);
}

/**
 * The same with the code that authorizations have set or removed: `prestateTracer` says nothing of
 * code that is gone.
 *
 * @param codes what stands there after, by address in lower case
 */
export function withCodes(
  accounts: readonly AccountChange[],
  before: Readonly<Record<string, TracedAccount>>,
  codes: ReadonlyMap<string, string>,
): AccountChange[] {
  const found = new Map(Object.entries(before).map(([at, one]) => [at.toLowerCase(), one]));
  const all = new Map(accounts.map((one) => [one.address.toLowerCase(), one]));
  for (const [at, after] of codes) {
    const none = { balance: null, nonce: null, code: null, slots: [] };
    const account = all.get(at) ?? { address: getAddress(at), ...none };
    all.set(at, { ...account, code: changed(found.get(at)?.code ?? '0x', after) });
  }
  return [...all.values()].filter(isChanged);
}

const isChanged = ({ balance, nonce, code, slots }: AccountChange): boolean =>
  balance !== null || nonce !== null || code !== null || slots.length > 0;

function accountChange(
  address: string,
  before: TracedAccount = {},
  after: TracedAccount | undefined,
): AccountChange {
  // One that is only in `pre` is gone; of others what `post` leaves out stayed as it was.
  const isGone = after === undefined;
  const then = <Key extends 'balance' | 'nonce' | 'code'>(key: Key) =>
    isGone ? undefined : (after[key] ?? before[key]);
  return {
    address: getAddress(address),
    balance: changed(decimal(before.balance), decimal(then('balance'))),
    nonce: changed(decimal(before.nonce), decimal(then('nonce'))),
    code: changed(before.code ?? '0x', then('code') ?? '0x'),
    slots: slotChanges(before.storage ?? {}, after?.storage ?? {}),
  };
}

const ZERO = `0x${'0'.repeat(64)}`;

function slotChanges(before: Record<string, string>, after: Record<string, string>): SlotChange[] {
  const slots = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return slots.flatMap((slot) => {
    const change = changed(before[slot] ?? ZERO, after[slot] ?? ZERO);
    return change ? [{ slot, ...change }] : [];
  });
}

const changed = (before: string, after: string): StateChange | null =>
  before === after ? null : { before, after };

const decimal = (quantity: string | number | undefined): string => BigInt(quantity || 0).toString();
