import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { templates } from './contract.ts';
import type { TemplatesService } from './service.ts';

export function templatesRouter(service: TemplatesService) {
  const os = implement(templates).$context<Context>().use(declaredErrors);
  return os.router({
    create: os.create.handler(({ input }) => service.create(input)),
  });
}
