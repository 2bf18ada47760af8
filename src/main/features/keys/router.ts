import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { keys } from './contract.ts';
import type { KeysService } from './service.ts';

export function keysRouter(service: KeysService) {
  const os = implement(keys).$context<Context>().use(declaredErrors);
  return os.router({
    list: os.list.handler(() => service.list()),
    create: os.create.handler(({ input }) => service.create(input.name, input.password)),
    sources: os.sources.handler(() => service.sources()),
    import: os.import.handler(({ input }) => service.import(input)),
    remove: os.remove.handler(({ input }) => service.remove(input.name, input.confirm)),
    grant: os.grant.handler(({ input }) => service.grant(input.name, input.password)),
    lock: os.lock.handler(({ input }) => service.lock(input.name)),
  });
}
