import { z } from 'zod';
import { errors, procedure } from '../../kit/procedure.ts';

export const projectKind = z.enum(['foundry']);

export const project = z.object({
  id: z.int(),
  /** Unique; the folder's name unless the user chose another. */
  name: z.string(),
  /** Absolute, with symbolic links resolved. */
  path: z.string(),
  kind: projectKind,
  addedAt: z.int().describe('Unix time, ms'),
  /** The folder is gone or no longer looks like a project; its history stays. */
  missing: z.boolean(),
  engine: z
    .enum(['process', 'docker'])
    .nullable()
    .describe('where it runs; null: as the settings say'),
  dockerfile: z
    .string()
    .nullable()
    .describe("of the image that it runs in, relative to its folder; null: Drydock's own image"),
});

export const gitState = z.object({
  branch: z.string().nullable().describe('null on a detached head'),
  commit: z.string().nullable().describe('40 hex digits; null before the first commit'),
  dirty: z.int().describe('files changed or untracked'),
});

export const scriptInput = z.object({
  name: z.string(),
  type: z.string().describe('ABI type; tuples as (type,…)'),
});

export const scriptFunction = z.object({
  name: z.string(),
  signature: z.string().describe('e.g. run(address,uint256)'),
  inputs: z.array(scriptInput),
});

export const script = z.object({
  file: z.string().describe('relative to the project, with forward slashes'),
  contracts: z.array(z.object({ name: z.string(), functions: z.array(scriptFunction) })),
  isDefault: z.boolean(),
  /** Why nothing could be read from the file, if nothing could. */
  problem: z.string().optional(),
});

export type Project = z.infer<typeof project>;
export type GitState = z.infer<typeof gitState>;
export type Script = z.infer<typeof script>;
export type ScriptFunction = z.infer<typeof scriptFunction>;

/** A project by id, by name, or by the path of its folder. */
export const projectRef = z.union([z.int().positive(), z.string().min(1).max(4096)]);

const one = procedure.errors(errors('PROJECT_NOT_FOUND'));

export const projects = {
  list: procedure
    .route({ method: 'GET', path: '/projects', summary: 'All projects, by name' })
    .output(z.array(project)),
  get: one
    .route({ method: 'GET', path: '/projects/{project}', summary: 'One project' })
    .input(z.object({ project: projectRef }))
    .output(project),
  add: procedure
    .errors(errors('FOLDER_NOT_FOUND', 'NOT_A_PROJECT', 'NAME_TAKEN'))
    .route({
      method: 'POST',
      path: '/projects',
      summary: 'Add a folder; adding it again answers the project that is there',
    })
    .input(
      z.object({
        path: z.string().min(1).max(4096),
        name: z.string().trim().min(1).max(80).optional(),
      }),
    )
    .output(project),
  remove: one
    .errors(errors('PROJECT_BUSY'))
    .route({
      method: 'DELETE',
      path: '/projects/{project}',
      summary: 'Forget a project and its history; the folder is left alone',
    })
    .input(z.object({ project: projectRef }))
    .output(project),
  setEngine: one
    .route({
      method: 'PUT',
      path: '/projects/{project}/engine',
      summary: 'Choose where its deployments run; null: as the settings say',
    })
    .input(z.object({ project: projectRef, engine: project.shape.engine }))
    .output(project),
  setDockerfile: one
    .errors(errors('FOLDER_NOT_FOUND', 'DOCKERFILE_UNUSABLE'))
    .route({
      method: 'PUT',
      path: '/projects/{project}/dockerfile',
      summary: 'Run in an image from a Dockerfile of its own; null: in the standard one',
    })
    .input(
      z.object({
        project: projectRef,
        dockerfile: z
          .string()
          .trim()
          .min(1)
          .max(4096)
          .nullable()
          .describe("a file within the project's folder, relative to it"),
      }),
    )
    .output(project),
  scripts: one
    .errors(errors('FOLDER_NOT_FOUND', 'NOT_A_PROJECT'))
    .route({
      method: 'GET',
      path: '/projects/{project}/scripts',
      summary: 'Deploy scripts, their contracts and entry functions',
    })
    .input(z.object({ project: projectRef }))
    .output(z.array(script)),
  git: one
    .route({
      method: 'GET',
      path: '/projects/{project}/git',
      summary: 'Branch, commit and changed files; null outside a repository',
    })
    .input(z.object({ project: projectRef }))
    .output(gitState.nullable()),
  completePath: procedure
    .route({
      method: 'GET',
      path: '/folders',
      summary: 'Folders that continue a typed path, at most 50',
    })
    .input(z.object({ prefix: z.string().max(4096) }))
    .output(z.array(z.object({ path: z.string(), isProject: z.boolean() }))),
  pickFolder: procedure
    .errors(errors('UNSUPPORTED'))
    .route({
      method: 'POST',
      path: '/folders/pick',
      summary: 'Open the system folder picker (desktop window only); null when dismissed',
    })
    .output(z.string().nullable()),
};
