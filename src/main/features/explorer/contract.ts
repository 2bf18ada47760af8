import { z } from 'zod';
import { address } from '../../shared/address.ts';
import type {
  CallNode,
  DecodedError,
  DecodedValue,
  SourceTrace,
  TransactionGas,
} from '../../shared/decoded.ts';
import { HASH } from '../../shared/hex.ts';
import { errors, procedure } from '../../shared/procedure.ts';
import { deploymentRef } from '../../shared/refs.ts';
import { ROLES } from '../../shared/roles.ts';
import { labelColor } from '../address-book/contract.ts';

export const decodedValues = z
  .array(z.unknown() as z.ZodType<DecodedValue>)
  .describe(
    'each {name, type, value}: integers as decimal strings, tuples as lists of the same, bytes as hex',
  );

const wei = z.string().describe('wei, decimal');

/** An address with what is known of it. */
export const knownAddress = z.object({
  address: z.string().describe('with its checksum'),
  contract: z.string().nullable().describe('name of the contract there; of a proxy, of its logic'),
  label: z.string().nullable().describe('what the user or the project calls it'),
});
export type KnownAddress = z.infer<typeof knownAddress>;

export const decodedError = z.object({
  name: z.string().nullable().describe('e.g. Error, Panic or that of a custom error'),
  signature: z.string().nullable(),
  arguments: decodedValues,
  text: z.string().describe('one sentence, or the error as its source would write it'),
  data: z.string().describe('what was returned, hex'),
  cause: (z.unknown() as z.ZodType<DecodedError | null>)
    .nullable()
    .describe('the same of an error that one of the arguments holds'),
});

export const decodedEvent = z.object({
  address: z.string(),
  contract: z.string().nullable(),
  label: z.string().nullable(),
  name: z.string().nullable().describe('null: no known event fits'),
  signature: z.string().nullable(),
  arguments: decodedValues,
  topics: z.array(z.string()),
  data: z.string(),
  logIndex: z.int().nullable(),
});
export type DecodedEvent = z.infer<typeof decodedEvent>;

export const transactionStatus = z.enum(['pending', 'success', 'reverted']);

/** One line of a list. */
export const transactionLine = z.object({
  hash: z.string(),
  blockNumber: z.int().nullable().describe('null: not mined yet'),
  index: z.int().nullable().describe('within its block'),
  timestamp: z.int().nullable().describe('Unix time of its block, s'),
  status: transactionStatus,
  from: knownAddress,
  to: knownAddress.nullable().describe('null: it creates a contract'),
  created: knownAddress.nullable().describe('the contract that it created itself'),
  function: z.string().nullable().describe('e.g. transfer(address,uint256)'),
  value: wei,
  gasUsed: z.string().nullable(),
});
export type TransactionLine = z.infer<typeof transactionLine>;

const change = z.object({ before: z.string(), after: z.string() });

const accountChanges = knownAddress.extend({
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

const transactionState = z.object({
  undone: z
    .boolean()
    .describe('it was reverted: variables are as they were just before, and not on the chain'),
  accounts: z.array(accountChanges),
});
export type TransactionState = z.infer<typeof transactionState>;

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

export const transactionDetail = transactionLine.extend({
  network: z.string(),
  chainId: z.int(),
  blockHash: z.string().nullable(),
  nonce: z.int(),
  arguments: decodedValues,
  input: z.string().describe('hex'),
  gasLimit: z.string(),
  gasPrice: wei.nullable(),
  fee: wei.nullable(),
  error: decodedError.nullable().describe('why it was reverted'),
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
  source: (z.unknown() as z.ZodType<SourceTrace | null>)
    .nullable()
    .describe('where in the sources it failed; null when it was not asked for, or is not known'),
  sourceProblem: z
    .string()
    .nullable()
    .describe('what is missing to tell the line of source, or to tell it exactly'),
  traceProblem: z.string().nullable().describe('why there is no trace though it was asked for'),
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
});
export type TransactionPage = z.infer<typeof transactionPage>;

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
});
export type AddressTransactions = z.infer<typeof addressTransactions>;

