import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { insights } from './contract.ts';
import type { InsightsService } from './service.ts';

export function insightsRouter(service: InsightsService) {
  const os = implement(insights).$context<Context>().use(declaredErrors);
  return os.router({
    runs: os.runs.handler(({ input }) => service.runs(input)),
    standing: os.standing.handler(() => service.standing()),
    machine: os.machine.handler(() => service.machine()),
  });
}
