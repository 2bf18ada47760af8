import { z } from 'zod';
import type { CallNode, SourceTrace, TransactionGas } from '../../../shared/decoded.ts';
import { deploymentRef } from '../../../shared/refs.ts';
import { decodedError, decodedEvent, decodedValues, knownAddress, wei } from './decoded.ts';
import { hash, missing, network, pageInput, stopped } from './ref.ts';
import { transactionState } from './state.ts';

export const transactionStatus = z.enum(['pending', 'success', 'reverted']);

/** One line of a list. */
export const transactionLine = z.object({
  hash: z.string(),
  blockNumber: z.int().nullable().describe('null: not mined yet'),
  index: z.int().nullable().describe('within its block'),
  timestamp: z
    .int()
    .nullable()
    .describe('Unix time of its block, s; null: it is in none, or that is later than any date'),
  status: transactionStatus,
  from: knownAddress,
  to: knownAddress.nullable().describe('null: it creates a contract'),
  created: knownAddress.nullable().describe('the contract that it created itself'),
  function: z.string().nullable().describe('e.g. transfer(address,uint256)'),
  value: wei,
  gasUsed: z.string().nullable(),
});
export type TransactionLine = z.infer<typeof transactionLine>;

const transfer = z.object({
  standard: z.enum(['ether', 'erc20', 'erc721', 'erc1155']),
  token: knownAddress
    .extend({
      symbol: z.string().nullable(),
      decimals: z.int().nullable().describe('of an erc20'),
    })
    .nullable()
    .describe('null: ether'),
  from: knownAddress,
  to: knownAddress,
  amount: z.string().describe("wei, or the token's smallest unit; decimal"),
  id: z.string().nullable().describe('of an erc721 or erc1155, decimal'),
});
export type TransactionTransfer = z.infer<typeof transfer>;

const waiting = z.object({
  position: z
    .int()
    .nullable()
    .describe('in the block that would be mined now, from 1; null: it is not in it'),
  of: z.int().nullable().describe('transactions that would be mined in that block'),
  problem: z.string().nullable().describe('what it waits for, where it is not in that block'),
});
export type Waiting = z.infer<typeof waiting>;

const authorization = z.object({
  chainId: z.string().describe('decimal; 0: of every chain'),
  address: knownAddress.describe('whose code is to run; zero: none any more'),
  nonce: z.string().describe('that the account must have, decimal'),
  authority: knownAddress.nullable().describe('the account; null: its signature is none'),
  applied: z
    .boolean()
    .nullable()
    .describe('false: passed over, as with another nonce or chain id; null: it is not known'),
});

const blobs = z.object({
  versionedHashes: z.array(z.string()).describe('one of each'),
  gasUsed: z.string().nullable().describe('null: not mined yet, or the network does not tell'),
  gasPrice: wei.nullable(),
  fee: wei.nullable().describe('is part of the fee of the transaction'),
});

export const transactionDetail = transactionLine.extend({
  network: z.string(),
  chainId: z.int(),
  blockHash: z.string().nullable(),
  missing,
  nonce: z.int().nullable().describe('null: it is more than 2^53 - 1'),
  type: z
    .string()
    .describe('legacy, access list, dynamic fee, blob or set code; of others, their number'),
  accessList: z
    .array(knownAddress.extend({ storageKeys: z.array(z.string()) }))
    .describe('what it said it would touch; empty: nothing'),
  authorizations: z
    .array(authorization)
    .describe('of accounts that are to run the code of a contract'),
  blobs: blobs.nullable().describe('null: it carries none'),
  arguments: decodedValues,
  argumentsProblem: z
    .string()
    .nullable()
    .describe('why there are no arguments though the function is known'),
  input: z.string().describe('hex'),
  gasLimit: z.string(),
  gasPrice: wei.nullable(),
  fee: wei.nullable().describe('for its gas and its blobs'),
  error: decodedError.nullable().describe('why it was reverted'),
  waiting: waiting.nullable().describe('of one that is not mined: where it waits'),
  events: z.array(decodedEvent),
  names: z
    .array(knownAddress)
    .describe('of addresses in its arguments, events and calls, as far as they have one'),
  deployment: deploymentRef.nullable().describe('the run that sent it'),
  trace: (z.unknown() as z.ZodType<CallNode | null>)
    .nullable()
    .describe('the tree of its calls; null when it was not asked for, or the network gives none'),
  takenBack: z
    .boolean()
    .describe(
      'the chain has it no more since a revert or restart: this is what was recorded of it',
    ),
  stopped,
  source: (z.unknown() as z.ZodType<SourceTrace | null>)
    .nullable()
    .describe('where in the sources it failed; null when it was not asked for, or is not known'),
  sourceProblem: z
    .string()
    .nullable()
    .describe('what is missing to tell the line of source, or to tell it exactly'),
  traceProblem: z
    .string()
    .nullable()
    .describe('why there is no trace though it was asked for, or what is missing in it'),
  state: transactionState
    .nullable()
    .describe('what it changed; null when it was not asked for, or the network does not tell'),
  stateProblem: z.string().nullable().describe('what of that is missing, and why'),
  transfers: z
    .array(transfer)
    .describe('of ether and tokens, in their order; without the trace those of its events alone'),
  gas: (z.unknown() as z.ZodType<TransactionGas | null>)
    .nullable()
    .describe('what its gas went into; the refund is known when the state was asked for'),
});
export type TransactionDetail = z.infer<typeof transactionDetail>;

export const transactionPage = z.object({
  transactions: z
    .array(
      transactionLine.extend({
        ordinal: z
          .int()
          .nullable()
          .describe('among all of the chain, from 0; null: it is not counted there'),
      }),
    )
    .describe('the newest first'),
  next: z.string().nullable().describe('to go on with, as `before`; null: there are no more'),
  total: z
    .int()
    .nullable()
    .describe('how many the chain counts, without those of the network that it was forked from'),
  stopped,
  missing,
});
export type TransactionPage = z.infer<typeof transactionPage>;

export const transactionInput = z.object({
  network,
  hash,
  trace: z.boolean().default(false).describe('with the tree of its calls'),
  state: z
    .boolean()
    .default(false)
    .describe('with what it changed: variables by name, balances, nonces and code'),
  source: z
    .boolean()
    .default(false)
    .describe('with the line of source that it failed at, or that `call` was made at'),
  call: z
    .int()
    .nonnegative()
    .optional()
    .describe('of the tree, in the order in which they ran, from 0; default: what failed'),
});
export type TransactionInput = z.infer<typeof transactionInput>;

export const beforeTransaction = z.object({
  snapshot: z
    .object({
      id: z.int(),
      name: z.string(),
      automatic: z.boolean(),
      blockNumber: z.int(),
      createdAt: z.int().describe('Unix time, ms'),
    })
    .nullable()
    .describe('the last one before it; null: there is none'),
  isExact: z.boolean().describe('nothing else was mined between the two'),
  problem: z.string().nullable().describe('why the chain can not go there'),
});
export type BeforeTransaction = z.infer<typeof beforeTransaction>;

export const place = z
  .string()
  .regex(/^\d{1,15}(:\d{1,9})?$/, 'give a block, or what was said to go on with')
  .optional()
  .describe('go on with this block, or before `<block>:<place in it>`; default: the newest');

export const transactionsInput = pageInput.extend({
  before: place,
  below: z
    .int()
    .nonnegative()
    .optional()
    .describe('instead: go on before the transaction with this `ordinal`'),
});
export type TransactionsInput = z.infer<typeof transactionsInput>;
