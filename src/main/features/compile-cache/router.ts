import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { compileCache } from './contract.ts';
import type { CompileCacheService } from './service.ts';

export function compileCacheRouter(service: CompileCacheService) {
  const os = implement(compileCache).$context<Context>().use(declaredErrors);
  return os.router({
    status: os.status.handler(() => service.status()),
    clear: os.clear.handler(() => service.clear()),
  });
}
