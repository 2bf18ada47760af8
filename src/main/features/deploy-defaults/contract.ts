import { z } from 'zod';
import { errors, procedure } from '../../shared/procedure.ts';
import { projectRef } from '../projects/contract.ts';

export const keptDefaults = z.object({
  target: z.string().describe('name of the network, or of the engine; *: all of them'),
  input: z
    .record(z.string(), z.unknown())
    .describe(
      "fields of the project's kind that a deploy takes when its request has none of them; null: none there, whatever is kept for all targets",
    ),
});
export type KeptDefaults = z.infer<typeof keptDefaults>;

const ref = z.object({
  project: projectRef,
  target: z
    .string()
    .min(1)
    .max(200)
    .describe('name of a network, or of the engine; *: all of them, where nothing else is kept'),
});

const setInput = ref.extend({
  input: z
    .record(z.string().max(200), z.unknown())
    .describe('fields to change; null: none from now on. Absent ones keep their values'),
});
export type SetDefaults = z.infer<typeof setInput>;

const one = procedure.errors(errors('PROJECT_NOT_FOUND', 'NETWORK_NOT_FOUND'));

/** What deploys of a project to a target begin with: a request wins over it, and it over the kind's. */
export const deployDefaults = {
  list: procedure
    .errors(errors('PROJECT_NOT_FOUND'))
    .route({
      method: 'GET',
      path: '/projects/{project}/defaults',
      summary: 'What its deploys begin with, by target',
    })
    .input(ref.pick({ project: true }))
    .output(z.array(keptDefaults)),
  get: one
    .route({
      method: 'GET',
      path: '/projects/{project}/defaults/{target}',
      summary: 'What its deploys to a target begin with; empty: nothing is kept',
    })
    .input(ref)
    .output(keptDefaults),
  set: one
    .errors(
      errors(
        'FOLDER_NOT_FOUND',
        'NOT_A_PROJECT',
        'SCRIPT_NOT_FOUND',
        'SCRIPT_AMBIGUOUS',
        'SOURCE_UNREADABLE',
        'BAD_ARGUMENT',
        'SECRET_ARGUMENT',
        'DOCKERFILE_UNUSABLE',
      ),
    )
    .route({
      method: 'PATCH',
      path: '/projects/{project}/defaults/{target}',
      summary: 'Keep inputs for its deploys to a target; never a secret',
    })
    .input(setInput)
    .output(keptDefaults),
  remove: one
    .route({
      method: 'DELETE',
      path: '/projects/{project}/defaults/{target}',
      summary: 'Forget them; returns what they were',
    })
    .input(ref)
    .output(keptDefaults),
};
