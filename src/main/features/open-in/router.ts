import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { openIn } from './contract.ts';
import type { OpenInService } from './service.ts';

export function openInRouter(service: OpenInService) {
  const os = implement(openIn).$context<Context>().use(declaredErrors);
  return os.router({
    programs: os.programs.handler(() => service.programs()),
    project: os.project.handler(({ input }) => service.project(input)),
    dataFolder: os.dataFolder.handler(({ input }) => service.dataFolder(input)),
  });
}
