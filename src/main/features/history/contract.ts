import { z } from 'zod';
import {
  exported,
  factDiff,
  liveFormat,
  resultCheck,
  resultDiff,
  resultFormat,
  resultRecord,
} from '../../families/contract.ts';
import { commitRange } from '../../shared/commit-range.ts';
import { errors, procedure } from '../../shared/procedure.ts';
import { deployment, deploymentDetail, listStatus, trigger } from '../deployments/contract.ts';
import { projectRef } from '../projects/contract.ts';

export const tag = z
  .string()
  .min(1)
  .max(40)
  .regex(/^[^\s,]+$/, 'give one word without commas');

/** A deployment as the history lists it, with its pin, note and tags. */
export const historyItem = deployment
  .pick({
    id: true,
    number: true,
    project: true,
    kind: true,
    family: true,
    target: true,
    title: true,
    status: true,
    live: true,
    commit: true,
    branch: true,
    dirty: true,
    createdAt: true,
    startedAt: true,
    endedAt: true,
    summary: true,
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
  target: z.string().min(1).max(200).optional(),
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
  from: z.int().nonnegative().optional().describe('requested at or after it, Unix time, ms'),
  to: z.int().nonnegative().optional().describe('requested before it, Unix time, ms'),
});
export type HistoryFilter = z.infer<typeof historyFilter>;

const before = z.int().positive().optional().describe('only ids below this one');

export const historyCount = z.object({
  n: z.int(),
  /** False: there are at least this many; counting all would take too long. */
  exact: z.boolean(),
});
export type HistoryCount = z.infer<typeof historyCount>;

export const searchHit = z.object({
  deployment: historyItem,
  /** Where it was found: in a line of the log, or in other data of the deployment. */
  where: z.enum(['log', 'record']),
  /** Journal sequence of the line to jump to; null when the hit isn't in the log. */
  seq: z.int().nullable(),
  snippet: z.string().describe('without ANSI colours'),
  /** The parts of the snippet that match the search: start and end, in UTF-16 units. */
  marks: z.array(z.tuple([z.int(), z.int()])),
});
export type SearchHit = z.infer<typeof searchHit>;

export const deploymentDiff = z.object({
  a: historyItem,
  b: historyItem,
  facts: z.array(factDiff),
  ...resultDiff.shape,
  environment: z.object({
    a: z.array(z.string()).nullable().describe('names only; null when not recorded'),
    b: z.array(z.string()).nullable(),
    added: z.array(z.string()),
    removed: z.array(z.string()),
  }),
  commits: commitRange,
  same: z.boolean().describe('only times and hashes differ'),
});
export type DeploymentDiff = z.infer<typeof deploymentDiff>;

export const liveCheck = z.object({
  id: z.int(),
  target: z.string(),
  checkedAt: z.int().describe('Unix time, ms'),
  ...resultCheck.shape,
});
export type LiveCheck = z.infer<typeof liveCheck>;

export const exportFormat = z.enum(['json', ...resultFormat.options]);
export type ExportFormat = z.infer<typeof exportFormat>;

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
         * May be fewer than `limit` although more exist: a page holds what was found within a few
         * milliseconds. Nothing more exists when `next` is null.
         */
        items: z.array(historyItem),
        /** Pass as `before` (or `after`, when that was given) to continue; null at the end. */
        next: z.int().nullable(),
        count: historyCount.nullable(),
      }),
    ),
  search: procedure
    .errors(errors('PROJECT_NOT_FOUND'))
    .route({
      method: 'GET',
      path: '/history/search',
      summary: 'Search logs, contracts, hashes and notes; every word must match',
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
        /** May be fewer than `limit`, or none, although more exist: see `next`. */
        hits: z.array(searchHit).describe('newest first, one for each deployment'),
        /** Pass as `cursor` to continue; null when everything has been searched. */
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
      summary: 'Existing tags and branches, for filters; at most 200 each',
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
  mark: one
    .route({
      method: 'POST',
      path: '/history/marks',
      summary: 'Pin, unpin or tag several at once: all of them, or none where one is not there',
    })
    .input(
      z.object({
        ids: z.array(z.int().positive()).min(1).max(1000),
        pinned: z.boolean().optional().describe('as it is where left out'),
        add: z.array(tag).max(50).default([]),
        remove: z.array(tag).max(50).default([]),
      }),
    )
    .output(z.array(historyItem).describe('newest first')),
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
          .describe('`all` also has the command, notes and warnings of Drydock'),
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
      summary: 'Ask the chain or the engine whether its result is still there',
    })
    .input(id)
    .output(liveCheck),
  diff: one
    .route({
      method: 'GET',
      path: '/history/{a}/diff/{b}',
      summary: 'Differences between two deployments',
    })
    .input(z.object({ a: z.int().positive(), b: z.int().positive() }))
    .output(deploymentDiff),
  export: one
    .route({
      method: 'GET',
      path: '/history/{id}/export',
      summary:
        'One deployment as JSON; its contracts as CSV, addresses.json, TypeScript or .env; its services as .env',
    })
    .input(id.extend({ format: exportFormat }))
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
        format: liveFormat.default('addresses'),
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
        /** Pass as `before` for the next part, which comes without a header; null at the end. */
        next: z.int().nullable(),
      }),
    ),
};

/** `history.export` as JSON. */
export const exportedDeployment = deploymentDetail.extend({
  pinned: z.boolean(),
  note: z.string(),
  tags: z.array(z.string()),
  ...resultRecord.shape,
});
export type ExportedDeployment = z.infer<typeof exportedDeployment>;
