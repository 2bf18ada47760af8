import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { candidate, choices, kindInfo } from '../../shared/kind.ts';
import { errors, outputLine, procedure } from '../../shared/procedure.ts';
import { labelColor } from '../address-book/contract.ts';

/** Id of a kind, see `projects.kinds`. */
export const projectKind = z.string().max(100);

export const project = z.object({
  id: z.int(),
  /** Unique; the folder's name unless the user chose another. */
  name: z.string(),
  /** Absolute, with symbolic links resolved. */
  path: z.string(),
  kind: projectKind,
  color: labelColor.nullable(),
  group: z.string().describe('the heading that it stands under in lists; empty: none'),
  addedAt: z.int().describe('Unix time, ms'),
  /** The folder is missing or no longer looks like a project; its history stays. */
  missing: z.boolean(),
  engine: z
    .enum(['process', 'docker'])
    .nullable()
    .describe('where it runs; null: as the settings say'),
  dockerfile: z
    .string()
    .nullable()
    .describe("of the image that it runs in, relative to its folder; null: Drydock's own image"),
  toolVersions: z
    .record(z.string(), z.string())
    .describe('the versions that were chosen, by the tool; any other is as its folder says'),
  trustedBy: z
    .string()
    .nullable()
    .describe('the trusted folder that it lies in; null: its code is not run without asking'),
});

export const trustedFolder = z.object({
  path: z.string().describe('absolute, with symbolic links resolved'),
  kind: z
    .enum(['root', 'parent'])
    .describe('root: given to projects, ends with the last of them; parent: chosen by the user'),
  trustedAt: z.int().describe('Unix time, ms'),
  projects: z.array(z.string()).describe('names of those that lie in it'),
});
export type TrustedFolder = z.infer<typeof trustedFolder>;

export const trustQuestion = z.object({
  root: z.string().describe('the folder that is trusted: what its runs see'),
  runs: z.array(z.string()).describe('what of it runs, and where, as sentences'),
  parent: z.string().nullable().describe('the folder above, when all in it could be trusted'),
});
export type TrustQuestion = z.infer<typeof trustQuestion>;

export const toolVersion = z.object({
  tool: z.string().describe('the id of what is installed together, see tools.list'),
  label: z.string(),
  chosen: z.string().nullable().describe('the choice of the user, which counts; null: none'),
  asked: z
    .object({ version: z.string(), source: z.string().describe('a file, relative to the project') })
    .nullable()
    .describe('what its folder asks for; null: nothing, so the default one runs'),
  ignored: z
    .array(z.string())
    .describe('what its folder says that is no exact version, as sentences'),
});
export type ToolVersion = z.infer<typeof toolVersion>;

export const gitState = z.object({
  branch: z.string().nullable().describe('null on a detached head'),
  commit: z.string().nullable().describe('40 hex digits; null before the first commit'),
  dirty: z
    .int()
    .nullable()
    .describe(
      'files changed or untracked; null while it is not known, e.g. before trust was given',
    ),
});

export type Project = z.infer<typeof project>;
export type GitState = z.infer<typeof gitState>;

export const missingLibraries = z.object({
  steps: z.array(
    z.object({
      tool: z.string().describe('how the step is selected, e.g. npm'),
      command: z.string(),
      folder: z.string().describe('where it runs'),
      missing: z.array(z.string()).describe('what it installs, e.g. lib/solady'),
      why: z.string().describe('why this one, as a sentence'),
    }),
  ),
  log: z.string().describe('the file with the output of the last installation, if there was one'),
});
export type MissingLibraries = z.infer<typeof missingLibraries>;

export const folderView = z.object({
  path: z.string().describe('absolute, with symbolic links resolved'),
  home: z.string().describe("the user's home folder, likewise"),
  parent: z.string().nullable().describe('the folder above; null: none, or it may not be seen'),
  folders: z.array(
    z.object({
      name: z.string(),
      path: z.string(),
      isProject: z.boolean().describe('a file tells that it is one'),
      isLink: z.boolean().describe('to a folder, or to anything else'),
    }),
  ),
  isWhole: z.boolean().describe('false: there are more'),
});
export type FolderView = z.infer<typeof folderView>;

