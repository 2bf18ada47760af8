import { getAddress } from 'viem';
import { AppError } from '../../shared/errors.ts';
import type { Change } from '../app/contract.ts';
import type { LabelledAddress, LabelRef, SetLabelInput } from './contract.ts';
import type { AddressBookStore } from './store.ts';

export interface AddressBookDependencies {
  store: AddressBookStore;
  /** Throws NETWORK_NOT_FOUND. */
  network: (name: string) => unknown;
  /** A contract that the user has added under a name, on a network or on any. */
  added: (network: string | null, name: string) => { network: string; address: string } | null;
  changed: (change: Change) => void;
}

export function addressBookService(deps: AddressBookDependencies) {
  const { store, changed } = deps;
  const tell = () => changed({ topic: 'addressBook' });
  const checksummed = (address: string) => getAddress(address.toLowerCase());

  /** One label never names two addresses on a network: commands would have to guess. */
  function assertFree(label: string, network: string | null, address: string): void {
    const other = store.other(label, network, address) ?? deps.added(network, label);
    if (!other || other.address === address) return;
    const where = other.network === null ? 'on all networks' : `on ${other.network}`;
    throw new AppError(
      'NAME_TAKEN',
      `${other.address} ${where} is called "${label}" already. Choose another label.`,
      { field: 'label' },
    );
  }

  return {
    list({ network, address }: { network?: string; address?: string }): LabelledAddress[] {
      if (network !== undefined) deps.network(network);
      return store.list({ network, address: address && checksummed(address) });
    },

    set({ address: given, network, ...asked }: SetLabelInput): LabelledAddress {
      if (network !== null) deps.network(network);
      const address = checksummed(given);
      const row = store.transaction(() => {
        const before = store.get(address, network);
        const label = asked.label ?? before?.label;
        if (label === undefined) {
          throw new AppError('BAD_INPUT', `${address} has no label yet. Give it one.`, {
            field: 'label',
          });
        }
        assertFree(label, network, address);
        const color = asked.color === undefined ? (before?.color ?? null) : asked.color;
        const put = { address, network, label, color, changedAt: Date.now() };
        store.put(put);
        return put;
      });
      tell();
      return row;
    },

    remove({ address: given, network }: LabelRef): LabelledAddress {
      const address = checksummed(given);
      const row = store.get(address, network);
      if (!row) throw notLabelled(address, network, store.list({ address }));
      store.remove(address, network);
      tell();
      return row;
    },

    networkRemoved(network: string): void {
      if (store.removeAll(network) > 0) tell();
    },
  };
}

export type AddressBookService = ReturnType<typeof addressBookService>;

function notLabelled(
  address: string,
  network: string | null,
  others: readonly LabelledAddress[],
): AppError {
  const scope = (of: string | null) => (of === null ? 'for all networks' : `for ${of}`);
  const elsewhere = others.map((one) => `"${one.label}" ${scope(one.network)}`).join(', ');
  return new AppError(
    'LABEL_NOT_FOUND',
    `${address} has no label ${scope(network)}${elsewhere ? `, but ${elsewhere}` : ''}.`,
    { field: 'address' },
  );
}
