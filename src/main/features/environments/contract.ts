import { z } from 'zod';
import { errors, procedure } from '../../shared/procedure.ts';
import { namedProject } from '../../shared/refs.ts';
import { projectRef } from '../projects/contract.ts';

/** In characters: what every system passes to a program, with its name. */
export const LONGEST_VALUE = 30_000;

const variableName = z
  .string()
  .max(200)
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'give a name such as API_KEY: letters, digits and _');

const value = z
  .string()
  .max(LONGEST_VALUE)
  .refine((text) => !text.includes('\0'), 'a variable holds no NUL character');

/** Where a value is looked up when a run begins. */
const reference = z
  .string()
  .trim()
  .max(2000)
  .regex(
    /^(op:\/\/[^/\s][^\r\n]*|env:[A-Za-z_][A-Za-z0-9_]*|file:[^\r\n\0]+|keychain:[^/\r\n\0]+(\/[^\r\n\0]+)?)$/,
    'give op://vault/item/field, env:NAME, file:path, or keychain:service/account',
  );

/** What a variable is for. The more it says, the more it counts: see `isEffective`. */
const scopeInput = {
  project: projectRef.nullable().optional().describe('null or absent: shared by all projects'),
  target: z
    .string()
    .min(1)
    .max(200)
    .nullable()
    .optional()
    .describe('name of a network, or of the engine; null or absent: wherever it is deployed'),
};
const scope = z.object(scopeInput);
export type ScopeInput = z.infer<typeof scope>;

const variable = z.object({
  name: z.string(),
  project: namedProject.nullable().describe('null: shared by all projects'),
  target: z.string().nullable().describe('null: wherever it is deployed'),
  reference: z.string().nullable().describe('where its value is looked up; null: it is kept here'),
  secret: z.boolean().describe('hidden in logs, and in all that is shown'),
  note: z.string(),
  changedAt: z.int().describe('Unix time, ms'),
  problem: z.string().nullable().describe('why its value can not be read; null: it can'),
  isEffective: z
    .boolean()
    .describe(
      'what a run that was asked for would be given; the others of its name count for less: shared, shared on a network, of a project, of a project on a network',
    ),
});
export type Variable = z.infer<typeof variable>;

const note = z.string().max(2000).describe('for people; a comment in files');

const setInput = scope.extend({
  name: variableName,
  value: value.optional(),
  reference: reference.optional(),
  secret: z.boolean().optional().describe('default: unless the value is plainly none'),
  note: note.optional(),
});
export type SetVariable = z.infer<typeof setInput>;

const named = scope.extend({ name: variableName });
export type NamedVariable = z.infer<typeof named>;

const scoped = procedure.errors(errors('PROJECT_NOT_FOUND', 'NETWORK_NOT_FOUND'));

/** Variables that runs are given. Values go in, and come out one at a time. */
export const environments = {
  list: scoped
    .route({
      method: 'GET',
      path: '/variables',
      summary: 'The variables of a project with the shared ones, without their values',
    })
    .input(scope)
    .output(z.array(variable)),
  set: scoped
    .errors(errors('VARIABLE_NOT_FOUND'))
    .route({
      method: 'PUT',
      path: '/variables/{name}',
      summary: 'Keep a variable, or change its note or whether it is secret',
    })
    .input(setInput)
    .output(variable),
  unset: scoped
    .errors(errors('VARIABLE_NOT_FOUND'))
    .route({ method: 'DELETE', path: '/variables/{name}', summary: 'Forget a variable' })
    .input(named)
    .output(variable),
  reveal: scoped
    .errors(errors('VARIABLE_NOT_FOUND'))
    .route({
      method: 'POST',
      path: '/variables/{name}/reveal',
      summary: 'The value of one variable; a reference is not looked up',
    })
    .input(named)
    .output(z.object({ value: z.string() })),
};
