import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { terminals } from './contract.ts';
import type { TerminalsService } from './service.ts';

export function terminalsRouter(service: TerminalsService) {
  const os = implement(terminals).$context<Context>().use(declaredErrors);
  return os.router({
    list: os.list.handler(({ input }) => service.list(input.project)),
    open: os.open.handler(({ input }) => service.open(input)),
    watch: os.watch.handler(({ input, signal }) =>
      service.watch(input.id, input.after, input.limit, signal),
    ),
    write: os.write.handler(({ input }) => service.write(input.id, input.text)),
    resize: os.resize.handler(({ input }) => service.resize(input.id, input.columns, input.rows)),
    close: os.close.handler(({ input }) => service.close(input.id)),
  });
}
