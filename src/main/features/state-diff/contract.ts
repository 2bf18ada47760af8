import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { exported } from '../../families/contract.ts';
import { errors, procedure } from '../../shared/procedure.ts';

/** What stands for the state that a chain is in now, or was saved in when it was stopped. */
export const NOW = 'now';

const moment = z
  .union([z.int().positive(), z.string().min(1).max(120)])
  .describe(
    'id or name of a snapshot; "now": as the chain is, or while it is stopped as it was saved',
  );

const side = z.object({
  snapshot: z.int().nullable().describe('id; null: now'),
  name: z.string().describe('of the snapshot; "now"'),
  blockNumber: z.int().nullable().describe('null: it is not known'),
  at: z.int().nullable().describe('when it was taken or saved, Unix time, ms; null: just now'),
  note: z.string().nullable().describe('what is odd about it'),
});
export type DiffSide = z.infer<typeof side>;

const change = z.object({ before: z.string(), after: z.string() });

const authority = z.object({
  kind: z.enum([
    ...['owner', 'pending owner', 'role', 'role admin'],
    ...['implementation', 'admin', 'beacon'],
  ] as ['owner', 'pending owner', 'role', 'role admin', 'implementation', 'admin', 'beacon']),
  role: z.string().nullable().describe('of a role: its name, or its hash where that is not known'),
  account: z.string().nullable().describe('of a role: who has it or had it'),
});
export type Authority = z.infer<typeof authority>;

const variable = change.extend({
  name: z
    .string()
    .nullable()
    .describe(
      'e.g. balances[0x…].amount; null: of no variable that is known, and values are words',
    ),
  type: z.string().nullable(),
  slot: z.string().describe('hex; of a value over several slots the first one'),
  authority: authority.nullable().describe('what it says of who may do what'),
});
export type DiffVariable = z.infer<typeof variable>;

const code = z.object({
  bytes: z.int(),
  hash: z.string().nullable().describe('keccak256; null: none'),
});
export type DiffCode = z.infer<typeof code>;

const account = z.object({
  address: z.string(),
  contract: z.string().nullable().describe('name; behind a proxy that of its logic'),
  label: z.string().nullable(),
  system: z
    .string()
    .nullable()
    .describe('what it is for, of a contract into which the chain itself writes'),
  balance: change.nullable().describe('wei'),
  nonce: change.nullable(),
  code: z.object({ before: code, after: code }).nullable(),
  slots: z.int().describe('how many changed'),
  problem: z.string().nullable().describe('why names may be missing'),
});
export type DiffAccount = z.infer<typeof account>;

const part = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('head'),
    chain: z.string(),
    before: side,
    after: side,
    accounts: z.int().describe('how many changed'),
    slots: z.int().describe('how many changed'),
    left: z.int().describe('further slots that changed and are not told: there are too many'),
  }),
  z.object({ type: z.literal('account'), account }),
  z
    .object({ type: z.literal('storage'), address: z.string(), variables: z.array(variable) })
    .describe('of the account before, at most 500 at once'),
  z.object({ type: z.literal('end') }),
]);
export type DiffPart = z.infer<typeof part>;

/** How a difference can be written down. */
export const diffFormat = z.enum(['json', 'solidity', 'typescript', 'vitest']);
export type DiffFormat = z.infer<typeof diffFormat>;

export const diffInput = z.object({
  chain: z.string().min(1).max(200),
  before: moment,
  after: moment.optional().describe('default: now'),
});
export type DiffInput = z.infer<typeof diffInput>;

const failing = procedure.errors(
  errors(
    ...(['CHAIN_NOT_FOUND', 'CHAIN_NOT_RUNNING', 'CHAIN_CALL_FAILED', 'STATE_CORRUPT'] as const),
    ...(['SNAPSHOT_NOT_FOUND', 'SNAPSHOT_LOST', 'SNAPSHOT_DAMAGED'] as const),
    ...(['STATES_UNRELATED', 'STATE_TOO_LARGE', 'RPC_UNREACHABLE'] as const),
  ),
);

/** What differs between two states of a chain. */
export const stateDiff = {
  compare: failing
    .errors(errors('TOO_MANY_STREAMS'))
    .route({
      method: 'GET',
      path: '/chains/{chain}/diff',
      summary:
        'What differs between two snapshots of a chain, or a snapshot and now: a head, each account followed by its storage, an end',
    })
    .input(diffInput)
    .output(eventIterator(part)),
  export: failing
    .route({
      method: 'GET',
      path: '/chains/{chain}/diff/file',
      summary: 'The same as JSON that can be replayed, or as a test that passes on the later state',
    })
    .input(diffInput.extend({ format: diffFormat.default('json') }))
    .output(exported),
};
