import { z } from 'zod';
import { terms } from './terms.ts';

/**
 * What is said between a core and the process that holds a key: a JSON object a line, on its
 * standard input and output. The first line says where the key comes from; the process ends when
 * its input does, and by itself when its time is over.
 */

type Hex = `0x${string}`;

const matching = (pattern: RegExp) =>
  z.custom<Hex>((value) => typeof value === 'string' && pattern.test(value));
const hex = matching(/^0x[0-9a-f]*$/i);
const quantity = matching(/^0x[0-9a-f]{1,64}$/i);

/** https://ethereum.org/developers/docs/data-structures-and-encoding/web3-secret-storage */
export const keystore = z.looseObject({
  version: z.literal(3),
  id: z.string().optional(),
  address: z.string().optional(),
  crypto: z.object({
    cipher: z.literal('aes-128-ctr'),
    ciphertext: z.string().regex(/^[0-9a-f]{64}$/i),
    cipherparams: z.object({ iv: z.string().regex(/^[0-9a-f]{32}$/i) }),
    mac: z.string().regex(/^[0-9a-f]{64}$/i),
    kdf: z.enum(['scrypt', 'pbkdf2']),
    kdfparams: z.looseObject({ salt: z.string().regex(/^[0-9a-f]*$/i), dklen: z.literal(32) }),
  }),
});
export type Keystore = z.infer<typeof keystore>;

/**
 * The first line. `create`, `import` and `move` reply with a keystore, and end. `move` takes a key
 * from a keystore of several secrets.
 */
export const opening = z.union([
  z.object({ open: z.object({ keystore, password: z.string() }), withinMs: z.int().positive() }),
  z.object({ create: z.object({ password: z.string() }) }),
  z.object({ import: z.object({ privateKey: z.string(), password: z.string() }) }),
  z.object({
    move: z.object({
      keystore: z.unknown(),
      entry: z.string(),
      itsPassword: z.string(),
      password: z.string(),
    }),
  }),
]);
export type Opening = z.infer<typeof opening>;

/** The reply to it. `password`: it is wrong; `keystore`, `key`: it can't be used. */
export const opened = z.union([
  z.object({ address: hex, keystore: keystore.optional() }),
  z.object({ refused: z.enum(['password', 'keystore', 'key']), why: z.string() }),
]);
export type Opened = z.infer<typeof opened>;

export const transaction = z.object({
  nonce: z.int().nonnegative(),
  to: hex.nullable(),
  value: quantity,
  data: hex,
  gas: quantity,
  maxFeePerGas: quantity,
  maxPriorityFeePerGas: quantity.optional().describe('absent: a network without EIP-1559'),
});
export type TransactionToSign = z.infer<typeof transaction>;

/**
 * Later lines. Until there are terms nothing is signed; they can be given once, and the process then
 * stays until its input ends.
 */
export const order = z.union([
  z.object({ id: z.int(), terms }),
  z.object({ id: z.int(), sign: transaction }),
]);
export type Order = z.infer<typeof order>;

export const reply = z.union([
  z.object({ id: z.int(), raw: hex.optional() }),
  z.object({ id: z.int(), refused: z.string() }),
]);
export type Reply = z.infer<typeof reply>;
