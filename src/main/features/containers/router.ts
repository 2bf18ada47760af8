import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { containers } from './contract.ts';
import type { ContainersService } from './service.ts';

export function containersRouter(service: ContainersService) {
  const os = implement(containers).$context<Context>().use(declaredErrors);
  return os.router({
    list: os.list.handler(() => service.list()),
    stats: os.stats.handler(({ input, signal }) => service.stats(input.container, signal)),
    statsOnce: os.statsOnce.handler(({ input }) => service.statsOnce(input.container)),
    logs: os.logs.handler(({ input: { container, ...options }, signal }) =>
      service.logs(container, { ...options, signal }),
    ),
    stop: os.stop.handler(({ input }) => service.stop(input.container)),
    remove: os.remove.handler(({ input }) => service.remove(input.container)),
    cleanup: os.cleanup.handler(({ input }) => service.cleanup(input)),
    diskUse: os.diskUse.handler(() => service.diskUse()),
  });
}
