import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure, streamProcedure } from '../../shared/procedure.ts';

/** The Docker daemon, as it was when it was last looked at. */
export const docker = z.object({
  status: z
    .enum(['unknown', 'missing', 'denied', 'unsupported', 'ready'])
    .describe('unsupported: too old, or not for Linux containers'),
  endpoint: z.string().nullable(),
  source: z.string().nullable().describe('where the address comes from, in words'),
  version: z.string().nullable(),
  rootless: z.boolean(),
  os: z.string().nullable(),
  problem: z.string().nullable().describe('what is the matter and what to do'),
  lost: z.boolean().describe('it was there, and is looked for until it is back'),
});
export type DockerInfo = z.infer<typeof docker>;

export const info = z.object({
  version: z.string(),
  dataFolder: z.string(),
  engine: z.enum(['process', 'docker']).describe('what a new chain or deployment would run on'),
  wantedEngine: z.enum(['auto', 'process', 'docker']).describe('as the settings say'),
  docker,
  pid: z.int(),
  /** What this connection can do that others can't. */
  canPickFolder: z.boolean(),
  canNotify: z.boolean().describe('the page itself need not'),
  databaseBytes: z.int(),
  /** Whether the data folder takes what is written to it; gone: it was moved or deleted. */
  storage: z.enum(['ok', 'full', 'read-only', 'gone']),
  backedUpAt: z.int().nullable().describe('the newest backup; Unix time, ms'),
});
export type Info = z.infer<typeof info>;

/** What changed; a reader asks again for what it shows. */
export const change = z.object({
  topic: z.enum([
    'projects',
    'networks',
    'chains',
    'snapshots',
    'deployments',
    'deployDefaults',
    'variables',
    'settings',
    'repairs',
    'data',
    'terminals',
    'webhooks',
    'addressBook',
    'accounts',
    'savedCalls',
    'contracts',
    'artifacts',
    'images',
    'engine',
    'containers',
    'updates',
    'tools',
    'watches',
    'keys',
    'reviews',
    'audit',
    'tokens',
  ]),
  /** Name of the chain or network, or id of the project or deployment; absent: any. */
  key: z.union([z.string(), z.int()]).optional(),
});
export type Change = z.infer<typeof change>;

export const app = {
  info: procedure.route({ method: 'GET', path: '/info', summary: 'This core' }).output(info),
  changes: streamProcedure
    .route({ method: 'GET', path: '/changes', summary: 'A word whenever something changes' })
    .output(eventIterator(z.array(change))),
};
