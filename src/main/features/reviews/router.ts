import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { reviews } from './contract.ts';
import type { ReviewsService } from './service.ts';

export function reviewsRouter(service: ReviewsService) {
  const os = implement(reviews).$context<Context>().use(declaredErrors);
  return os.router({
    rehearse: os.rehearse.handler(({ input }) => service.rehearse(input)),
    list: os.list.handler(({ input }) => service.list(input)),
    get: os.get.handler(({ input }) => service.get(input.id)),
    check: os.check.handler(({ input, context }) => service.check(input.id, context.caller)),
    approve: os.approve.handler(({ input, context }) => service.approve(input, context.caller)),
    raiseFee: os.raiseFee.handler(({ input, context }) => service.raiseFee(input, context.caller)),
    reject: os.reject.handler(({ input, context }) => service.reject(input.id, context.caller)),
  });
}
