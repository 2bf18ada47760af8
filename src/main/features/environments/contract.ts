import { z } from 'zod';
import { errors, procedure } from '../../shared/procedure.ts';
import { namedProject } from '../../shared/refs.ts';
import { projectRef } from '../projects/contract.ts';

/** What is read of a `.env`, in characters. */
export const LONGEST_FILE = 1_000_000;
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

const importedVariable = z.object({
  name: z.string(),
  note: z.string(),
  reference: z.string().nullable(),
  secret: z.boolean(),
  state: z
    .enum(['new', 'same', 'other'])
    .describe('other: there is one of that name, with another value'),
});

const unreadLine = z.object({ line: z.int(), problem: z.string() });

const readFile = z.object({
  variables: z.array(importedVariable),
  problems: z.array(unreadLine).describe('lines that are left out, and what to know of others'),
});
export type ReadFile = z.infer<typeof readFile>;

const file = z.string().max(LONGEST_FILE).describe('as in .env');

const importInput = scope.extend({
  text: file,
  replace: z
    .union([z.boolean(), z.array(variableName).max(2000)])
    .optional()
    .describe(
      'true: those that are there get the new values; false: they keep theirs; or those by name. Absent: nothing is imported as long as any of them differs',
    ),
});
export type ImportInput = z.infer<typeof importInput>;

const imported = z.object({
  added: z.array(z.string()),
  replaced: z.array(z.string()),
  kept: z.array(z.string()).describe('that have another value, or the same'),
  problems: z.array(unreadLine),
});
export type Imported = z.infer<typeof imported>;

const exported = z.object({
  text: z.string().describe('as .env takes it'),
  leftOut: z.array(z.string()).describe('names of those whose values no such file can hold'),
});
export type Exported = z.infer<typeof exported>;

const askedVariable = z.object({
  name: z.string(),
  places: z.array(z.string()).describe('file:line, relative to the project'),
  isOptional: z.boolean().describe('the code goes on without it'),
  from: z
    .enum(['run', 'project-target', 'project', 'shared-target', 'shared', 'file', 'drydock'])
    .nullable()
    .describe(
      'where its value would come from; file: one that its tool loads, drydock: the environment that Drydock was started in; null: it is missing',
    ),
  origin: z.string().nullable().describe('the same in words'),
});
export type AskedVariable = z.infer<typeof askedVariable>;

const checkInput = z.object({
  project: projectRef,
  target: z.string().min(1).max(200).optional(),
  entry: z.string().max(1024).optional().describe('what is deployed; default: all that can be'),
});
export type CheckInput = z.infer<typeof checkInput>;

const checked = z.object({
  asked: z.array(askedVariable),
  missing: z.array(z.string()).describe('names of those that a run needs, and would not be given'),
  problems: z
    .array(z.string())
    .describe('what could not be read, and variables that do not reach its tool, as sentences'),
});
export type Checked = z.infer<typeof checked>;

const scoped = procedure.errors(errors('PROJECT_NOT_FOUND', 'NETWORK_NOT_FOUND'));

/** Variables that runs are given. Values go in, and come out one at a time, or into a file. */
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
  read: scoped
    .route({
      method: 'POST',
      path: '/variables/read',
      summary: 'What importing a .env would do; changes nothing',
    })
    .input(scope.extend({ text: file }))
    .output(readFile),
  import: scoped
    .errors(errors('VARIABLE_TAKEN'))
    .route({ method: 'POST', path: '/variables/import', summary: 'Keep the variables of a .env' })
    .input(importInput)
    .output(imported),
  export: scoped
    .route({
      method: 'POST',
      path: '/variables/export',
      summary: 'The effective variables as a .env: names and notes, or values as well',
    })
    .input(scope.extend({ values: z.boolean().default(false) }))
    .output(exported),
  check: scoped
    .route({
      method: 'GET',
      path: '/projects/{project}/asked-variables',
      summary: 'The variables that a project asks for, and which of them a run would lack',
    })
    .input(checkInput)
    .output(checked),
};
