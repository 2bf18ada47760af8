import { z } from 'zod';

export const codeFacts = z.object({
  /** keccak-256 of the runtime code. */
  hash: z.string(),
  /** The same without the metadata at its end, which changes with any comment or path. */
  bareHash: z.string(),
  bytes: z.int(),
  compiler: z.string().nullable().describe('e.g. solc 0.8.30, as the code itself says'),
});
export type CodeFacts = z.infer<typeof codeFacts>;

const contractSide = z.object({
  address: z.string(),
  code: codeFacts.nullable(),
  /** Where `code` comes from, or why there is none. */
  codeFrom: z.string(),
  arguments: z.array(z.string()).nullable().describe('null for nested contracts'),
  gasUsed: z.string().nullable(),
});
export type ContractSide = z.infer<typeof contractSide>;

const contractDiff = z.object({
  /** With a suffix from the second of the same name on. */
  name: z.string(),
  a: contractSide.nullable(),
  b: contractSide.nullable(),
  /** What differs: `metadata` stands for code that differs in nothing else. */
  changes: z.array(
    z.enum(['added', 'removed', 'address', 'code', 'metadata', 'compiler', 'arguments', 'gas']),
  ),
});
export type ContractDiff = z.infer<typeof contractDiff>;

const callDiff = z.object({
  /** `Contract.function(args)`, or a transfer. */
  name: z.string(),
  a: z.string().nullable(),
  b: z.string().nullable(),
  gasA: z.string().nullable(),
  gasB: z.string().nullable(),
  changed: z.boolean(),
});

/** What differs between what two runs made; empty where neither run was on a chain. */
export const contractsDiff = z.object({
  contracts: z.array(contractDiff),
  calls: z.array(callDiff),
});
export type ContractsDiff = z.infer<typeof contractsDiff>;

/** What of a run its chain has now; empty for a run of another family. */
export const contractsCheck = z.object({
  contracts: z.array(
    z.object({
      name: z.string().nullable(),
      address: z.string(),
      present: z.boolean().nullable().describe('null: not known'),
      /** The code is that which the run left there; null when that was not recorded. */
      sameCode: z.boolean().nullable(),
    }),
  ),
});
export type ContractsCheck = z.infer<typeof contractsCheck>;

/** Files of addresses: of one run, or of all that is live on a network. */
export const addressFormats = ['addresses', 'ts', 'env'] as const;

export const contractFormats = ['csv', ...addressFormats] as const;

/** Kept of a run beside its result. */
export const contractsRecord = z.object({
  code: z.record(z.string(), codeFacts).describe('of its contracts, by address'),
});
