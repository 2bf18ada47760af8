import { rm } from 'node:fs/promises';
import { despiteLocks } from '../../lib/despite-locks.ts';
import { expandPath, isWholePath } from '../../lib/expand-path.ts';
import { AppError } from '../../shared/errors.ts';
import type { KindInfo } from '../../shared/kind.ts';
import type { Project, TrustQuestion } from '../projects/contract.ts';
import { putTemplate } from './put-template.ts';

export interface TemplatesDependencies {
  kinds: readonly Pick<KindInfo, 'id' | 'template'>[];
  projects: {
    list(): Project[];
    add(input: { path: string; name?: string; kind: string }): Promise<Project>;
    trustQuestion(project: number): Promise<TrustQuestion>;
    trust(project: number): Project;
  };
}

export function templatesService({ kinds, projects }: TemplatesDependencies) {
  return {
    /**
     * Its code is Drydock's own, so it is trusted, unless that would trust a repository around it.
     * Rejects with BAD_INPUT, FOLDER_NOT_FOUND, FOLDER_NOT_EMPTY, NAME_TAKEN.
     */
    async create(input: { kind: string; path: string; name?: string }): Promise<Project> {
      const { kind, name } = input;
      const known = kinds.filter(({ template }) => template !== null).map(({ id }) => id);
      if (!known.includes(kind)) {
        throw new AppError(
          'BAD_INPUT',
          `There is no template for "${kind}". Choose one of ${known.join(', ')}.`,
          { field: 'kind' },
        );
      }
      if (name !== undefined && projects.list().some((one) => one.name === name)) {
        throw new AppError(
          'NAME_TAKEN',
          `Another project is called "${name}". Choose another name.`,
          { field: 'name' },
        );
      }
      // A relative path would be resolved from the folder of the window or host that serves the call.
      if (!isWholePath(input.path)) {
        throw new AppError(
          'BAD_INPUT',
          'The folder has to be named whole: give a path that begins at the root, or with ~.',
          { field: 'path' },
        );
      }
      const folder = expandPath(input.path);
      await putTemplate(kind, folder);
      const project = await projects
        .add({ path: folder, kind, ...(name === undefined ? {} : { name }) })
        .catch(async (error: unknown) => {
          await despiteLocks(() => rm(folder, { recursive: true, force: true }));
          throw error;
        });
      const { root } = await projects.trustQuestion(project.id);
      return root === project.path ? projects.trust(project.id) : project;
    },
  };
}

export type TemplatesService = ReturnType<typeof templatesService>;
