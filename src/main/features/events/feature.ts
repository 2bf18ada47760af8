import { type Core, feature, type Together } from '../feature.ts';
import { eventsStore } from './store.ts';

export const events = feature({
  name: 'events',
  async make(_, { db, changed }: Core, { tell }: Together) {
    const { eventsService } = await import('./service.ts');
    const service = eventsService({ store: eventsStore(db), changed });
    service.listen(tell);
    return service;
  },
  router: async (service) => (await import('./router.ts')).eventsRouter(service),
  start: (service) => service.followOthers(),
  close: (service) => service.close(),
});
