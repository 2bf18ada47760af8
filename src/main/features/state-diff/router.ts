import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { stateDiff } from './contract.ts';
import type { StateDiffService } from './service.ts';

export function stateDiffRouter(service: StateDiffService) {
  const os = implement(stateDiff).$context<Context>().use(declaredErrors);
  return os.router({
    compare: os.compare.handler(({ input, signal }) => service.compare(input, signal)),
    export: os.export.handler(({ input, signal }) => service.export(input, signal)),
  });
}
