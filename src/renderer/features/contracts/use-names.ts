import { useMemo } from 'react';
import { useKnownAddresses } from '../../core/addresses/known-addresses.ts';
import type { AddressNames } from '../../core/inside/value-text.ts';

/** What addresses on a network are called: by their labels, as accounts of its chain, as contracts. */
export function useNames(network: string): AddressNames {
  const known = useKnownAddresses(network);
  return useMemo(
    () => new Map(known.map(({ address, name }) => [address.toLowerCase(), name])),
    [known],
  );
}
