import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { deployDefaults } from './contract.ts';
import type { DeployDefaultsService } from './service.ts';

export function deployDefaultsRouter(service: DeployDefaultsService) {
  const os = implement(deployDefaults).$context<Context>().use(declaredErrors);
  return os.router({
    list: os.list.handler(({ input }) => service.list(input.project)),
    get: os.get.handler(({ input }) => service.get(input.project, input.target)),
    set: os.set.handler(({ input }) => service.set(input)),
    remove: os.remove.handler(({ input }) => service.remove(input.project, input.target)),
  });
}
