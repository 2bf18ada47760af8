import { z } from 'zod';
import { errors, procedure } from '../../kit/procedure.ts';
import { deployment, deploymentDetail, listStatus, trigger } from '../deployments/contract.ts';
import { projectRef } from '../projects/contract.ts';

export const tag = z
  .string()
  .min(1)
  .max(40)
  .regex(/^[^\s,]+$/, 'give one word without commas');

/** A deployment as the history lists it, with what people said about it. */
export const historyItem = deployment
  .pick({
    id: true,
    number: true,
    project: true,
    network: true,
    chainId: true,
    status: true,
    live: true,
    script: true,
    signature: true,
    commit: true,
    branch: true,
    dirty: true,
    createdAt: true,
    startedAt: true,
    endedAt: true,
    contractCount: true,
    gasUsed: true,
    failure: true,
    trigger: true,
  })
  .extend({
    pinned: z.boolean(),
    note: z.string(),
    tags: z.array(z.string()).describe('sorted'),
  });
export type HistoryItem = z.infer<typeof historyItem>;

export const historyFilter = z.object({
  project: projectRef.optional(),
  network: z.string().min(1).max(200).optional(),
  status: z.array(listStatus).max(20).optional().describe('any of these'),
  branch: z.string().min(1).max(500).optional(),
  commit: z
    .string()
    .regex(/^[0-9a-fA-F]{1,40}$/, 'give the first digits of a commit')
    .optional(),
  trigger: trigger.optional(),
  tag: tag.optional(),
  pinned: z.boolean().optional(),
  live: z.boolean().optional(),
  from: z.int().nonnegative().optional().describe('asked for at or after it, Unix time, ms'),
  to: z.int().nonnegative().optional().describe('asked for before it, Unix time, ms'),
});
export type HistoryFilter = z.infer<typeof historyFilter>;

const before = z.int().positive().optional().describe('only ids below this one');

export const historyCount = z.object({
  n: z.int(),
  /** False: there are at least so many; counting them all would take too long. */
  exact: z.boolean(),
});
export type HistoryCount = z.infer<typeof historyCount>;

export const searchHit = z.object({
  deployment: historyItem,
  /** Where it was found: in a line of the log, or in what else is known of the deployment. */
  where: z.enum(['log', 'record']),
  /** Journal sequence of the line to jump to; null when it isn't in the log. */
  seq: z.int().nullable(),
  snippet: z.string().describe('without ANSI colours'),
  /** The parts of the snippet that were searched for: start and end, in UTF-16 units. */
  marks: z.array(z.tuple([z.int(), z.int()])),
});
export type SearchHit = z.infer<typeof searchHit>;

export const codeFacts = z.object({
  /** keccak-256 of the runtime code. */
  hash: z.string(),
  /** The same without the metadata at its end, which changes with any comment or path. */
  bareHash: z.string(),
  bytes: z.int(),
  compiler: z.string().nullable().describe('e.g. solc 0.8.30, as the code itself says'),
});
export type CodeFacts = z.infer<typeof codeFacts>;

const diffContract = z.object({
  address: z.string(),
  code: codeFacts.nullable(),
  /** Where `code` comes from, or why there is none. */
  codeFrom: z.string(),
  arguments: z.array(z.string()).nullable().describe('null for nested contracts'),
  gasUsed: z.string().nullable(),
});

export const contractDiff = z.object({
  /** With a suffix from the second of the same name on. */
  name: z.string(),
  a: diffContract.nullable(),
  b: diffContract.nullable(),
  /** What differs: `metadata` stands for code that differs in nothing else. */
  changes: z.array(
    z.enum(['added', 'removed', 'address', 'code', 'metadata', 'compiler', 'arguments', 'gas']),
  ),
});
export type ContractDiff = z.infer<typeof contractDiff>;

export const factDiff = z.object({
  name: z.string(),
  a: z.string().nullable(),
  b: z.string().nullable(),
  changed: z.boolean(),
});

