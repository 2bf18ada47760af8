import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { upgrades } from './contract.ts';
import type { UpgradesService } from './service.ts';

export function upgradesRouter(service: UpgradesService) {
  const os = implement(upgrades).$context<Context>().use(declaredErrors);
  return os.router({
    check: os.check.handler(({ input }) => service.check(input)),
    ofRun: os.ofRun.handler(({ input }) => service.ofRun(input.id)),
  });
}
