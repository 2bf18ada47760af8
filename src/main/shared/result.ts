import { z } from 'zod';

const where = {
  chainId: z
    .int()
    .nullable()
    .default(null)
    .describe('null in records of older versions: that of the run'),
  elsewhere: z
    .string()
    .nullable()
    .default(null)
    .describe(
      'where it went instead of the network of the run: the name of a network, or a host and port',
    ),
};

export const transaction = z.object({
  ...where,
  /** Position in the run, from 0. */
  index: z.int(),
  kind: z.enum(['create', 'create2', 'call']),
  contractName: z.string().nullable(),
  /** The contract created or called. */
  address: z.string().nullable(),
  function: z.string().nullable(),
  arguments: z.array(z.string()),
  from: z.string(),
  nonce: z.int().nullable(),
  value: z.string().describe('wei'),
  hash: z.string().nullable(),
  blockNumber: z.int().nullable(),
  gasUsed: z.string().nullable(),
  gasPrice: z.string().nullable().describe('wei'),
  status: z.enum(['queued', 'pending', 'success', 'reverted']),
  /** The hash was found on the chain under this sender and nonce. */
  verified: z.boolean(),
});
export type Transaction = z.infer<typeof transaction>;

/** How far the transactions of a run have come. */
export const transactionCounts = z.object({
  planned: z.int().describe('what the simulation made'),
  sent: z.int().describe('those of them that a network was given'),
  mined: z.int().describe('those of them that are in a block, reverted ones too'),
});
export type TransactionCounts = z.infer<typeof transactionCounts>;

export const contract = z.object({
  ...where,
  name: z.string().nullable().describe('null when no artifact matches the code'),
  label: z
    .string()
    .nullable()
    .default(null)
    .describe('what the project calls it, e.g. a future of a module; null: nothing of its own'),
  address: z.string(),
  transactionHash: z.string(),
  blockNumber: z.int(),
  /** Created by another contract of the run rather than by a transaction of its own. */
  nested: z.boolean(),
  /** Code was found at the address when the run was recorded. */
  verified: z.boolean(),
});
export type Contract = z.infer<typeof contract>;

/** How the contracts of a run were found, from the most complete to the least. */
export const contractsSource = z
  .enum(['trace', 'replay', 'tool', 'receipt'])
  .nullable()
  .default(null)
  .describe(
    'how the contracts were found: `trace` of every transaction, `replay` of transactions on a fork, the files of the `tool`, or the `receipt` of every transaction, which names none that another contract created; null: not recorded',
  );
export type ContractsSource = z.infer<typeof contractsSource>;

/** What a run on a chain has made. */
export const contractsResult = z.object({
  family: z.literal('contracts'),
  chainId: z.int().nullable().describe('of the network; null: not known yet'),
  sender: z.string().nullable().describe('the address that sends; null: not known yet'),
  source: contractsSource,
  transactions: z.array(transaction),
  contracts: z.array(contract),
});
export type ContractsResult = z.infer<typeof contractsResult>;

export const service = z.object({
  name: z.string(),
  url: z.string().nullable().describe('where it is reached on this machine; null: no port'),
  container: z.string().describe('its name'),
  containerId: z.string(),
  image: z.string().describe('its id, or name'),
  port: z.int().nullable().describe('of 127.0.0.1'),
  health: z.enum(['starting', 'healthy', 'unhealthy', 'stopped']),
  release: z.int().describe('number of the deployment that made it, within the project'),
});
export type Service = z.infer<typeof service>;

/** What a run on the container engine has made. */
export const servicesResult = z.object({
  family: z.literal('services'),
  services: z.array(service),
});
export type ServicesResult = z.infer<typeof servicesResult>;

/** What came out of a run, by family. */
export const result = z.discriminatedUnion('family', [contractsResult, servicesResult]);
export type Result = z.infer<typeof result>;

/** What lists show of a result, by family. */
export const contractsSummary = contractsResult
  .pick({ family: true, chainId: true, sender: true, source: true })
  .extend({
    contractCount: z.int(),
    transactionCounts,
    gasUsed: z.string().nullable().describe('by all transactions that are in a block'),
  });
export type ContractsSummary = z.infer<typeof contractsSummary>;

export const servicesSummary = z.object({
  family: z.literal('services'),
  services: z.array(service.pick({ name: true, url: true, health: true })),
});

export const summary = z.discriminatedUnion('family', [contractsSummary, servicesSummary]);
export type Summary = z.infer<typeof summary>;
