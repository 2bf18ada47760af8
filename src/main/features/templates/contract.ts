import { z } from 'zod';
import { errors, procedure } from '../../shared/procedure.ts';
import { project, projectKind } from '../projects/contract.ts';

/** New projects from templates that come with Drydock: see `template` of the kinds. */
export const templates = {
  create: procedure
    .errors(errors('FOLDER_NOT_FOUND', 'FOLDER_NOT_EMPTY', 'NAME_TAKEN'))
    .route({
      method: 'POST',
      path: '/new-projects',
      summary: 'Make a project from a template, in a folder that is not there yet or is empty',
    })
    .input(
      z.object({
        kind: projectKind.describe('one that has a template'),
        path: z.string().min(1).max(4096).describe('its folder; the one above it is there'),
        name: z.string().trim().min(1).max(80).optional().describe("default: the folder's"),
      }),
    )
    .output(project),
};
