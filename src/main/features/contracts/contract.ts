import { z } from 'zod';
import { errors, procedure } from '../../shared/procedure.ts';
import { deploymentRef } from '../../shared/refs.ts';
import { contract } from '../../shared/result.ts';
import {
  decodedError,
  decodedEvent,
  decodedValues,
  transactionStatus,
} from '../explorer/contract.ts';
import { projectRef } from '../projects/contract.ts';

/** A contract that is on its network now, and the run that made it. */
export const liveContract = contract.omit({ elsewhere: true }).extend({
  deployment: deploymentRef.extend({ createdAt: z.int().describe('Unix time, ms') }),
});
export type LiveContract = z.infer<typeof liveContract>;

export const liveContracts = z.object({
  contracts: z.array(liveContract).describe('newest deployment first'),
  total: z.int().describe('of all that match, also beyond the limit'),
});
export type LiveContracts = z.infer<typeof liveContracts>;

export const liveContractsInput = z.object({
  project: projectRef.optional(),
  target: z.string().min(1).max(200).optional().describe('name of a network'),
  limit: z.int().min(1).max(10_000).default(1000),
});
export type LiveContractsInput = z.infer<typeof liveContractsInput>;

export const contractRef = z.object({
  network: z.string().min(1).max(200).default('local').describe('name of a network'),
  contract: z
    .string()
    .min(1)
    .max(500)
    .describe('address, name, or what the project calls it; with its project: vault.Token'),
});
export type ContractRef = z.infer<typeof contractRef>;

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
      'as typed: 12, 0x1f, 1.5ether, [1,2], (a,true); for an address also a name or the index of an account',
    ),
  from: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .describe('index of an account of the chain, address, or name of a contract'),
});

const transactionInput = callInput.extend({
  value: z.string().max(100).optional().describe('wei, or an amount with its unit: 1.5ether'),
});
export type CallInput = z.infer<typeof transactionInput>;

export const sendInput = transactionInput.extend({
  force: z.boolean().default(false).describe('also what would fail'),
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
  blockNumber: z.int(),
});
export type Simulation = z.infer<typeof simulation>;

export const sentCall = z.object({
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
});
export type SentCall = z.infer<typeof sentCall>;

const onNetwork = procedure.errors(
  errors(
    ...(['NETWORK_NOT_FOUND', 'CHAIN_NOT_RUNNING', 'RPC_UNREACHABLE'] as const),
    ...(['CONTRACT_NOT_FOUND', 'CONTRACT_AMBIGUOUS'] as const),
  ),
);
const calling = onNetwork.errors(
  errors('FUNCTION_NOT_FOUND', 'FUNCTION_AMBIGUOUS', 'BAD_ARGUMENT', 'CALL_REVERTED'),
);

/** What stands on networks: read, tried and called by name. */
export const contracts = {
  live: procedure
    .route({
      method: 'GET',
      path: '/contracts/live',
      summary: 'Contracts that are on their network now, of all projects or of one',
    })
    .input(liveContractsInput)
    .output(liveContracts)
    .errors(errors('PROJECT_NOT_FOUND')),
  read: calling
    .route({
      method: 'POST',
      path: '/contracts/read',
      summary: 'Call a function of a contract without sending anything',
    })
    .input(readInput)
    .output(contractValue),
  simulate: calling
    .route({
      method: 'POST',
      path: '/contracts/simulate',
      summary: 'What a call would do: whether it succeeds, its result, gas and events',
    })
    .input(transactionInput)
    .output(simulation),
  send: calling
    .errors(errors('CHAIN_BUSY', 'CHAIN_CALL_FAILED', 'CHAIN_NOT_FOUND', 'UNSUPPORTED'))
    .route({
      method: 'POST',
      path: '/contracts/send',
      summary: 'Call a contract in a transaction from any address of a local chain or a fork',
    })
    .input(sendInput)
    .output(sentCall),
  readAll: onNetwork
    .route({
      method: 'GET',
      path: '/contracts/values',
      summary: 'What all reading functions without arguments return',
    })
    .input(contractRef)
    .output(contractValues),
};
