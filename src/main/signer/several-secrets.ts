import { createHmac, scryptSync, timingSafeEqual } from 'node:crypto';
import { gcmsiv } from '@noble/ciphers/aes';
import { z } from 'zod';

/**
 * The keystore of Hardhat 3, which holds several secrets by their names:
 * https://github.com/NomicFoundation/hardhat/blob/main/packages/hardhat-keystore/src/internal/keystores/encryption.ts
 */

const hex = (pattern = '*') => z.string().regex(new RegExp(`^([0-9a-f]{2})${pattern}$`));
const encrypted = z.object({ iv: hex('{12}'), cypherText: hex() });

const schema = z.looseObject({
  version: z.literal('hardhat-v3-keystore-1'),
  crypto: z.looseObject({
    masterKeyDerivation: z.looseObject({
      algorithm: z.literal('scrypt'),
      paramN: z.literal(2 ** 17),
      paramR: z.literal(8),
      paramP: z.literal(1),
      unicodeNormalizationForm: z.literal('NFKC'),
      salt: hex(),
    }),
    encryption: z.looseObject({ algorithm: z.literal('AES-GCM-SIV') }),
    hmac: z.looseObject({ algorithm: z.literal('HMAC-SHA-256') }),
  }),
  dataEncryptionKey: encrypted,
  hmacKey: encrypted,
  hmac: hex('{32}'),
  secrets: z.record(z.string(), encrypted),
});

/** Why a secret can't be had, as the end of a sentence. */
export class SecretUnusable extends Error {}

/** One of its secrets; null: the password is wrong. Throws SecretUnusable. */
export function secretIn(keystore: unknown, name: string, password: string): string | null {
  const { data, success } = schema.safeParse(keystore);
  if (!success) throw new SecretUnusable('it is in a form that is not known here');
  const { salt, paramN: N, paramR: r, paramP: p } = data.crypto.masterKeyDerivation;
  const master = scryptSync(password.normalize('NFKC'), Buffer.from(salt, 'hex'), 32, {
    ...{ N, r, p, maxmem: 256 * N * r },
  });
  const hmacKey = opened(master, data.hmacKey);
  if (hmacKey === null) return null;
  // As it was read: what is not known here is covered as well.
  const { hmac, ...rest } = keystore as Record<string, unknown> & { hmac: string };
  const said = createHmac('sha256', Buffer.from(hmacKey, 'hex')).update(sorted(rest)).digest();
  if (!timingSafeEqual(said, Buffer.from(hmac, 'hex'))) {
    throw new SecretUnusable('it was changed by something that does not know its password');
  }
  const secret = Object.hasOwn(data.secrets, name) ? data.secrets[name] : undefined;
  if (!secret) throw new SecretUnusable(`it holds no ${name}`);
  const dataKey = opened(master, data.dataEncryptionKey);
  const found = dataKey === null ? null : opened(Buffer.from(dataKey, 'hex'), secret);
  if (found === null) throw new SecretUnusable(`${name} is damaged in it`);
  return found;
}

/** null: it was encrypted with another key. */
function opened(key: Uint8Array, { iv, cypherText }: z.infer<typeof encrypted>): string | null {
  try {
    const bytes = gcmsiv(key, Buffer.from(iv, 'hex')).decrypt(Buffer.from(cypherText, 'hex'));
    return Buffer.from(bytes).toString('utf8');
  } catch {
    return null;
  }
}

/** JSON with the keys of its objects in order. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
