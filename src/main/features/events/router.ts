import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { events } from './contract.ts';
import type { EventsService } from './service.ts';

export function eventsRouter(service: EventsService) {
  const os = implement(events).$context<Context>().use(declaredErrors);
  return os.router({
    list: os.list.handler(({ input }) => service.list(input)),
    watch: os.watch.handler(({ input, signal }) => service.watch(input.after, input.limit, signal)),
  });
}
