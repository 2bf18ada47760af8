import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ownLabel } from '#main/shared/contract-label.ts';
import { labelsOn, useAddressBook } from '../../core/addresses/address-labels.ts';
import { api } from '../../core/client.ts';
import type { AddressNames } from '../../core/inside/value-text.ts';
import { useKnownContracts } from './use-known-contracts.ts';

/** What addresses on a network are called: its contracts, and the accounts of its chain. */
export function useNames(network: string): AddressNames {
  const { contracts, added } = useKnownContracts(network);
  const accounts = useQuery(
    api.chains.accounts.queryOptions({ input: { chain: network }, retry: false }),
  ).data;
  const book = useAddressBook();
  return useMemo(() => {
    const names = new Map<string, string>();
    const add = (address: string, name: string | null) => {
      if (name !== null) names.set(address.toLowerCase(), name);
    };
    for (const { address, index } of accounts ?? []) add(address, `account ${index}`);
    // The newest deployment comes first, and what the user has named wins.
    for (const one of contracts.toReversed()) add(one.address, ownLabel(one) ?? one.name);
    for (const { address, name } of added) add(address, name);
    for (const { address, label } of labelsOn(network, book)) add(address, label);
    return names;
  }, [network, book, contracts, added, accounts]);
}
