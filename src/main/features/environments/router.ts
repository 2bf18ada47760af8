import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { environments } from './contract.ts';
import type { EnvironmentsService } from './service.ts';

export function environmentsRouter(service: EnvironmentsService) {
  const os = implement(environments).$context<Context>().use(declaredErrors);
  return os.router({
    list: os.list.handler(({ input }) => service.list(input)),
    set: os.set.handler(({ input }) => service.set(input)),
    unset: os.unset.handler(({ input }) => service.unset(input)),
    read: os.read.handler(({ input }) => service.read(input)),
    import: os.import.handler(({ input }) => service.import(input)),
    export: os.export.handler(({ input }) => service.export(input)),
    check: os.check.handler(({ input }) => service.check(input)),
    reveal: os.reveal.handler(({ input }) => service.reveal(input)),
  });
}
