import { z } from 'zod';
import { addressOrName } from '../../../shared/address.ts';
import { deploymentRef } from '../../../shared/refs.ts';
import { ROLES } from '../../../shared/roles.ts';
import { labelColor } from '../../address-book/contract.ts';
import { knownAddress, wei } from './decoded.ts';
import { missing, pageInput, stopped } from './ref.ts';
import { place, transactionLine } from './transactions.ts';

export const addressTransactions = z.object({
  transactions: z
    .array(
      transactionLine.extend({
        roles: z
          .array(z.enum(ROLES))
          .describe('of the address: `called` by another contract, as far as that was recorded'),
      }),
    )
    .describe('the newest first'),
  next: z.string().nullable().describe('to go on with, as `before`; null: there are no more'),
  problem: z.string().nullable().describe('why they are not known, or not all'),
  missing,
});
export type AddressTransactions = z.infer<typeof addressTransactions>;

export const addressDetail = knownAddress.extend({
  network: z.string(),
  balance: wei.nullable().describe('null: the chain does not run, or it is missing'),
  nonce: z
    .int()
    .nullable()
    .describe('null: the chain does not run, it is missing, or it is more than 2^53 - 1'),
  stopped,
  missing,
  codeSize: z.int().nullable().describe('bytes; 0: an account; null: it is missing'),
  color: labelColor.nullable().describe('of its label in the address book'),
  implementation: knownAddress
    .nullable()
    .describe('what a proxy, or an account that delegates, runs'),
  delegates: z
    .boolean()
    .describe('an account that runs the code of a contract, until its key signs otherwise'),
  deployment: deploymentRef.nullable().describe('the run that created it'),
  creation: z.string().nullable().describe('hash of the transaction that created it, if known'),
});
export type AddressDetail = z.infer<typeof addressDetail>;

export const addressTransactionsInput = pageInput.extend({ address: addressOrName, before: place });
export type AddressTransactionsInput = z.infer<typeof addressTransactionsInput>;
