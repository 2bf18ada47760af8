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

export const keySource = z.object({
  source: z.string().describe('the tool that keeps it'),
  file: z.string(),
  entries: z.array(z.string()).describe('names of the secrets in it, keys or not'),
  problem: z.string().nullable().describe('why nothing can be taken from it'),
});
export type KeySource = z.infer<typeof keySource>;

const takenFrom = z.object({
  source: z.string().max(100).describe('as listed'),
  entry: z.string().min(1).max(500).describe('name of the secret'),
  password: password.describe('of that keystore'),
});
export type TakenFrom = z.infer<typeof takenFrom>;

const ref = z.object({ name: keyName });

const importInput = ref.extend({
  privateKey: z.string().max(200).optional().describe('32 bytes in hex'),
  from: takenFrom.optional().describe('in place of the key itself'),
  password: password.optional().describe('default: one is made up and kept, sealed'),
});
export type ImportInput = z.infer<typeof importInput>;

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
  sources: procedure
    .route({
      method: 'GET',
      path: '/keys/sources',
      summary: 'Keystores of other tools on this machine, from which keys can be imported',
    })
    .output(z.array(keySource)),
  import: procedure
    .errors(errors('NAME_TAKEN', 'BAD_ARGUMENT', 'WRONG_PASSWORD', 'KEY_LOCKED'))
    .route({
      method: 'POST',
      path: '/keys/import',
      summary: 'Keep a private key in a keystore, as it is given or from that of another tool',
    })
    .input(importInput)
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