export const callDiff = z.object({
  /** `Contract.function(args)`, or a transfer. */
  name: z.string(),
  a: z.string().nullable(),
  b: z.string().nullable(),
  gasA: z.string().nullable(),
  gasB: z.string().nullable(),
  changed: z.boolean(),
});

export const commitRange = z.object({
  a: z.string().nullable(),
  b: z.string().nullable(),
  /** In B and not in A, newest first; at most 200. */
  added: z.array(z.object({ commit: z.string(), subject: z.string() })),
  /** In A and not in B: B is older, or on another branch. */
  removed: z.array(z.object({ commit: z.string(), subject: z.string() })),
  truncated: z.boolean(),
  /** Why there is no list, or not the whole truth, as a sentence. */
  problem: z.string().nullable(),
});
export type CommitRange = z.infer<typeof commitRange>;

export const deploymentDiff = z.object({
  a: historyItem,
  b: historyItem,
  facts: z.array(factDiff),
  contracts: z.array(contractDiff),
  calls: z.array(callDiff),
  environment: z.object({
    a: z.array(z.string()).nullable().describe('names only; null when not recorded'),
    b: z.array(z.string()).nullable(),
    added: z.array(z.string()),
    removed: z.array(z.string()),
  }),
  commits: commitRange,
  same: z.boolean().describe('nothing but times and hashes differs'),
});
export type DeploymentDiff = z.infer<typeof deploymentDiff>;

