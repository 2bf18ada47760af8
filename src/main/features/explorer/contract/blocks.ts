import { z } from 'zod';
import { HASH } from '../../../shared/hex.ts';
import { wei } from './decoded.ts';
import { missing, network, stopped } from './ref.ts';
import { transactionLine } from './transactions.ts';

export const blockLine = z.object({
  number: z.int(),
  hash: z.string(),
  timestamp: z.int().nullable().describe('Unix time, s; null: it is later than any date'),
  transactionCount: z.int(),
  gasUsed: z.string(),
  gasLimit: z.string(),
  baseFee: wei.nullable(),
});
export type BlockLine = z.infer<typeof blockLine>;

export const blockPage = z.object({
  blocks: z.array(blockLine).describe('the newest first'),
  next: z.int().nullable(),
  stopped,
  missing,
});
export type BlockPage = z.infer<typeof blockPage>;

export const blockDetail = blockLine.extend({
  network: z.string(),
  parentHash: z.string(),
  miner: z.string(),
  transactions: z.array(transactionLine).describe('in the order of the block, from `first` on'),
  next: z.int().nullable().describe('to go on with, as `first`; null: there are no more'),
  stopped,
  missing,
});
export type BlockDetail = z.infer<typeof blockDetail>;

export const blockInput = z.object({
  network,
  block: z
    .string()
    .regex(
      new RegExp(`^(\\d{1,15}|latest|${HASH})$`),
      'give a number of up to 15 digits, latest, or the hash of a block: 0x and 64 hex digits',
    ),
  first: z
    .int()
    .nonnegative()
    .default(0)
    .describe('of its transactions, counted from 0: where to begin'),
  limit: z.int().min(1).max(200).default(100),
});
export type BlockInput = z.infer<typeof blockInput>;
