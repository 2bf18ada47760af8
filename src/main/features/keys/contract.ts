import { z } from 'zod';
import { errors, procedure } from '../../shared/procedure.ts';

export const keyName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/i, 'give letters, digits, dots and dashes, at most 64');

/** Never shown, and in no log. */
export const password = z.string().min(1).max(1024);

export const key = z.object({
  name: keyName,
  address: z.string().nullable().describe('null: its file does not say, and it was never unlocked'),
  file: z.string().describe('its keystore, which other tools can use too'),
  password: z
    .enum(['asked', 'kept', 'unreadable'])
    .describe(
      'kept: Drydock made it up and keeps it, sealed; unreadable: sealed under another key',
    ),
  unlockedUntil: z.int().nullable().describe('Unix time, ms; null: it is locked'),
  triesFrom: z
    .int()
    .nullable()
    .describe('Unix time, ms, from when on a password is tried again; null: now'),
  problem: z.string().nullable().describe('why it can’t be used'),
});
export type Key = z.infer<typeof key>;

const ref = z.object({ name: keyName });
const one = procedure.errors(errors('KEY_NOT_FOUND'));

export const keys = {
  list: procedure
    .route({ method: 'GET', path: '/keys', summary: 'Keys that can sign for live networks' })
    .output(z.array(key)),
  create: procedure
    .errors(errors('NAME_TAKEN'))
    .route({ method: 'POST', path: '/keys', summary: 'Make a new key, in a keystore of its own' })
    .input(
      ref.extend({
        password: password.optional().describe('default: one is made up and kept, sealed'),
      }),
    )
    .output(key),
  import: procedure
    .errors(errors('NAME_TAKEN', 'BAD_ARGUMENT'))
    .route({ method: 'POST', path: '/keys/import', summary: 'Keep a private key in a keystore' })
    .input(
      ref.extend({
        privateKey: z.string().max(200).describe('32 bytes in hex'),
        password: password.optional().describe('default: one is made up and kept, sealed'),
      }),
    )
    .output(key),
  remove: one
    .errors(errors('KEY_LOCKED', 'CONFIRMATION_NEEDED'))
    .route({
      method: 'DELETE',
      path: '/keys/{name}',
      summary: 'Delete its keystore. What only it can move is lost for good',
    })
    .input(ref.extend({ confirm: z.string().optional().describe('the name again') }))
    .output(z.object({ removed: keyName })),
  grant: one
    .errors(errors('KEY_LOCKED', 'WRONG_PASSWORD', 'KEY_UNUSABLE'))
    .route({
      method: 'POST',
      path: '/keys/{name}/grant',
      summary: 'Unlock it for 60 seconds, or for the one run that begins by then',
    })
    .input(ref.extend({ password: password.optional().describe('default: the one that is kept') }))
    .output(key),
  lock: one
    .route({ method: 'POST', path: '/keys/{name}/lock', summary: 'End its grant now' })
    .input(ref)
    .output(key),
};
