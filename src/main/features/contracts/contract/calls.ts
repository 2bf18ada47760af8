import { z } from 'zod';
import { decodedError, decodedEvent, decodedValues } from '../../explorer/contract/decoded.ts';
import { accountChanges } from '../../explorer/contract/state.ts';
import { transactionStatus } from '../../explorer/contract/transactions.ts';
import { contractRef, network } from './ref.ts';

const callInput = contractRef.extend({
  function: z
    .string()
    .min(1)
    .max(2000)
    .describe(
      'its name, or its signature; of one that no ABI has with what it returns: fee()(uint256)',
    ),
  arguments: z
    .array(z.string().max(200_000))
    .max(200)
    .default([])
    .describe(
      'as typed: 12, 0x1f, 1.5ether, [1,2], (a,true); for an address also a label, a name or the index of an account',
    ),
  from: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .describe('index of an account of the chain, address, label, or name of a contract'),
});

export const transactionInput = callInput.extend({
  value: z.string().max(100).optional().describe('wei, or an amount with its unit: 1.5ether'),
});
export type CallInput = z.infer<typeof transactionInput>;

export const sendInput = transactionInput.extend({
  force: z.boolean().default(false).describe('also what would fail'),
  allowUnsafeUpgrade: z
    .boolean()
    .default(false)
    .describe('also an upgrade of a proxy that breaks what is there'),
});
export type SendInput = z.infer<typeof sendInput>;

export const readInput = callInput.extend({
  block: z.int().nonnegative().optional().describe('as it was then; default: now'),
});
export type ReadInput = z.infer<typeof readInput>;

const value = z
  .unknown()
  .describe(
    'the value that it returns, as plain JSON; a list of several; null of none. Integers are decimal strings',
  );

export const contractValue = z.object({
  address: z.string(),
  function: z.string().describe('its signature'),
  value,
  values: decodedValues,
  blockNumber: z.int(),
});
export type ContractValue = z.infer<typeof contractValue>;

export const contractValues = z.object({
  address: z.string(),
  blockNumber: z.int(),
  functions: z.array(
    z.object({
      function: z.string(),
      value,
      values: decodedValues,
      error: decodedError.nullable().describe('why it gave none'),
    }),
  ),
});
export type ContractValues = z.infer<typeof contractValues>;

export const readManyInput = z.object({
  network,
  block: z.int().nonnegative().optional().describe('as it was then; default: now'),
  calls: z
    .array(callInput.omit({ network: true }))
    .min(1)
    .max(500),
});
export type ReadManyInput = z.infer<typeof readManyInput>;

export const readValues = z.object({
  blockNumber: z.int().describe('of all of them'),
  results: z
    .array(
      z.object({
        contract: z.string().describe('as it was asked for'),
        address: z.string().nullable(),
        function: z.string(),
        value,
        values: decodedValues,
        error: z
          .object({ code: z.string(), message: z.string() })
          .nullable()
          .describe('why it gave none'),
      }),
    )
    .describe('in the order of the calls'),
});
export type ReadValues = z.infer<typeof readValues>;

export const snippetInput = transactionInput.extend({
  block: z.int().nonnegative().optional(),
  as: z.enum(['cast', 'viem']),
  sends: z.boolean().default(false).describe('as a transaction'),
});
export type SnippetInput = z.infer<typeof snippetInput>;

export const simulation = z.object({
  succeeds: z.boolean(),
  address: z.string(),
  from: z.string().nullable(),
  function: z.string().describe('its signature'),
  value,
  values: decodedValues,
  gas: z.string().nullable().describe('null: it would fail, or the network does not tell'),
  error: decodedError.nullable(),
  events: z.array(decodedEvent).nullable().describe('null: the network gives no trace'),
  changes: z
    .array(accountChanges)
    .nullable()
    .describe('what it would change, by variables; null: it would fail, or it is not told'),
  blockNumber: z.int(),
});
export type Simulation = z.infer<typeof simulation>;

export const senders = z.object({
  function: z.string().describe('its signature'),
  senders: z
    .array(
      z.object({
        address: z.string(),
        roles: z.array(z.string()).describe('as the contract names them: owner, MINTER_ROLE'),
        account: z.int().nullable().describe('its index among the accounts of the chain'),
        label: z.string().nullable(),
        balance: z.string().describe('wei, decimal'),
        problem: z.string().nullable().describe('why the call would fail; null: it would succeed'),
      }),
    )
    .describe('those from which it would succeed first, of these whom the contract names'),
});
export type Senders = z.infer<typeof senders>;

export const sentCall = z.object({
  network: z.string(),
  hash: z.string(),
  status: transactionStatus.describe('pending: it was not mined within 10 s'),
  from: z.string(),
  to: z.string(),
  function: z.string().describe('its signature'),
  value: z.string().describe('wei, decimal'),
  gasUsed: z.string().nullable(),
  blockNumber: z.int().nullable(),
  events: z.array(decodedEvent),
  error: decodedError.nullable().describe('why it was reverted'),
  warnings: z.array(z.string()).describe('what has to be known of the upgrades in it'),
});
export type SentCall = z.infer<typeof sentCall>;
