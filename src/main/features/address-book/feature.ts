import { type Core, feature, type Use } from '../feature.ts';
import type { AddressBookDependencies } from './service.ts';
import { type AddressBookStore, addressBookStore } from './store.ts';

/** What addresses are called, for those that only read it. */
export const labelRecords = feature({
  name: 'labelRecords',
  make: (_, { db }: Core) => addressBookStore(db),
});

interface Needs {
  labelRecords: AddressBookStore;
  networks: { find: AddressBookDependencies['network']; list: () => { name: string }[] };
  addedContractRecords: { called: AddressBookDependencies['added'] };
}

export const addressBook = feature({
  name: 'addressBook',
  async make(needs: Use<Needs>, { changed }: Core) {
    const { addressBookService } = await import('./service.ts');
    const { find, list } = await needs.networks;
    const service = addressBookService({
      store: await needs.labelRecords,
      network: find,
      added: (await needs.addedContractRecords).called,
      changed,
    });
    return { ...service, isNetwork: (name: string) => list().some((one) => one.name === name) };
  },
  router: async (service) => (await import('./router.ts')).addressBookRouter(service),
  on: {
    'network.removed'({ isNetwork, networkRemoved }, { network }) {
      // One that overrode a network of Drydock's leaves that one behind.
      if (!isNetwork(network)) networkRemoved(network);
    },
  },
});
