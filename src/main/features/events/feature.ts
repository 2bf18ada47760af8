import { type Core, feature, type Together, type Use } from '../feature.ts';
import type { Event } from './contract.ts';
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

interface NoticesNeeds {
  settings: { get: () => { notifyWhenDone: boolean } };
}

/** Shows what has ended as notifications of the system, through the door that can. */
export const notices = feature({
  name: 'notices',
  async make(needs: Use<NoticesNeeds>, { notify }: Core) {
    if (!notify) return () => undefined;
    const { noticeOf } = await import('./contract.ts');
    const { get } = await needs.settings;
    return (event: Event) => {
      const notice = noticeOf(event, Date.now());
      if (notice && get().notifyWhenDone) notify(notice);
    };
  },
  onEvery: (show, event) => show(event),
});
