import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { errors, procedure } from '../../kit/procedure.ts';
import { projectRef } from '../projects/contract.ts';

const bytes = z.int().nonnegative();
const time = z.int().describe('Unix time, ms');

export const imageUser = z.object({
  kind: z.enum(['workspace', 'chain', 'other']),
  /** Of the project or the chain; otherwise of the container. */
  name: z.string(),
  running: z.boolean(),
});
export type ImageUser = z.infer<typeof imageUser>;

export const image = z.object({
  tag: z.string(),
  kind: z.string().describe('foundry, hardhat, or project: from a Dockerfile of its own'),
  projects: z.array(z.string()).describe('that have chosen it with a Dockerfile of their own'),
  /** Whether Docker has it; if not, the next use builds it. */
  present: z.boolean(),
  /** Whether the next use would take it; others were made from what has changed since. */
  current: z.boolean(),
  version: z.string().nullable().describe("Drydock's, that made it"),
  bytes,
  ownBytes: bytes.describe('what its removal frees; an upper limit before Docker 23'),
  createdAt: time.nullable(),
  buildMs: z.number().nullable().describe('so long its last build took'),
  hits: z.int().describe('times that it was there when it was needed'),
  misses: z.int().describe('times that it had to be built first'),
  lastUsedAt: time.nullable(),
  usedBy: z.array(imageUser).describe('containers made from it; they keep it from being removed'),
});
export type Image = z.infer<typeof image>;

export const cacheState = z.object({
  enabled: z.boolean().describe('false with CONTAINER_REUSE_ENABLED=false'),
  backend: z.enum(['redis', 'embedded']).describe('where the numbers are read from'),
  url: z.string().nullable().describe('REDIS_URL without its secrets'),
  problem: z.string().nullable().describe('why the embedded one stands in'),
  maxAgeMs: z.int().describe('images unused for so long are removed, CONTAINER_CACHE_MAX_AGE'),
  hits: z.int(),
  misses: z.int(),
});

export const status = z.object({
  images: z.array(image),
  /** Why Docker can't be asked, and what to do; null when it answers. */
  problem: z.string().nullable(),
  bytes: bytes.describe('of all of them, what they share counted once for each'),
  freeableBytes: bytes.describe('what "clear" would free'),
  cache: cacheState,
});
export type ImagesStatus = z.infer<typeof status>;

export const removal = z.object({
  removed: z.array(z.string()),
  freedBytes: bytes,
  kept: z.array(z.object({ tag: z.string(), reason: z.string() })),
});
export type Removal = z.infer<typeof removal>;

export const buildInput = z.object({
  /** Of a project's own Dockerfile; it may be left out for the standard ones. */
  project: projectRef.optional(),
  kind: z.enum(['foundry', 'hardhat']).default('foundry').describe('unless a project is given'),
  fresh: z.boolean().default(false).describe('take no step from an earlier build'),
});
export type BuildInput = z.infer<typeof buildInput>;

export const buildLine = z.object({
  seq: z.int().describe('from 1'),
  at: time,
  text: z.string(),
});
export type BuildLine = z.infer<typeof buildLine>;

const asks = procedure.errors(errors('ENGINE_UNAVAILABLE'));

/** Images that Drydock has made, by label and tag; others are neither shown nor touched. */
export const images = {
  status: procedure
    .route({ method: 'GET', path: '/images', summary: 'Images, their use, and what can be freed' })
    .output(status),
  build: asks
    .errors(errors('PROJECT_NOT_FOUND', 'IMAGE_BUILD_FAILED', 'DOCKERFILE_UNUSABLE'))
    .route({
      method: 'POST',
      path: '/images/build',
      summary: 'Build one now; answers its lines as they come, and goes on when nobody listens',
    })
    .input(buildInput)
    .output(eventIterator(z.array(buildLine))),
  remove: asks
    .errors(errors('IMAGE_NOT_FOUND', 'IMAGE_IN_USE'))
    .route({ method: 'POST', path: '/images/remove', summary: 'Remove one that nothing uses' })
    .input(z.object({ image: z.string().min(1).max(300).describe('its tag') }))
    .output(removal),
  clear: asks
    .route({
      method: 'POST',
      path: '/images/clear',
      summary: 'Remove all that no container uses, with their hits and misses',
    })
    .output(removal),
  cleanUp: asks
    .route({
      method: 'POST',
      path: '/images/cleanup',
      summary: 'Remove those that were not used for long and are not current, as happens hourly',
    })
    .output(removal),
};
