import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { data } from './contract.ts';
import type { DataService } from './service.ts';

export function dataRouter(service: DataService) {
  const os = implement(data).$context<Context>().use(declaredErrors);
  return os.router({
    newKey: os.newKey.handler(() => service.newKey()),
    stats: os.stats.handler(() => service.stats()),
    prune: os.prune.handler(({ input }) => service.prune(input.dryRun)),
    check: os.check.handler(() => service.check('full')),
    lastCheck: os.lastCheck.handler(() => service.lastCheck()),
    retention: os.retention.handler(() => service.retention()),
    setRetention: os.setRetention.handler(({ input }) => service.setRetention(input)),
  });
}
