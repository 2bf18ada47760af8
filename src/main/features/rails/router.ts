import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { railsContract } from './contract.ts';
import type { RailsService } from './service.ts';

export function railsRouter(service: RailsService) {
  const os = implement(railsContract).$context<Context>().use(declaredErrors);
  return os.router({
    get: os.get.handler(({ input }) => service.get(input.network)),
    set: os.set.handler(({ input }) => service.set(input)),
    freeze: os.freeze.handler(({ input }) => service.freeze(input.network, input.note)),
    unfreeze: os.unfreeze.handler(({ input }) => service.unfreeze(input.network)),
  });
}
