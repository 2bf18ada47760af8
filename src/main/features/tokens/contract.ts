import { z } from 'zod';
import { errors, procedure } from '../../shared/procedure.ts';
import { scopes } from '../../shared/scope.ts';

export const tokenName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/i, 'give letters, digits, dots and dashes, at most 64');

const scope = z
  .enum(scopes)
  .describe(
    'read: look at everything but secrets; deploy: also deploy to chains of this machine; live: also approve reviews and unlock keys; admin: everything',
  );

export const token = z.object({
  name: tokenName,
  scope,
  createdAt: z.int().describe('Unix time, ms'),
  expiresAt: z.int().nullable().describe('Unix time, ms; null: never'),
  expired: z.boolean(),
  usedAt: z.int().nullable().describe('within a minute; null: never'),
});
export type Token = z.infer<typeof token>;

export const session = z.object({
  id: z.int(),
  agent: z.string().nullable().describe('what the browser says that it is'),
  startedAt: z.int().describe('Unix time, ms'),
  seenAt: z.int().describe('within a minute'),
});
export type Session = z.infer<typeof session>;

export const createInput = z.object({
  name: tokenName,
  scope: scope.default('read'),
  days: z.int().min(1).max(3650).nullable().default(90).describe('null: it never expires'),
});
export type CreateInput = z.infer<typeof createInput>;

const ref = z.object({ name: tokenName });
const sessionRef = z.object({ id: z.int().positive() });

export const tokens = {
  list: procedure
    .route({ method: 'GET', path: '/tokens', summary: 'API tokens by name, without the tokens' })
    .output(z.array(token)),
  create: procedure
    .errors(errors('NAME_TAKEN'))
    .route({ method: 'POST', path: '/tokens', summary: 'Make one; it is told only here' })
    .input(createInput)
    .output(token.extend({ token: z.string().describe('only its hash is kept') })),
  revoke: procedure
    .errors(errors('TOKEN_NOT_FOUND'))
    .route({ method: 'DELETE', path: '/tokens/{name}', summary: 'Refuse it from now on' })
    .input(ref)
    .output(token),
  sessions: procedure
    .route({ method: 'GET', path: '/sessions', summary: 'Browsers that were let in' })
    .output(z.array(session)),
  endSession: procedure
    .errors(errors('SESSION_NOT_FOUND'))
    .route({ method: 'DELETE', path: '/sessions/{id}', summary: 'Let it in no longer' })
    .input(sessionRef)
    .output(session),
};
