import type { Hex } from 'viem';

/** What is to be changed in the state of a chain. */
export interface Write {
  address: Hex;
  /** null: the ether of the address. */
  slot: Hex | null;
  value: bigint;
}

/** As `eth_call` and `debug_traceCall` take it: https://geth.ethereum.org/docs/interacting-with-geth/rpc/objects#state-override-set */
export type StateOverrides = Record<
  string,
  { stateDiff?: Record<string, string>; balance?: string }
>;

export const wordOf = (value: bigint): Hex => `0x${value.toString(16).padStart(64, '0')}`;

/** What is written later wins. */
export function overridesOf(writes: readonly Write[]): StateOverrides {
  const all: StateOverrides = {};
  for (const { address, slot, value } of writes) {
    const key = address.toLowerCase();
    const one = all[key] ?? {};
    all[key] = one;
    if (slot === null) one.balance = `0x${value.toString(16)}`;
    else one.stateDiff = { ...one.stateDiff, [slot]: wordOf(value) };
  }
  return all;
}

const placeOf = ({ address, slot }: Pick<Write, 'address' | 'slot'>): string =>
  `${address.toLowerCase()} ${slot}`;

/** One write for each place: the last. */
export const lastOfEach = (writes: readonly Write[]): Write[] => [
  ...new Map(writes.map((one) => [placeOf(one), one])).values(),
];

export const isSamePlace = (
  one: Pick<Write, 'address' | 'slot'>,
  other: Pick<Write, 'address' | 'slot'>,
): boolean => placeOf(one) === placeOf(other);
