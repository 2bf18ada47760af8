import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { webhooks } from './contract.ts';
import type { WebhooksService } from './service.ts';

export function webhooksRouter(service: WebhooksService) {
  const os = implement(webhooks).$context<Context>().use(declaredErrors);
  return os.router({
    list: os.list.handler(() => service.list()),
    add: os.add.handler(({ input }) => service.add(input)),
    update: os.update.handler(({ input }) => service.update(input)),
    remove: os.remove.handler(({ input }) => service.remove(input.webhook)),
    test: os.test.handler(({ input }) => service.test(input.webhook)),
    deliveries: os.deliveries.handler(({ input }) => service.deliveries(input)),
    redeliver: os.redeliver.handler(({ input }) => service.redeliver(input.id)),
  });
}
