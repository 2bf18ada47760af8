import { z } from 'zod';
import { knownAddress } from './decoded.ts';

const change = z.object({ before: z.string(), after: z.string() });

export const accountChanges = knownAddress.extend({
  balance: change.nullable().describe('wei'),
  nonce: change.nullable(),
  code: change.nullable().describe('hex; 0x: none'),
  variables: z
    .array(
      change.extend({
        name: z
          .string()
          .nullable()
          .describe('e.g. balances[0x…].amount; null: the slot is of no variable that is known'),
        type: z.string().nullable(),
        slot: z.string().describe('hex'),
      }),
    )
    .describe('what it stores, in the order of the slots'),
  problem: z.string().nullable().describe('why variables have no names'),
});
export type AccountChanges = z.infer<typeof accountChanges>;

export const transactionState = z.object({
  undone: z
    .boolean()
    .describe('it was reverted: variables are as they were just before, and not on the chain'),
  accounts: z.array(accountChanges),
});
export type TransactionState = z.infer<typeof transactionState>;
