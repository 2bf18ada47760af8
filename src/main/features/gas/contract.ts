import { z } from 'zod';
import { isInOrder, NOT_IN_ORDER } from '../../shared/block-range.ts';
import { errors, procedure } from '../../shared/procedure.ts';
import { deploymentRef } from '../../shared/refs.ts';
import { stopped } from '../explorer/contract/ref.ts';

const amount = z.int().nonnegative();

/** Of all calls that did not fail. */
export const gasFigures = z.object({
  min: amount,
  median: amount,
  mean: amount.describe('rounded'),
  max: amount,
  total: amount.describe('what a function took within itself counts once'),
});
export type GasFigures = z.infer<typeof gasFigures>;

const gasKey = z.object({
  kind: z.enum(['call', 'creation']),
  contract: z
    .string()
    .nullable()
    .describe('name; of a proxy, of the logic that ran. null: it is not known'),
  project: z.string().nullable().describe('that has compiled it; null: it is not known'),
  address: z.string().nullable().describe('of a contract without a known name'),
  through: z
    .string()
    .nullable()
    .describe(
      'the proxy that was called, by its name or kind; what its logic took is a row of its own. Of a creation: it was that of a clone',
    ),
  function: z.string().describe('e.g. transfer(address,uint256); the selector when none fits'),
});
export type GasKey = z.infer<typeof gasKey>;

/** The names that contracts of several projects have. */
export function namesOfSeveral(rows: readonly GasKey[]): ReadonlySet<string> {
  const projects = new Map<string, string | null>();
  const several = new Set<string>();
  for (const { contract, project } of rows) {
    if (contract === null) continue;
    if (projects.has(contract) && projects.get(contract) !== project) several.add(contract);
    projects.set(contract, project);
  }
  return several;
}

const gasCount = z.object({
  calls: z.int().describe('those included that failed'),
  failed: z.int(),
  gas: gasFigures
    .nullable()
    .describe(
      'with all that was called; of the call that is a transaction also what that costs itself. null: all failed',
    ),
  own: gasFigures.nullable().describe('without the contracts that it called'),
  codeSize: z.int().nullable().describe('of what was created, bytes; the largest'),
});
export type GasCount = z.infer<typeof gasCount>;

export const gasRow = gasKey.extend(gasCount.shape);
export type GasRow = z.infer<typeof gasRow>;

export const gasReport = z.object({
  network: z.string(),
  deployment: deploymentRef.nullable(),
  commit: z.string().nullable().describe('that was deployed'),
  fromBlock: z.int().nullable(),
  toBlock: z.int().nullable(),
  transactions: z.int().describe('whose calls are counted'),
  gasUsed: amount.describe('of these transactions together'),
  untraced: z.int().describe('transactions whose calls are not known'),
  stopped,
  truncated: z.boolean().describe('there were more than are counted: the newest ones are'),
  rows: z.array(gasRow).describe('what took most in total first'),
});
export type GasReport = z.infer<typeof gasReport>;

const difference = z.object({
  gas: z.int().describe('of the means'),
  percent: z.number().nullable().describe('null: there was none before'),
});
export type GasDifference = z.infer<typeof difference>;

export const gasChange = gasKey.extend({
  change: z.enum(['added', 'removed', 'changed', 'same']).describe('of mean and code size'),
  before: gasCount.nullable(),
  after: gasCount.nullable(),
  difference: difference.nullable().describe('null: one of both has none that went through'),
});
export type GasChange = z.infer<typeof gasChange>;

const side = gasReport.omit({ rows: true });
export const gasComparison = z.object({
  before: side,
  after: side,
  difference: difference.describe('of the gas of all transactions'),
  rows: z.array(gasChange).describe('what changed most first'),
});
export type GasComparison = z.infer<typeof gasComparison>;

const deployment = z
  .string()
  .regex(/^[0-9a-fA-F]{1,40}$/, 'give the id of a deployment, or the first digits of a commit')
  .describe(
    'id of a deployment, or at least 4 digits of a commit: the latest deployment made at it',
  );

const block = z.int().nonnegative();

export const gasReportInput = z
  .object({
    deployment: deployment.optional().describe('what it has sent'),
    network: z.string().min(1).max(200).optional().describe('default: local'),
    fromBlock: block.optional(),
    toBlock: block.optional(),
  })
  .refine(
    ({ deployment, network, fromBlock, toBlock }) =>
      deployment === undefined || (network ?? fromBlock ?? toBlock) === undefined,
    { message: 'give either a deployment or a network with blocks', path: ['deployment'] },
  )
  .refine(isInOrder, NOT_IN_ORDER);
export type GasReportInput = z.infer<typeof gasReportInput>;

export const gasCompareInput = z.object({ before: deployment, after: deployment });
export type GasCompareInput = z.infer<typeof gasCompareInput>;

/** The gas of calls by contract and function. */
export const gas = {
  report: procedure
    .errors(errors('DEPLOYMENT_NOT_FOUND', 'NETWORK_NOT_FOUND'))
    .route({
      method: 'GET',
      path: '/gas',
      summary: 'Gas by contract and function: of a deployment, of blocks, or of a whole chain',
    })
    .input(gasReportInput)
    .output(gasReport),
  compare: procedure
    .errors(errors('DEPLOYMENT_NOT_FOUND'))
    .route({
      method: 'GET',
      path: '/gas/compare',
      summary: 'The gas of two deployments or commits side by side',
    })
    .input(gasCompareInput)
    .output(gasComparison),
};
