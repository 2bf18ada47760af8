import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { LabelColor } from '#main/features/address-book/contract.ts';
import { ether } from '../../ui/format.ts';
import { api } from '../client.ts';
import { useAccounts } from '../queries/use-accounts.ts';
import { labelsOn, useAddressBook } from './address-labels.ts';

/** An address that can be picked. */
export interface PickableAddress {
  address: string;
  kind: 'label' | 'account' | 'contract';
  /** What it is called; an account of the chain without a label by its index. */
  name: string;
  /** What it is otherwise. */
  detail: string;
  color: LabelColor | null;
}

/** More contracts than a list can be looked through by a person. */
const most = 2000;

/**
 * The addresses that are known on a network, each once: those with a label, the accounts of its
 * chain, live contracts with the newest first, and those that were added. `network` null: labels
 * for all networks alone.
 */
export function useKnownAddresses(network: string | null): PickableAddress[] {
  const book = useAddressBook();
  const accounts = useAccounts(network);
  const contracts = useQuery(
    api.contracts.live.queryOptions({
      ...{ input: { target: network ?? '', limit: most }, enabled: network !== null },
    }),
  ).data;
  return useMemo(() => {
    const found = new Map<string, PickableAddress>();
    const add = (one: PickableAddress) => {
      const key = one.address.toLowerCase();
      const before = found.get(key);
      if (!before) found.set(key, one);
      else if (before.detail === '') found.set(key, { ...before, detail: one.name });
    };
    for (const { address, label, color } of labelsOn(network ?? '', book)) {
      add({ address, kind: 'label', name: label, detail: '', color });
    }
    for (const { address, index, balance } of accounts ?? []) {
      const name = `account ${index}`;
      add({ address, kind: 'account', name, detail: `${ether(balance)} ETH`, color: null });
    }
    for (const { address, name, label, deployment } of contracts?.contracts ?? []) {
      const detail = `${deployment.project.name} #${deployment.number}`;
      const shown = label ?? name ?? 'contract';
      add({ address, kind: 'contract', name: shown, detail, color: null });
    }
    for (const { address, name } of contracts?.added ?? []) {
      add({ address, kind: 'contract', name, detail: 'added', color: null });
    }
    return [...found.values()];
  }, [network, book, accounts, contracts]);
}
