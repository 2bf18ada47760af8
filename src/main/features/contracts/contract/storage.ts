import { z } from 'zod';
import { contractRef } from './ref.ts';

const SLOT = 'give a slot: a number below 2^256, or 0x and up to 64 hex digits';
const slot = z
  .string()
  .regex(/^(0x[0-9a-fA-F]{1,64}|\d{1,78})$/, { error: SLOT, abort: true })
  .refine((text) => BigInt(text) < 1n << 256n, SLOT);

export const storageInput = contractRef.extend({
  slots: z.array(slot).max(200).default([]).describe('as they are; none: the variables'),
  variable: z
    .string()
    .min(1)
    .max(2000)
    .optional()
    .describe(
      'only this one, with what it consists of: owner, boxes[2].label, balances[0x…]; for an address also a label, a name or the index of an account',
    ),
  from: z
    .int()
    .nonnegative()
    .default(0)
    .describe('of the variable, the element or known key to begin with'),
  limit: z.int().min(1).max(1000).default(100).describe('of the variable, so many of them'),
  block: z.int().nonnegative().optional().describe('as it was then; default: now'),
});
export type StorageInput = z.infer<typeof storageInput>;

export const contractStorage = z.object({
  address: z.string(),
  blockNumber: z.int(),
  slots: z.array(z.object({ slot: z.string(), word: z.string().describe('hex, 32 bytes') })),
  variables: z
    .array(
      z.object({
        name: z.string().describe('e.g. owner, spot.to, list.length, list[0], balances[0x…]'),
        type: z.string().describe('as its source has it'),
        value: z.string().nullable().describe('null: a mapping, or too long'),
        slot: z.string().describe('hex'),
        offset: z.int().describe('bytes from the right of the slot'),
        total: z
          .string()
          .nullable()
          .describe('decimal: elements of a list, keys of a mapping that are known here'),
      }),
    )
    .describe('in the order of the layout'),
  next: z
    .int()
    .nullable()
    .describe('of the variable, the element or key to go on with; null: there are no more'),
  problem: z.string().nullable().describe('why there are none, or not all'),
});
export type ContractStorage = z.infer<typeof contractStorage>;

export const setStorageInput = contractRef.extend({
  variable: storageInput.shape.variable.describe(
    'a value of its own: owner, boxes[2].label, balances[0x…], list.length',
  ),
  slot: slot.optional().describe('in place of a variable: this one as it is'),
  value: z
    .string()
    .max(100_000)
    .describe('as typed: 7, 1.5ether, true, 0x1f, a text, an enum’s member, a label'),
  snapshot: z.boolean().default(false).describe('take one first, to go back to'),
});
export type SetStorageInput = z.infer<typeof setStorageInput>;

export const storageSet = z.object({
  address: z.string(),
  name: z.string().describe('of the variable, or the slot'),
  type: z.string(),
  slots: z.array(z.object({ slot: z.string(), word: z.string().describe('as it is now') })),
  snapshot: z
    .object({ id: z.int(), name: z.string() })
    .nullable()
    .describe('that was taken before'),
});
export type StorageSet = z.infer<typeof storageSet>;
