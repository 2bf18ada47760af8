import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { images } from './contract.ts';
import type { ImagesService } from './service.ts';

export function imagesRouter(service: ImagesService) {
  const os = implement(images).$context<Context>().use(declaredErrors);
  return os.router({
    standard: os.standard.handler(() => service.standard()),
    status: os.status.handler(() => service.status()),
    build: os.build.handler(({ input, signal }) => service.build(input, signal)),
    remove: os.remove.handler(({ input }) => service.remove(input.image)),
    clear: os.clear.handler(() => service.clear()),
    cleanUp: os.cleanUp.handler(() => service.cleanUp()),
  });
}
