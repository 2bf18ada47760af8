import { z } from 'zod';
import { address } from '../../../shared/address.ts';
import { deploymentRef } from '../../../shared/refs.ts';
import { contract } from '../../../shared/result.ts';
import { abiSource } from '../../abi-sources/contract.ts';
import { artifactRef } from '../../artifacts/contract.ts';
import { projectRef } from '../../projects/contract.ts';
import { contractRef, network } from './ref.ts';

/** A contract that is on its network now, and the run that made it. */
export const liveContract = contract.omit({ elsewhere: true }).extend({
  label: z.string().nullable().describe('what the user calls it, or the project'),
  deployment: deploymentRef.extend({ createdAt: z.int().describe('Unix time, ms') }),
});
export type LiveContract = z.infer<typeof liveContract>;

/** One that the user has named: no deployment here has made it. */
export const addedContract = z.object({
  network: z.string(),
  address: z.string(),
  name: z.string(),
  addedAt: z.int().describe('Unix time, ms'),
});
export type AddedContract = z.infer<typeof addedContract>;

export const addedNow = addedContract.extend({
  logic: z.array(addedContract).describe('what runs behind a proxy now, added with it'),
});
export type AddedNow = z.infer<typeof addedNow>;

const upstream = {
  upstream: z
    .string()
    .nullable()
    .describe('chain that the network forks from, which had it before; null: it is of its own'),
};

const pinned = { pinned: z.boolean().describe('at the top of lists') };

export const liveContracts = z.object({
  contracts: z
    .array(liveContract.extend({ ...pinned, ...upstream }))
    .describe('newest deployment first; those that a fork began with come last'),
  total: z.int().describe('of all that match, also beyond the limit'),
  added: z
    .array(addedContract.extend(pinned))
    .describe('those that the user has added; none for a project'),
});
export type LiveContracts = z.infer<typeof liveContracts>;

export const liveContractsInput = z.object({
  project: projectRef.optional(),
  target: z.string().min(1).max(200).optional().describe('name of a network'),
  limit: z.int().min(1).max(10_000).default(1000),
});
export type LiveContractsInput = z.infer<typeof liveContractsInput>;

export const addedName = z
  .string()
  .regex(
    /^[^\s\p{C}.-][^\s\p{C}.]{0,99}$/u,
    'give a name without spaces and dots, at most 100 characters',
  )
  .refine((name) => !/^(0x|\d+$)/i.test(name), 'give a name that is no number and no address');

export const addInput = z.object({
  network,
  address,
  name: addedName
    .optional()
    .describe('default: that of the compiled contract, or the verified one'),
  abi: z
    .array(z.looseObject({ type: z.string() }))
    .max(3000)
    .optional()
    .describe('as compilers write it'),
  artifact: artifactRef.optional().describe('a compiled contract that it is one of'),
  from: abiSource
    .optional()
    .describe('ask there for the ABI, of a proxy also for that of what runs behind it'),
});
export type AddInput = z.infer<typeof addInput>;

export const pin = z.object({ network: z.string(), address: z.string(), pinned: z.boolean() });
export type Pin = z.infer<typeof pin>;

export const pinInput = contractRef.extend({ pinned: z.boolean().default(true) });
export type PinInput = z.infer<typeof pinInput>;
