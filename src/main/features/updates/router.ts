import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { updates } from './contract.ts';
import type { UpdatesService } from './service.ts';

export function updatesRouter(service: UpdatesService) {
  const os = implement(updates).$context<Context>().use(declaredErrors);
  return os.router({
    status: os.status.handler(() => service.status()),
    check: os.check.handler(() => service.check()),
    install: os.install.handler(() => service.install()),
  });
}
