import { type Core, feature, type Use } from '../feature.ts';
import { portsStore } from './store.ts';

interface Needs {
  networks: { withChain: () => { name: string }[] };
  chainRecords: { portOwner: (chain: string) => string };
}

export const ports = feature({
  name: 'ports',
  async make(needs: Use<Needs>, { db, owner: self, isAlive, isGone }: Core) {
    const { portsService } = await import('./service.ts');
    const { withChain } = await needs.networks;
    const { portOwner } = await needs.chainRecords;
    return portsService({
      store: portsStore(db),
      self,
      isAlive,
      isGone,
      exists: (owner) => withChain().some(({ name }) => portOwner(name) === owner),
    });
  },
});
