import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { accounts } from './contract.ts';
import type { AccountsService } from './service.ts';

export function accountsRouter(service: AccountsService) {
  const os = implement(accounts).$context<Context>().use(declaredErrors);
  return os.router({
    list: os.list.handler(({ input }) => service.list(input.network)),
    key: os.key.handler(({ input }) => service.key(input.network, input.account)),
    watch: os.watch.handler(({ input }) => service.watch(input)),
    unwatch: os.unwatch.handler(({ input }) => service.unwatch(input.network, input.address)),
    impersonate: os.impersonate.handler(({ input }) => service.impersonate(input)),
    stopImpersonating: os.stopImpersonating.handler(({ input }) =>
      service.stopImpersonating(input.network, input.address),
    ),
    deal: os.deal.handler(({ input }) => service.deal(input)),
  });
}
