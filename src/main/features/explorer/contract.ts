import { z } from 'zod';
import { addressOrName } from '../../shared/address.ts';
import { errors, procedure } from '../../shared/procedure.ts';
import {
  addressDetail,
  addressTransactions,
  addressTransactionsInput,
} from './contract/addresses.ts';
import { blockDetail, blockInput, blockPage } from './contract/blocks.ts';
import { found } from './contract/found.ts';
import { hash, network, pageInput } from './contract/ref.ts';
import {
  lineGas,
  ranFunctions,
  sourceFile,
  stepDetail,
  stepsInput,
  transactionSteps,
} from './contract/source.ts';
import {
  beforeTransaction,
  transactionDetail,
  transactionInput,
  transactionPage,
  transactionsInput,
} from './contract/transactions.ts';

const reads = procedure.errors(errors('NETWORK_NOT_FOUND', 'CHAIN_NOT_RUNNING', 'RPC_UNREACHABLE'));

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
      summary: 'The functions that run at a step of a transaction, with their arguments and locals',
    })
    .input(z.object({ network, hash, step: z.int().nonnegative() }))
    .output(stepDetail),
  lineGas: reads
    .errors(errors('TRANSACTION_NOT_FOUND'))
    .route({
      method: 'GET',
      path: '/networks/{network}/transactions/{hash}/lines',
      summary: 'The gas that lines of source took in a transaction, most first',
    })
    .input(z.object({ network, hash, limit: z.int().min(1).max(500).default(20) }))
    .output(lineGas),
  functions: reads
    .errors(errors('TRANSACTION_NOT_FOUND'))
    .route({
      method: 'GET',
      path: '/networks/{network}/transactions/{hash}/functions',
      summary: 'The functions that ran in a transaction, internal ones as well, as a tree',
    })
    .input(z.object({ network, hash, limit: z.int().min(1).max(5000).default(500) }))
    .output(ranFunctions),
  before: reads
    .errors(errors('TRANSACTION_NOT_FOUND'))
    .route({
      method: 'GET',
      path: '/networks/{network}/transactions/{hash}/before',
      summary: 'The last snapshot of what a chain was before a transaction',
    })
    .input(z.object({ network, hash }))
    .output(beforeTransaction),
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
      summary: 'One block with some of its transactions',
    })
    .input(blockInput)
    .output(blockDetail),
  address: reads
    .errors(errors('CONTRACT_AMBIGUOUS'))
    .route({
      method: 'GET',
      path: '/networks/{network}/addresses/{address}',
      summary: 'What stands at an address',
    })
    .input(z.object({ network, address: addressOrName }))
    .output(addressDetail),
  addressTransactions: reads
    .errors(errors('CONTRACT_AMBIGUOUS'))
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
