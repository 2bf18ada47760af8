import { kindSpecs } from '../../kinds/specs.ts';
import type { Emit } from '../events/contract.ts';
import { type Core, feature, type Use } from '../feature.ts';
import { settingsStore } from './store.ts';

interface Needs {
  events: { emit: Emit };
}

export const settings = feature({
  name: 'settings',
  async make({ events }: Use<Needs>, { db }: Core) {
    const { settingsService } = await import('./service.ts');
    const { emit } = await events;
    return settingsService(settingsStore(db), emit, kindSpecs.settings);
  },
  router: async (service) => (await import('./router.ts')).settingsRouter(service),
  servesAtOnce: true,
});