export const blockLine = z.object({
  number: z.int(),
  hash: z.string(),
  timestamp: z.int().describe('Unix time, s'),
  transactionCount: z.int(),
  gasUsed: z.string(),
  gasLimit: z.string(),
  baseFee: wei.nullable(),
});
export type BlockLine = z.infer<typeof blockLine>;

export const blockPage = z.object({
  blocks: z.array(blockLine).describe('the newest first'),
  next: z.int().nullable(),
});
export type BlockPage = z.infer<typeof blockPage>;

export const blockDetail = blockLine.extend({
  network: z.string(),
  parentHash: z.string(),
  miner: z.string(),
  transactions: z.array(transactionLine),
});
export type BlockDetail = z.infer<typeof blockDetail>;

export const addressDetail = knownAddress.extend({
  network: z.string(),
  balance: wei,
  nonce: z.int(),
  codeSize: z.int().describe('bytes; 0: an account'),
  color: labelColor.nullable().describe('of its label in the address book'),
  implementation: knownAddress.nullable().describe('what a proxy runs'),
  deployment: deploymentRef.nullable().describe('the run that created it'),
  creation: z.string().nullable().describe('hash of the transaction that created it, if known'),
});
export type AddressDetail = z.infer<typeof addressDetail>;

export const found = z.object({
  kind: z.enum(['transaction', 'block', 'address', 'contract']),
  value: z.string().describe('the hash, number or address; of a contract, its address'),
  title: z.string(),
});
export type Found = z.infer<typeof found>;

const network = z.string().min(1).max(200).describe('name of a network');
const hash = z.string().regex(new RegExp(`^${HASH}$`), 'give a hash, 0x and 64 hex digits');

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

export const stepsInput = z.object({
  network,
  hash,
  at: z.int().nonnegative().optional().describe('around this step; default: what it failed at'),
  call: z.int().nonnegative().optional().describe('around the first step of this call'),
  limit: z.int().min(1).max(500).default(100),
});
export type StepsInput = z.infer<typeof stepsInput>;

const way = z.int().nullable();

const sourceLine = z.object({
  index: z.int(),
  instruction: z.int().describe('position of its first instruction'),
  call: z.int().describe('of the trace, in the order in which they ran, from 0'),
  depth: z.int().describe('how many functions are around, of all contracts'),
  gas: z.number().describe('left before it'),
  contract: z.string().nullable(),
  function: z.string().nullable(),
  file: z.int().describe('of `files`'),
  text: z.string().describe('the line as it is written, at most 200 characters'),
  ...{ line: z.int(), column: z.int(), endLine: z.int(), endColumn: z.int() },
  next: way.describe('over what it calls'),
  back: way.describe('the one before, over what that calls'),
  into: way.describe('what it calls'),
  out: way.describe('behind the call of its function'),
});
export type SourceLine = z.infer<typeof sourceLine>;

export const transactionSteps = z.object({
  count: z.int().describe('of all steps: a line that ran in one function'),
  instructions: z.int(),
  at: z.int().describe('the step that was asked about'),
  first: z.int().describe('index of the first of these'),
  steps: z.array(sourceLine),
  files: z.array(z.string()),
  failed: z.int().nullable().describe('the step that it failed at; null: it did not, or elsewhere'),
  unknown: z
    .array(z.object({ call: z.int(), reason: z.string() }))
    .describe('calls whose sources are not known'),
  problem: z
    .string()
    .nullable()
    .describe('what is missing to tell the line, or to tell it exactly'),
});
export type TransactionSteps = z.infer<typeof transactionSteps>;

const sourceValue = z.object({
  name: z.string(),
  type: z.string().describe('as the source declares it'),
  value: z.string().nullable().describe('null: it lies in memory, storage or calldata'),
});

export const stepDetail = z.object({
  index: z.int(),
  stack: z
    .array(
      z.object({
        call: z.int(),
        contract: z.string().nullable(),
        function: z.string(),
        file: z.string().nullable(),
        line: z.int().nullable(),
      }),
    )
    .describe('functions that run, the innermost first, each with the line that it is at'),
  arguments: z.array(sourceValue).describe('of the innermost function, as it was called'),
  problem: z.string().nullable().describe('why its arguments are not told'),
});
export type StepDetail = z.infer<typeof stepDetail>;

