import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { contracts } from './contract.ts';
import type { ContractsService } from './service.ts';

export function contractsRouter(service: ContractsService) {
  const os = implement(contracts).$context<Context>().use(declaredErrors);
  return os.router({ live: os.live.handler(({ input }) => service.live(input)) });
}