export const liveCheck = z.object({
  id: z.int(),
  network: z.string(),
  checkedAt: z.int().describe('Unix time, ms'),
  /** `unknown` when the chain could not be asked; `problem` says why. */
  live: z.enum(['all', 'some', 'none', 'unknown']),
  problem: z.string().nullable(),
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
export type LiveCheck = z.infer<typeof liveCheck>;

const exported = z.object({
  /** A good name for the file. */
  name: z.string(),
  type: z.string().describe('media type'),
  text: z.string(),
});
export type Exported = z.infer<typeof exported>;

const id = z.object({ id: z.int().positive() });
const one = procedure.errors(errors('DEPLOYMENT_NOT_FOUND'));

export const history = {
  list: procedure
    .errors(errors('PROJECT_NOT_FOUND'))
    .route({ method: 'GET', path: '/history', summary: 'Deployments, newest first, filtered' })
    .input(
      historyFilter.extend({
        before,
        after: z
          .int()
          .nonnegative()
          .optional()
          .describe('only ids above this one: the page next to it, still newest first'),
        limit: z.int().min(1).max(500).default(50),
        count: z.boolean().default(true).describe('count them all as well'),
      }),
    )
    .output(
      z.object({
        /**
         * May be fewer than `limit` although there are more: a page is given as far as it was
         * found within a few milliseconds. There is nothing more when `next` is null.
         */
        items: z.array(historyItem),
        /** Pass as `before` (or `after`, when that was given) to go on; null at the end. */
        next: z.int().nullable(),
        count: historyCount.nullable(),
      }),
    ),
  search: procedure
    .errors(errors('PROJECT_NOT_FOUND'))
    .route({
      method: 'GET',
      path: '/history/search',
      summary: 'Search logs, contracts, hashes and notes; every word must be there',
    })
    .input(
      historyFilter.extend({
        text: z
          .string()
          .max(500)
          .describe('words, or "exact phrases"; each is found at the beginning of a word'),
        cursor: z.int().positive().optional().describe('`next` of the page before'),
        limit: z.int().min(1).max(100).default(20),
      }),
    )
    .output(
      z.object({
        /** May be fewer than `limit`, or none, although there are more: see `next`. */
        hits: z.array(searchHit).describe('newest first, one for each deployment'),
        /** Pass as `cursor` to go on; null when everything has been searched. */
        next: z.int().nullable(),
        /** Ended deployments that are not in the index yet; counted up to 1000. */
        unindexed: z.int(),
        /** Why nothing could be searched for, if so. */
        problem: z.string().nullable(),
      }),
    ),
  get: one
    .route({ method: 'GET', path: '/history/{id}', summary: 'One entry with its note and tags' })
    .input(id)
    .output(historyItem),
  options: procedure
    .route({
      method: 'GET',
      path: '/history/options',
      summary: 'Tags and branches there are, for filters; at most 200 each',
    })
    .output(
      z.object({
        tags: z.array(z.object({ tag: z.string(), count: z.int() })),
        branches: z.array(z.string()),
      }),
    ),
  pin: one
    .route({ method: 'POST', path: '/history/{id}/pin', summary: 'Pin or unpin a deployment' })
    .input(id.extend({ pinned: z.boolean().default(true) }))
    .output(historyItem),
  note: one
    .route({ method: 'POST', path: '/history/{id}/note', summary: 'Set its note; empty: none' })
    .input(id.extend({ note: z.string().max(10_000) }))
    .output(historyItem),
  tag: one
    .route({ method: 'POST', path: '/history/{id}/tags', summary: 'Add and remove tags' })
    .input(
      id.extend({
        add: z.array(tag).max(50).default([]),
        remove: z.array(tag).max(50).default([]),
      }),
    )
    .output(historyItem),
  log: one
    .route({
      method: 'GET',
      path: '/history/{id}/log',
      summary: 'The log as a text file',
    })
    .input(
      id.extend({
        stream: z
          .enum(['all', 'stdout', 'stderr'])
          .default('all')
          .describe('`all` has the command, notes and warnings of Drydock too'),
        timestamps: z.boolean().default(false).describe('ISO 8601, before each line'),
        ansi: z.boolean().default(false).describe('keep colours'),
      }),
    )
    .output(z.file()),
  live: one
    .errors(errors('NETWORK_NOT_FOUND'))
    .route({
      method: 'GET',
      path: '/history/{id}/live',
      summary: 'Ask the chain whether its contracts are there',
    })
    .input(id)
    .output(liveCheck),
  diff: one
    .route({
      method: 'GET',
      path: '/history/{a}/diff/{b}',
      summary: 'What differs between two deployments',
    })
    .input(z.object({ a: z.int().positive(), b: z.int().positive() }))
    .output(deploymentDiff),
  export: one
    .route({
      method: 'GET',
      path: '/history/{id}/export',
      summary: 'One deployment as JSON, CSV (its contracts), addresses.json, TypeScript or .env',
    })
    .input(id.extend({ format: z.enum(['json', 'csv', 'addresses', 'ts', 'env']) }))
    .output(exported),
  exportLive: procedure
    .errors(errors('NETWORK_NOT_FOUND'))
    .route({
      method: 'GET',
      path: '/networks/{network}/addresses',
      summary: 'Addresses of everything that is live on a network',
    })
    .input(
      z.object({
        network: z.string().min(1).max(200),
        format: z.enum(['addresses', 'ts', 'env']).default('addresses'),
      }),
    )
    .output(exported),
  exportList: procedure
    .errors(errors('PROJECT_NOT_FOUND'))
    .route({
      method: 'GET',
      path: '/history/export',
      summary: 'The list as CSV (RFC 4180), up to 10,000 rows at once',
    })
    .input(historyFilter.extend({ before, limit: z.int().min(1).max(10_000).default(1000) }))
    .output(
      exported.extend({
        /** Pass as `before` for what follows, which comes without a head; null at the end. */
        next: z.int().nullable(),
      }),
    ),
};

/** `history.export` as JSON. */
export const exportedDeployment = deploymentDetail.extend({
  pinned: z.boolean(),
  note: z.string(),
  tags: z.array(z.string()),
  code: z.record(z.string(), codeFacts).describe('by address'),
});
export type ExportedDeployment = z.infer<typeof exportedDeployment>;