export const sourceFile = z.object({
  path: z.string().describe('as the compiler knows it'),
  text: z.string().describe('as it was compiled'),
});
export type SourceFile = z.infer<typeof sourceFile>;

export const pageInput = z.object({
  network,
  before: z.int().nonnegative().optional().describe('go on with this block; default: the newest'),
  limit: z.int().min(1).max(200).default(50),
});
export type PageInput = z.infer<typeof pageInput>;

const reads = procedure.errors(errors('NETWORK_NOT_FOUND', 'CHAIN_NOT_RUNNING', 'RPC_UNREACHABLE'));

const place = z
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

export const addressTransactionsInput = pageInput.extend({ address, before: place });
export type AddressTransactionsInput = z.infer<typeof addressTransactionsInput>;

/** What is inside a network: its blocks, transactions and addresses, by local names. */
export const explorer = {
  transactions: reads
    .route({
      method: 'GET',
      path: '/networks/{network}/transactions',
      summary:
        'Transactions, newest first; of networks that are not ours a page holds whole blocks',
    })
    .input(transactionsInput)
    .output(transactionPage),
  transaction: reads
    .errors(errors('TRANSACTION_NOT_FOUND'))
    .route({
      method: 'GET',
      path: '/networks/{network}/transactions/{hash}',
      summary: 'One transaction with its events, decoded, and the tree of its calls',
    })
    .input(transactionInput)
    .output(transactionDetail),
  steps: reads
    .errors(errors('TRANSACTION_NOT_FOUND'))
    .route({
      method: 'GET',
      path: '/networks/{network}/transactions/{hash}/steps',
      summary: 'Lines of source that ran in a transaction, one after the other, some at a time',
    })
    .input(stepsInput)
    .output(transactionSteps),
  step: reads
    .errors(errors('TRANSACTION_NOT_FOUND', 'SOURCE_NOT_FOUND'))
    .route({
      method: 'GET',
      path: '/networks/{network}/transactions/{hash}/steps/{step}',
      summary:
        'The functions that run at a step of a transaction, and the arguments of the innermost',
    })
    .input(z.object({ network, hash, step: z.int().nonnegative() }))
    .output(stepDetail),
  source: reads
    .errors(errors('TRANSACTION_NOT_FOUND', 'SOURCE_NOT_FOUND'))
    .route({
      method: 'GET',
      path: '/networks/{network}/transactions/{hash}/source',
      summary: 'A file of source of which lines ran in a transaction',
    })
    .input(z.object({ network, hash, file: z.string().min(1).max(2000) }))
    .output(sourceFile),
  blocks: reads
    .route({ method: 'GET', path: '/networks/{network}/blocks', summary: 'Blocks, newest first' })
    .input(pageInput)
    .output(blockPage),
  block: reads
    .errors(errors('BLOCK_NOT_FOUND'))
    .route({
      method: 'GET',
      path: '/networks/{network}/blocks/{block}',
      summary: 'One block with its transactions',
    })
    .input(
      z.object({
        network,
        block: z
          .string()
          .regex(new RegExp(`^(\\d{1,15}|latest|${HASH})$`), 'give a number, latest, or a hash'),
      }),
    )
    .output(blockDetail),
  address: reads
    .route({
      method: 'GET',
      path: '/networks/{network}/addresses/{address}',
      summary: 'What stands at an address',
    })
    .input(z.object({ network, address }))
    .output(addressDetail),
  addressTransactions: reads
    .route({
      method: 'GET',
      path: '/networks/{network}/addresses/{address}/transactions',
      summary: 'Transactions that an address has sent, got, was created by or called in',
    })
    .input(addressTransactionsInput)
    .output(addressTransactions),
  find: reads
    .route({
      method: 'GET',
      path: '/networks/{network}/find',
      summary:
        'Finds a transaction, a block, an address or a contract by its name, hash or the begin of that',
    })
    .input(z.object({ network, text: z.string().min(1).max(200) }))
    .output(z.array(found)),
};
