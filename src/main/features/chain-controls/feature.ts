import { feature, type Use } from '../feature.ts';
import type { ChainControlsDependencies } from './service.ts';

interface Needs {
  chains: {
    controls: ChainControlsDependencies['setters'];
    get: ChainControlsDependencies['chain'];
  };
  addressNames: { on: ChainControlsDependencies['addressesOn'] };
  explorer: { pendingLines: ChainControlsDependencies['linesOf'] };
}

export const chainControls = feature({
  name: 'chainControls',
  async make(needs: Use<Needs>) {
    const { chainControlsService } = await import('./service.ts');
    const { controls, get } = await needs.chains;
    const { pendingLines } = await needs.explorer;
    return chainControlsService({
      ...{ setters: controls, chain: get, linesOf: pendingLines },
      addressesOn: (await needs.addressNames).on,
    });
  },
  router: async (service) => (await import('./router.ts')).chainControlsRouter(service),
});
