import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { gas } from './contract.ts';
import type { GasService } from './service.ts';

export function gasRouter(service: GasService) {
  const os = implement(gas).$context<Context>().use(declaredErrors);
  return os.router({
    report: os.report.handler(({ input }) => service.report(input)),
    compare: os.compare.handler(({ input }) => service.compare(input)),
  });
}
