import { addressesIn } from './hex.ts';

/** An address with what it is called. */
export interface NamedAddress {
  address: string;
  /** Name of the contract there; of a proxy, of its logic. */
  contract: string | null;
  /** What the user or the project calls it. */
  label: string | null;
}

/** What addresses are called, by the address in lower case. */
export type AddressNames = ReadonlyMap<string, string>;

export const addressNames = (all: Iterable<NamedAddress>): AddressNames =>
  new Map(
    [...all].flatMap(({ address, contract, label }) => {
      const name = label ?? contract;
      return name === null ? [] : [[address.toLowerCase(), name] as const];
    }),
  );

/** A text with names in the place of the addresses that have one. */
export const withNames = (text: string, names: AddressNames): string =>
  names.size === 0
    ? text
    : text.replaceAll(addressesIn, (address) => names.get(address.toLowerCase()) ?? address);
