import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { watches } from './contract.ts';
import type { WatchesService } from './service.ts';

export function watchesRouter(service: WatchesService) {
  const os = implement(watches).$context<Context>().use(declaredErrors);
  return os.router({
    list: os.list.handler(() => service.list()),
    start: os.start.handler(({ input }) => service.start(input)),
    stop: os.stop.handler(({ input }) => service.stop(input.project, { cancels: input.cancel })),
    follow: os.follow.handler(({ input, signal }) => service.follow(input.project, signal)),
  });
}
