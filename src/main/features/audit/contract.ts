import { z } from 'zod';
import { doorNames } from '../../shared/caller.ts';
import { procedure } from '../../shared/procedure.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const auditEntry = z.object({
  id: z.int().describe('1, 2, 3, …'),
  at: z.int().describe('Unix time, ms'),
  door: z.enum(doorNames),
  user: z.string().nullable().describe('of the operating system'),
  token: z.string().nullable().describe('name of the API token'),
  action: z.string().describe('the operation, such as keys.create'),
  subject: z.string().nullable().describe('what it was done to: a key, a project, a variable'),
  target: z.string().nullable().describe('name of the network'),
  review: z.int().nullable(),
  run: z.int().nullable().describe('id of the deployment'),
  outcome: z.string().describe('done, begun, or the code of the error'),
  detail: z.string().nullable(),
  previous: hash.describe('`hash` of the entry before; zeros at the first'),
  hash: hash.describe('SHA-256 of this entry with `previous`'),
});
export type AuditEntry = z.infer<typeof auditEntry>;

const head = z.object({ id: z.int().positive(), hash });

export const verification = z.object({
  entries: z.int().describe('that were checked, up to the broken one'),
  head: head.nullable().describe('the last entry: keep it elsewhere to compare with it later'),
  broken: z
    .object({ id: z.int(), why: z.string() })
    .nullable()
    .describe('the first entry that is not as it was written; null: all are'),
});
export type Verification = z.infer<typeof verification>;

export const listInput = z.object({
  before: z.int().positive().optional().describe('only ids below this one'),
  action: z
    .string()
    .max(100)
    .optional()
    .describe('one operation, or all of a feature, such as keys'),
  target: z.string().max(200).optional(),
  review: z.int().positive().optional(),
  limit: z.int().min(1).max(1000).default(100),
});
export type ListInput = z.infer<typeof listInput>;

export const exportInput = z.object({
  format: z.enum(['csv', 'json']).default('csv').describe('json: one entry a line'),
  after: z.int().min(0).default(0).describe('only ids above this one'),
  limit: z.int().min(1).max(10_000).default(1000),
});
export type ExportInput = z.infer<typeof exportInput>;

export const audit = {
  list: procedure
    .route({ method: 'GET', path: '/audit', summary: 'Who has done what, newest first' })
    .input(listInput)
    .output(z.array(auditEntry)),
  verify: procedure
    .route({
      method: 'GET',
      path: '/audit/verification',
      summary: 'Check that no entry was changed, left out or cut off',
    })
    .input(
      z.object({
        known: head.optional().describe('an entry as it was seen earlier: it must still be there'),
      }),
    )
    .output(verification),
  export: procedure
    .route({
      method: 'GET',
      path: '/audit/export',
      summary: 'The entries, oldest first, up to 10,000 at once',
    })
    .input(exportInput)
    .output(
      z.object({
        name: z.string(),
        type: z.string(),
        text: z.string(),
        next: z.int().nullable().describe('pass as `after` for the next part; null at the end'),
      }),
    ),
};
