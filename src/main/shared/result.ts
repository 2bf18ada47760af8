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

export const countsOf = (transactions: readonly Transaction[]): TransactionCounts => ({
  planned: transactions.length,
  sent: transactions.filter((t) => t.hash !== null).length,
  mined: transactions.filter((t) => t.blockNumber !== null).length,
});

/** `3 transactions` when all are mined, else e.g. `2 of 3 planned transactions, 1 mined`. */
export function sentWords({ planned, sent, mined }: TransactionCounts): string {
  const some = sent === planned ? `${sent}` : `${sent} of ${planned} planned`;
  const words = `${some} transaction${planned === 1 ? '' : 's'}`;
  return mined === sent ? words : `${words}, ${mined} mined`;
}

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

export function summaryOf(result: Result): Summary {
  switch (result.family) {
    case 'contracts':
      return {
        family: 'contracts',
        chainId: result.chainId,
        sender: result.sender,
        source: result.source,
        contractCount: result.contracts.length,
        transactionCounts: countsOf(result.transactions),
        gasUsed: gasOf(result.transactions),
      };
    case 'services':
      return {
        family: 'services',
        services: result.services.map(({ name, url, health }) => ({ name, url, health })),
      };
  }
}

/** Sum over all receipts, as a decimal; null before there is one. */
export function gasOf(transactions: readonly Transaction[]): string | null {
  const used = transactions.flatMap((t) => (t.gasUsed === null ? [] : [BigInt(t.gasUsed)]));
  return used.length === 0 ? null : used.reduce((sum, gas) => sum + gas, 0n).toString();
}

/** The summary of a run on a chain; null for any other, and before anything is known. */
export const contractsOf = (summary: Summary | null): ContractsSummary | null =>
  summary?.family === 'contracts' ? summary : null;

/** The same of a whole result. */
export const contractsResultOf = (result: Result | null): ContractsResult | null =>
  result?.family === 'contracts' ? result : null;

/** The same of a run on the container engine. */
export const servicesResultOf = (result: Result | null): ServicesResult | null =>
  result?.family === 'services' ? result : null;

/** `2 contracts`, `1 service`: what came out, in two words; empty when that can't be told. */
export function resultWords(summary: Summary | null): string {
  const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  switch (summary?.family) {
    case 'contracts':
      return count(summary.contractCount, 'contract');
    case 'services':
      return count(summary.services.length, 'service');
    default:
      return '';
  }
}
