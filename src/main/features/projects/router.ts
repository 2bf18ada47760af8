import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../kit/declared-errors.ts';
import { AppError } from '../../kit/errors.ts';
import { projects } from './contract.ts';
import { completePath } from './folders.ts';
import type { ProjectsService } from './service.ts';

export function projectsRouter(service: ProjectsService) {
  const os = implement(projects).$context<Context>().use(declaredErrors);
  return os.router({
    list: os.list.handler(() => service.list()),
    get: os.get.handler(({ input }) => service.get(input.project)),
    add: os.add.handler(({ input }) => service.add(input)),
    remove: os.remove.handler(({ input }) => service.remove(input.project)),
    setEngine: os.setEngine.handler(({ input }) => service.setEngine(input.project, input.engine)),
    setDockerfile: os.setDockerfile.handler(({ input }) =>
      service.setDockerfile(input.project, input.dockerfile),
    ),
    scripts: os.scripts.handler(({ input }) => service.scripts(input.project)),
    git: os.git.handler(({ input }) => service.git(input.project)),
    completePath: os.completePath.handler(({ input }) => completePath(input.prefix)),
    pickFolder: os.pickFolder.handler(({ context }) => {
      if (context.pickFolder) return context.pickFolder();
      throw new AppError(
        'UNSUPPORTED',
        'There is no folder picker here. Type the path; it is completed as you type.',
      );
    }),
  });
}
