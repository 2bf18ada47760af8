import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { errors, procedure } from '../../shared/procedure.ts';

const bytes = z.int().nonnegative();

/** A container that Drydock made. Others are neither shown nor touched. */
export const container = z.object({
  id: z.string(),
  name: z.string(),
  kind: z
    .enum(['workspace', 'chain', 'app'])
    .describe('of a project, of a chain, or of what a deployment runs'),
  title: z.string().describe('name of the project, chain or app, as far as it is known'),
  project: z.int().nullable().describe('id; null: none of this data folder'),
  chain: z.string().nullable().describe('name; null: none of this data folder'),
  state: z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']),
  status: z.string().describe("in the daemon's words, e.g. Up 3 minutes"),
  health: z
    .enum(['healthy', 'unhealthy'])
    .nullable()
    .describe('a chain answers RPC, a workspace runs commands; null when it does not run'),
  image: z.string(),
  createdAt: z.int().describe('Unix time, ms'),
  ports: z.array(z.object({ host: z.int(), container: z.int() })).describe('on 127.0.0.1'),
  dataFolder: z.string(),
  own: z.boolean().describe('of this data folder; those of others can only be looked at'),
  orphan: z.string().nullable().describe('why nothing knows of it any more; null: something does'),
  usedBy: z.string().nullable().describe('the run that is in it now, e.g. vault #3'),
});
export type Container = z.infer<typeof container>;

export const containerStats = z.object({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  kind: container.shape.kind,
  at: z.int().describe('Unix time, ms'),
  cpuPercent: z.number().describe('100 is one core'),
  memoryBytes: bytes,
  memoryLimitBytes: bytes,
  received: z.number().describe('bytes per second'),
  sent: z.number().describe('bytes per second'),
  diskRead: bytes.describe('since its start'),
  diskWritten: bytes.describe('since its start'),
  pids: z.int(),
});
export type ContainerStats = z.infer<typeof containerStats>;

const space = z.object({
  count: z.int(),
  bytes,
  freeableBytes: bytes.describe('what nothing needs now'),
});
export type Space = z.infer<typeof space>;

export const diskUse = z.object({
  images: space,
  containers: space,
  volumes: space,
  buildCache: space.describe('of everybody who builds with this daemon'),
});

export const cleaned = z.object({
  dryRun: z.boolean(),
  containers: z.array(z.object({ id: z.string(), name: z.string(), reason: z.string() })),
  volumes: z.array(z.object({ name: z.string(), reason: z.string() })),
  networks: z.array(z.object({ id: z.string(), name: z.string(), reason: z.string() })),
  bytes: bytes.describe('of the volumes'),
});
export type Cleaned = z.infer<typeof cleaned>;

const ref = z.object({
  container: z
    .string()
    .min(1)
    .max(300)
    .describe('id, at least 4 digits of it, name, or the name of the project or chain'),
});

const some = procedure.errors(errors('ENGINE_UNAVAILABLE'));
const one = some.errors(errors('CONTAINER_NOT_FOUND'));
const own = one.errors(errors('CONTAINER_FOREIGN', 'CONTAINER_BUSY'));
/** The errors of stopping a chain. */
const ending = own.errors(errors('CHAIN_BUSY', 'CHAIN_CALL_FAILED'));

export const containers = {
  list: some
    .route({ method: 'GET', path: '/containers', summary: 'Our containers, by name' })
    .output(z.array(container)),
  stats: one
    .route({
      method: 'GET',
      path: '/container-stats',
      summary: 'What they use, about once a second, one batch each; goes on without a daemon',
    })
    .input(ref.partial())
    .errors(errors('TOO_MANY_STREAMS'))
    .output(eventIterator(z.array(containerStats))),
  statsOnce: one
    .route({ method: 'GET', path: '/container-stats/now', summary: 'What they use right now' })
    .input(ref.partial())
    .output(z.array(containerStats)),
  logs: one
    .route({
      method: 'GET',
      path: '/containers/{container}/logs',
      summary:
        'Its last lines, then those to come, in batches; goes on when it, or Docker, is back',
    })
    .input(
      ref.extend({
        tail: z.int().min(0).max(10_000).default(1000),
        follow: z.boolean().default(true),
      }),
    )
    .errors(errors('TOO_MANY_STREAMS'))
    .output(eventIterator(z.array(z.string()))),
  stop: ending
    .route({ method: 'POST', path: '/containers/{container}/stop', summary: 'Stop one' })
    .input(ref)
    .output(container.describe('as it was before')),
  remove: ending
    .route({
      method: 'DELETE',
      path: '/containers/{container}',
      summary: 'Stop and remove one; a workspace is made again when it is needed',
    })
    .input(ref)
    .output(container.describe('as it was before')),
  cleanup: some
    .route({
      method: 'POST',
      path: '/containers/cleanup',
      summary:
        'Remove what nothing knows of any more: containers, volumes and networks of removed projects and chains and of gone data folders',
    })
    .input(z.object({ dryRun: z.boolean().default(false) }))
    .output(cleaned),
  diskUse: some
    .route({ method: 'GET', path: '/containers/disk-use', summary: 'Disk use in the daemon' })
    .output(diskUse),
};
