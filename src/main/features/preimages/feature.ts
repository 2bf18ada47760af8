import { type Core, feature, type Use } from '../feature.ts';
import { preimagesStore } from './store.ts';

interface Needs {
  networks: { list: () => { name: string }[] };
}

/** Keys of mappings, by what was hashed to find their values. */
export const preimages = feature({
  name: 'preimages',
  async make(needs: Use<Needs>, { db }: Core) {
    const { preimagesService } = await import('./service.ts');
    const { list } = await needs.networks;
    const isNetwork = (name: string) => list().some((one) => one.name === name);
    return { ...preimagesService(preimagesStore(db)), isNetwork };
  },
  on: {
    async 'network.removed'({ isNetwork, forget }, { network }) {
      // One that overrode a network of Drydock's leaves that one behind.
      if (!isNetwork(network)) await forget(network);
    },
  },
  close: ({ close }) => close(),
});
