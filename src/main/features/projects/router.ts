import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { AppError } from '../../shared/errors.ts';
import { projects } from './contract.ts';
import type { ProjectsService } from './service.ts';

export function projectsRouter(service: ProjectsService) {
  const os = implement(projects).$context<Context>().use(declaredErrors);
  return os.router({
    list: os.list.handler(() => service.list()),
    get: os.get.handler(({ input }) => service.get(input.project)),
    add: os.add.handler(({ input }) => service.add(input)),
    detect: os.detect.handler(async ({ input }) => ({
      candidates: await service.detect(input.path),
    })),
    remove: os.remove.handler(({ input }) => service.remove(input.project)),
    edit: os.edit.handler(({ input }) => service.edit(input)),
    move: os.move.handler(({ input }) => service.move(input.project, input.before)),
    setEngine: os.setEngine.handler(({ input }) => service.setEngine(input.project, input.engine)),
    setDockerfile: os.setDockerfile.handler(({ input }) =>
      service.setDockerfile(input.project, input.dockerfile),
    ),
    toolVersions: os.toolVersions.handler(({ input }) => service.toolVersions(input.project)),
    setToolVersion: os.setToolVersion.handler(({ input }) =>
      service.setToolVersion(input.project, input.tool, input.version),
    ),
    trust: os.trust.handler(({ input }) => service.trust(input.project)),
    untrust: os.untrust.handler(({ input }) => service.untrust(input.project)),
    trustQuestion: os.trustQuestion.handler(({ input }) => service.trustQuestion(input.project)),
    trusted: os.trusted.handler(() => service.trusted()),
    trustParent: os.trustParent.handler(({ input }) => service.trustParent(input.path)),
    untrustParent: os.untrustParent.handler(({ input }) => service.untrustParent(input.path)),
    libraries: os.libraries.handler(({ input }) => service.libraries(input.project)),
    install: os.install.handler(({ input, signal }) => service.install(input, signal)),
    kinds: os.kinds.handler(() => service.kinds()),
    choices: os.choices.handler(({ input }) => service.choices(input.project)),
    git: os.git.handler(({ input }) => service.git(input.project)),
    completePath: os.completePath.handler(({ input }) => service.completePath(input.prefix)),
    browse: os.browse.handler(({ input }) => service.browse(input)),
    pickFolder: os.pickFolder.handler(({ context }) => {
      if (context.pickFolder) return context.pickFolder();
      throw new AppError(
        'UNSUPPORTED',
        'There is no folder picker here. Type the path; it is completed as you type.',
      );
    }),
  });
}
