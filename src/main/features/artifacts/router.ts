import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { artifacts } from './contract.ts';
import type { ArtifactsService } from './service.ts';

export function artifactsRouter(service: ArtifactsService) {
  const os = implement(artifacts).$context<Context>().use(declaredErrors);
  return os.router({
    list: os.list.handler(({ input }) => service.list(input.project)),
    get: os.get.handler(({ input }) => service.detail(input.artifact)),
  });
}
