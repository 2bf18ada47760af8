import { z } from 'zod';
import { errors, procedure } from '../../shared/procedure.ts';
import { deploymentRef } from '../../shared/refs.ts';
import { contract } from '../../shared/result.ts';
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

/** What deployments have put on networks. */
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
};
