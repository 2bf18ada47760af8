import { z } from 'zod';
import { errors, procedure } from '../../shared/procedure.ts';
import { projectRef } from '../projects/contract.ts';

/** What a folder can be opened in. */
export const openPlaces = ['editor', 'terminal', 'files'] as const;
export type OpenPlace = (typeof openPlaces)[number];

const programName = z.string().min(1).max(100);

export const openProgram = z.object({
  id: z.string().describe('how it is chosen, e.g. vscode'),
  label: z.string().describe('as it calls itself, e.g. VS Code'),
});
export type OpenProgram = z.infer<typeof openProgram>;

const programs = z
  .array(openProgram)
  .describe('found on this machine; the first is used unless the settings name another');

export const openPrograms = z.object({
  editor: programs,
  terminal: programs,
  files: programs,
  problem: z.string().nullable().describe('why nothing can be opened on this machine'),
});
export type OpenPrograms = z.infer<typeof openPrograms>;

const opened = z.object({
  program: z.string().describe('its label'),
  path: z.string().describe('what was opened, absolute'),
});
export type Opened = z.infer<typeof opened>;

const position = z.int().min(1).max(10_000_000);

const projectInput = z.object({
  project: projectRef,
  in: z.enum(openPlaces).default('editor'),
  program: programName.optional().describe('its id, see openIn.programs; default: the chosen one'),
  file: z
    .string()
    .min(1)
    .max(4096)
    .optional()
    .describe(
      "of the project, relative to its folder; a terminal and a file manager show the file's folder",
    ),
  line: position.optional(),
  column: position.optional(),
});
export type OpenProjectInput = z.infer<typeof projectInput>;

const opening = procedure.errors(errors('TOOL_MISSING', 'UNSUPPORTED', 'FOLDER_NOT_FOUND'));

/** Opens folders and lines of source with programs of the machine that the core runs on. */
export const openIn = {
  programs: procedure
    .route({
      method: 'GET',
      path: '/open-in/programs',
      summary: 'Editors, terminals and file managers of this machine that can open a project',
    })
    .output(openPrograms),
  project: opening
    .errors(errors('PROJECT_NOT_FOUND', 'FILE_NOT_FOUND'))
    .route({
      method: 'POST',
      path: '/projects/{project}/open-in',
      summary: 'Open a project, or a file of it, in an editor, terminal or file manager',
    })
    .input(projectInput)
    .output(opened),
  dataFolder: opening
    .route({
      method: 'POST',
      path: '/data-folder/open-in',
      summary: 'Open the data folder in a terminal or file manager',
    })
    .input(
      z.object({
        in: z.enum(['terminal', 'files']).default('files'),
        program: programName.optional(),
      }),
    )
    .output(opened),
};
