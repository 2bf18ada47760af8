import { z } from 'zod';
import { HASH } from '../../../shared/hex.ts';

export const network = z.string().min(1).max(200).describe('name of a network');

export const hash = z
  .string()
  .regex(new RegExp(`^${HASH}$`), 'give the hash of a transaction: 0x and 64 hex digits');

/** Of an output. */
export const stopped = z
  .boolean()
  .describe('the chain does not run: this is what was recorded of it');

/** Of an output. */
export const missing = z
  .string()
  .optional()
  .describe('what a fork could not read of its upstream, and what to do; absent: nothing');

export const pageInput = z.object({
  network,
  before: z.int().nonnegative().optional().describe('go on with this block; default: the newest'),
  limit: z.int().min(1).max(200).default(50),
});
export type PageInput = z.infer<typeof pageInput>;
