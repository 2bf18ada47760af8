import { z } from 'zod';
import { addressOrName } from '../../shared/address.ts';
import { mining } from '../../shared/mining.ts';
import { errors, procedure } from '../../shared/procedure.ts';
import { chain } from '../chains/contract.ts';
import { transactionLine } from '../explorer/contract/transactions.ts';

const ref = z.object({ chain: z.string().min(1).max(200) });

const reads = procedure.errors(
  errors('CHAIN_NOT_FOUND', 'CHAIN_NOT_RUNNING', 'CHAIN_CALL_FAILED', 'RPC_UNREACHABLE'),
);
const changes = procedure.errors(
  errors('CHAIN_NOT_FOUND', 'CHAIN_NOT_RUNNING', 'CHAIN_BUSY', 'CHAIN_CALL_FAILED'),
);

export const miningInput = ref.extend({
  mode: mining.shape.mode,
  seconds: z.int().min(1).max(86_400).optional().describe('between two blocks, for an interval'),
});
export type MiningInput = z.infer<typeof miningInput>;

const pendingTransaction = transactionLine
  .pick({ hash: true, from: true, to: true, function: true, value: true })
  .extend({
    nonce: z.string().describe('decimal'),
    gas: z.string().describe('the most that it takes'),
    gasPrice: z.string().describe('wei; the most that it pays for a unit of gas'),
    waits: z.boolean().describe('for a transaction of its sender with a lower nonce'),
    seenAt: z.int().describe('when it was first seen here, Unix time, ms'),
  });

export const pendingTransactions = z.object({
  transactions: z.array(pendingTransaction).describe('the oldest first'),
  total: z.int().describe('also beyond the limit'),
});
export type PendingTransactions = z.infer<typeof pendingTransactions>;

const amount = z.string().min(1).max(100);
/** Unix time, s; up to the end of the year 9999. */
const time = z.int().min(1).max(253_402_300_799);

export const nextBlockInput = ref.extend({
  baseFee: amount
    .optional()
    .describe('wei, or with its unit as in 20gwei; up to 10^15 wei; those after it follow from it'),
  gasLimit: z.int().min(21_000).max(1_000_000_000_000_000).optional(),
  coinbase: addressOrName.optional(),
  time: time.optional().describe('Unix time, s, later than the newest block'),
});
export type NextBlockInput = z.infer<typeof nextBlockInput>;

export const accountInput = ref.extend({
  address: addressOrName,
  balance: amount.optional().describe('wei, or with its unit as in 1.5ether'),
  nonce: amount.optional().describe('up to 2^53 - 1'),
  code: z
    .string()
    .max(2_000_002)
    .regex(/^0x([0-9a-fA-F]{2})*$/, 'give code as 0x and an even number of hex digits')
    // A node ends at code that begins so and is none.
    .refine(
      (code) => !/^0xef01/i.test(code) || /^0xef0100[0-9a-f]{40}$/i.test(code),
      'code that begins with 0xef01 delegates to an address: give 0xef0100 and 20 bytes',
    )
    .optional()
    .describe('hex; 0x: none'),
  snapshot: z.boolean().default(false).describe('take one first, to go back to'),
});
export type AccountInput = z.infer<typeof accountInput>;

export const accountSet = z.object({
  address: z.string(),
  balance: z.string().describe('wei'),
  nonce: z.string(),
  codeSize: z.int().describe('bytes'),
  snapshot: z
    .object({ id: z.int(), name: z.string() })
    .nullable()
    .describe('that was taken before'),
});
export type AccountSet = z.infer<typeof accountSet>;

/** How a chain makes blocks, and what can be set about it. */
export const chainControls = {
  mining: changes
    .route({
      method: 'PUT',
      path: '/chains/{chain}/mining',
      summary: 'When it makes blocks; stays chosen for it',
    })
    .input(miningInput)
    .output(chain),
  nextBlock: changes
    .errors(errors('CONTRACT_AMBIGUOUS'))
    .route({
      method: 'PATCH',
      path: '/chains/{chain}/next-block',
      summary: 'What the next block is made with: base fee, gas limit, coinbase, time',
    })
    .input(nextBlockInput)
    .output(chain),
  jump: changes
    .route({
      method: 'POST',
      path: '/chains/{chain}/jump',
      summary: 'Mine a block at exactly this time, from which the clock goes on',
    })
    .input(ref.extend({ time: time.describe('Unix time, s, later than the newest block') }))
    .output(chain),
  account: changes
    .errors(errors('CONTRACT_AMBIGUOUS'))
    .route({
      method: 'PATCH',
      path: '/chains/{chain}/accounts/{address}',
      summary: 'Give an account another balance, nonce or code, out of nothing',
    })
    .input(accountInput)
    .output(accountSet),
  pending: reads
    .route({
      method: 'GET',
      path: '/chains/{chain}/pending',
      summary: 'Transactions that are in no block yet, decoded',
    })
    .input(ref.extend({ limit: z.int().min(1).max(1000).default(200) }))
    .output(pendingTransactions),
  drop: changes
    .errors(errors('TRANSACTION_NOT_FOUND'))
    .route({
      method: 'POST',
      path: '/chains/{chain}/pending/drop',
      summary: 'Drop a transaction that is not mined yet, or all of them',
    })
    .input(
      ref.extend({
        hash: z
          .string()
          .regex(
            /^0x[0-9a-fA-F]{4,64}$/,
            'give the hash of a transaction, or its first digits: 0x12ab',
          )
          .optional()
          .describe('whole, or its first digits; default: all'),
      }),
    )
    .output(z.object({ dropped: z.int() })),
};
