import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { networks } from './contract.ts';
import type { NetworksService } from './service.ts';

export function networksRouter(service: NetworksService) {
  const os = implement(networks).$context<Context>().use(declaredErrors);
  return os.router({
    list: os.list.handler(() => service.list()),
    get: os.get.handler(({ input }) => service.get(input.name)),
    save: os.save.handler(({ input }) => service.save(input)),
    edit: os.edit.handler(({ input: { name, ...look } }) => service.edit(name, look)),
    move: os.move.handler(({ input }) => service.move(input.name, input.before)),
    remove: os.remove.handler(({ input }) => service.remove(input.name)),
    test: os.test.handler(({ input }) => service.test(input.name)),
  });
}