/** A project by id, by name, or by the path of its folder. */
export const projectRef = z.union([z.int().positive(), z.string().min(1).max(4096)]);

const projectName = z.string().trim().min(1).max(80);

const editInput = z.object({
  project: projectRef,
  name: projectName.optional().describe('absent: as it is'),
  color: labelColor.nullable().optional().describe('absent: as it is'),
  group: z.string().trim().max(80).optional().describe('absent: as it is; empty: none'),
});
export type EditInput = z.infer<typeof editInput>;

/** Part of the input of every procedure that runs code of a project. */
export const giveTrust = z.boolean().describe('true: trust its folder first, see projects.trust');

const folderPath = z.string().min(1).max(4096);

const installInput = z.object({
  project: projectRef,
  with: z
    .string()
    .max(100)
    .optional()
    .describe('only the steps with this tool; default: all that are needed'),
  imports: z
    .array(z.string().max(1000))
    .max(1000)
    .optional()
    .describe('imports that were not found, for libraries that the folder does not list'),
  trust: giveTrust.optional(),
});
export type InstallInput = z.infer<typeof installInput>;

const one = procedure.errors(errors('PROJECT_NOT_FOUND'));

export const projects = {
  list: procedure
    .route({
      method: 'GET',
      path: '/projects',
      summary: 'All projects, in their order, else by name',
    })
    .output(z.array(project)),
  get: one
    .route({ method: 'GET', path: '/projects/{project}', summary: 'One project' })
    .input(z.object({ project: projectRef }))
    .output(project),
  add: procedure
    .errors(errors('FOLDER_NOT_FOUND', 'NOT_A_PROJECT', 'KIND_AMBIGUOUS', 'NAME_TAKEN'))
    .route({
      method: 'POST',
      path: '/projects',
      summary: 'Add a folder; adding it again returns the existing project',
    })
    .input(
      z.object({
        path: folderPath,
        name: projectName.optional(),
        kind: projectKind.optional().describe('default: the only one that fits'),
      }),
    )
    .output(project),
  detect: procedure
    .errors(errors('FOLDER_NOT_FOUND'))
    .route({
      method: 'GET',
      path: '/detect',
      summary: 'What a folder and those one or two levels below can be added as; runs none of it',
    })
    .input(z.object({ path: folderPath }))
    .output(z.object({ candidates: z.array(candidate) })),
  remove: one
    .errors(errors('PROJECT_BUSY'))
    .route({
      method: 'DELETE',
      path: '/projects/{project}',
      summary: 'Forget a project and its history; the folder is left alone',
    })
    .input(z.object({ project: projectRef }))
    .output(project),
  edit: one
    .errors(errors('NAME_TAKEN'))
    .route({
      method: 'PATCH',
      path: '/projects/{project}',
      summary: 'Rename it, or change its colour or its group in lists; the folder is left alone',
    })
    .input(editInput)
    .output(project),
  move: one
    .route({
      method: 'PUT',
      path: '/projects/{project}/position',
      summary: 'Put it before another one in lists, into the group of that one',
    })
    .input(
      z.object({
        project: projectRef,
        before: projectRef.nullable().describe('null: behind all others, its group stays'),
      }),
    )
    .output(z.array(project)),
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
  toolVersions: one
    .route({
      method: 'GET',
      path: '/projects/{project}/tool-versions',
      summary: 'The versions of tools that it asks for; empty where none can be chosen',
    })
    .input(z.object({ project: projectRef }))
    .output(z.array(toolVersion)),
  setToolVersion: one
    .route({
      method: 'PUT',
      path: '/projects/{project}/tool-versions/{tool}',
      summary: 'Choose the version of a tool for its runs; null: as its folder says',
    })
    .input(
      z.object({
        project: projectRef,
        tool: z.string().min(1).max(100),
        version: z
          .string()
          .trim()
          .regex(/^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/, 'Give an exact version, e.g. 1.2.3')
          .max(50)
          .nullable()
          .describe('exact, e.g. 1.2.3'),
      }),
    )
    .output(project),
  trust: one
    .errors(errors('FOLDER_NOT_FOUND', 'TRUST_TOO_WIDE'))
    .route({
      method: 'PUT',
      path: '/projects/{project}/trust',
      summary: 'Allow its code to run, and that of everything in the same repository',
    })
    .input(z.object({ project: projectRef }))
    .output(project),
  untrust: one
    .errors(errors('TRUSTED_WITH_OTHERS'))
    .route({
      method: 'DELETE',
      path: '/projects/{project}/trust',
      summary: 'Ask again before its code runs; current runs continue',
    })
    .input(z.object({ project: projectRef }))
    .output(project),
  trustQuestion: one
    .errors(errors('FOLDER_NOT_FOUND'))
    .route({
      method: 'GET',
      path: '/projects/{project}/trust',
      summary: 'What would be trusted, and what of it runs',
    })
    .input(z.object({ project: projectRef }))
    .output(trustQuestion),
  trusted: procedure
    .route({ method: 'GET', path: '/trusted-folders', summary: 'Folders whose code may be run' })
    .output(z.array(trustedFolder)),
  trustParent: procedure
    .errors(errors('FOLDER_NOT_FOUND', 'TRUST_TOO_WIDE'))
    .route({
      method: 'POST',
      path: '/trusted-folders',
      summary: 'Allow the code of every project in a folder to run',
    })
    .input(z.object({ path: folderPath }))
    .output(trustedFolder),
  untrustParent: procedure
    .errors(errors('FOLDER_NOT_FOUND'))
    .route({
      method: 'POST',
      path: '/trusted-folders/withdraw',
      summary: 'Withdraw trust from a folder that was trusted as a whole',
    })
    .input(z.object({ path: folderPath }))
    .output(z.array(trustedFolder)),
  libraries: one
    .errors(errors('FOLDER_NOT_FOUND'))
    .route({
      method: 'GET',
      path: '/projects/{project}/libraries',
      summary: 'Missing libraries, and what would install them; runs nothing',
    })
    .input(z.object({ project: projectRef }))
    .output(missingLibraries),
  install: one
    .errors(
      errors(
        'FOLDER_NOT_FOUND',
        'NOT_TRUSTED',
        'TRUST_TOO_WIDE',
        'PROJECT_BUSY',
        'NOTHING_TO_INSTALL',
        'INSTALL_FAILED',
        'TOOL_MISSING',
        'TOO_MANY_STREAMS',
      ),
    )
    .route({
      method: 'POST',
      path: '/projects/{project}/libraries/install',
      summary: 'Install them, on this machine; returns the output, and ends without a reader',
    })
    .input(installInput)
    .output(eventIterator(z.array(outputLine))),
  kinds: procedure
    .route({ method: 'GET', path: '/kinds', summary: 'All kinds of projects' })
    .output(z.array(kindInfo)),
  choices: one
    .errors(errors('FOLDER_NOT_FOUND', 'NOT_A_PROJECT'))
    .route({
      method: 'GET',
      path: '/projects/{project}/choices',
      summary: 'What can be deployed in it, and how',
    })
    .input(z.object({ project: projectRef }))
    .output(choices),
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
  browse: procedure
    .errors(errors('FOLDER_NOT_FOUND', 'OUTSIDE_HOME'))
    .route({
      method: 'GET',
      path: '/folders/in',
      summary: 'The folders in one, by name, without hidden ones; links are told, never followed',
    })
    .input(
      z.object({
        path: folderPath.optional().describe("default: the user's home folder"),
        anywhere: z
          .boolean()
          .default(false)
          .describe("false: only within the user's home folder, where links don't lead out of it"),
      }),
    )
    .output(folderView),
  pickFolder: procedure
    .errors(errors('UNSUPPORTED'))
    .route({
      method: 'POST',
      path: '/folders/pick',
      summary: 'Open the system folder picker (desktop window only); null when dismissed',
    })
    .output(z.string().nullable()),
};
