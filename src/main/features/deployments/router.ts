import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { deployments } from './contract.ts';
import type { DeploymentsService } from './service.ts';

export function deploymentsRouter(service: DeploymentsService) {
  const os = implement(deployments).$context<Context>().use(declaredErrors);
  return os.router({
    start: os.start.handler(({ input, context }) => service.start(input, context.caller)),
    get: os.get.handler(({ input }) => service.get(input.id)),
    list: os.list.handler(({ input }) => service.list(input)),
    watch: os.watch.handler(({ input, signal }) =>
      service.watch(input.id, input.after, input.limit, signal),
    ),
    liveLine: os.liveLine.handler(({ input, signal }) => service.liveLine(input.id, signal)),
    logs: os.logs.handler(({ input }) => service.logs(input.id, input.after, input.limit)),
    queue: os.queue.handler(() => service.queue()),
    retry: os.retry.handler(({ input, context }) =>
      service.retry(input.id, input.changes, context.caller),
    ),
    redeploy: os.redeploy.handler(({ input, context }) => service.redeploy(input, context.caller)),
    rollback: os.rollback.handler(({ input }) => service.rollback(input.id, input.dryRun)),
    stop: os.stop.handler(({ input }) => service.stop(input.id)),
    dismiss: os.dismiss.handler(({ input }) => service.dismiss(input.id)),
    limits: os.limits.handler(({ input }) => service.limits(input.project)),
    setLimits: os.setLimits.handler(({ input }) => service.setLimits(input.project, input.limits)),
    cancel: os.cancel.handler(({ input }) => service.cancel(input.id)),
  });
}
