import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { find } from './contract.ts';
import type { FindService } from './service.ts';

export function findRouter(service: FindService) {
  const os = implement(find).$context<Context>().use(declaredErrors);
  return os.router({
    things: os.things.handler(({ input, signal }) => service.things(input, signal)),
  });
}
