import { useQuery } from '@tanstack/react-query';
import type { LabelledAddress } from '#main/features/address-book/contract.ts';
import { api } from '../client.ts';

const none: readonly LabelledAddress[] = [];
const indexes = new WeakMap<readonly LabelledAddress[], Map<string, LabelledAddress>>();

const keyOf = (network: string | null, address: string) =>
  `${network ?? ''} ${address.toLowerCase()}`;

/** Once for all that look something up in the same book. */
function indexOf(book: readonly LabelledAddress[]): Map<string, LabelledAddress> {
  const known =
    indexes.get(book) ?? new Map(book.map((one) => [keyOf(one.network, one.address), one]));
  indexes.set(book, known);
  return known;
}

/** Every labelled address, by label. */
export const useAddressBook = (): readonly LabelledAddress[] =>
  useQuery(api.addressBook.list.queryOptions({ input: {} })).data ?? none;

/** What the user calls an address on a network; `network` null: on one that has no pages here. */
export function useAddressLabel(network: string | null, address: string): LabelledAddress | null {
  const index = indexOf(useAddressBook());
  const own = network === null ? undefined : index.get(keyOf(network, address));
  return own ?? index.get(keyOf(null, address)) ?? null;
}

/** Those that hold on a network, one for each address. */
export function labelsOn(
  network: string,
  book: readonly LabelledAddress[],
): readonly LabelledAddress[] {
  const own = new Set(book.filter((one) => one.network === network).map(({ address }) => address));
  return book.filter(
    (one) => one.network === network || (one.network === null && !own.has(one.address)),
  );
}
