import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { errors, outputLine, procedure } from '../../shared/procedure.ts';
import { giveTrust, projectRef } from '../projects/contract.ts';

const bytes = z.int().nonnegative();
const time = z.int().describe('Unix time, ms');

export const imageUser = z.object({
  kind: z.enum(['workspace', 'chain', 'app', 'other']),
  /** Name of the project, the chain or the app; otherwise of the container. */
  name: z.string(),
  running: z.boolean(),
});
export type ImageUser = z.infer<typeof imageUser>;

export const image = z.object({
  tag: z.string(),
  kind: z
    .string()
    .describe('that of the projects that it is for; project: from a Dockerfile of its own'),
  label: z.string().nullable().describe('of a standard image'),
  projects: z
    .array(z.string())
    .describe('that have chosen it, by a Dockerfile of their own or by the version of a tool'),
  /** Whether Docker has it; if not, the next use builds it. */
  present: z.boolean(),
  /**
   * Whether the next use would take it; other images were made from inputs that have changed since.
   */
  current: z.boolean(),
  version: z.string().nullable().describe("Drydock's, that made it"),
  bytes,
  ownBytes: bytes.describe('what its removal frees; an upper limit before Docker 23'),
  createdAt: time.nullable(),
  buildMs: z.number().nullable().describe('duration of its last build'),
  hits: z.int().describe('how often it existed when it was needed'),
  misses: z.int().describe('how often it had to be built first'),
  lastUsedAt: time.nullable(),
  usedBy: z.array(imageUser).describe('containers made from it; they keep it from being removed'),
});
export type Image = z.infer<typeof image>;

export const cacheState = z.object({
  enabled: z.boolean().describe('false with CONTAINER_REUSE_ENABLED=false'),
  backend: z.enum(['redis', 'embedded']).describe('where the numbers are read from'),
  url: z.string().nullable().describe('REDIS_URL without its secrets'),
  problem: z.string().nullable().describe('why the embedded one is used instead'),
  maxAgeMs: z.int().describe('images unused for this long are removed, CONTAINER_CACHE_MAX_AGE'),
  hits: z.int(),
  misses: z.int(),
});

export const status = z.object({
  images: z.array(image),
  /** Why Docker is unavailable, and what to do; null when it responds. */
  problem: z.string().nullable(),
  bytes: bytes.describe('of all images; shared layers count for each'),
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
  /** Of a project's own Dockerfile; optional for the standard ones. */
  project: projectRef.optional(),
  kind: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('of a standard image; absent: the default one'),
  trust: giveTrust.optional(),
  fresh: z.boolean().default(false).describe('use no step of an earlier build'),
});
export type BuildInput = z.infer<typeof buildInput>;

const asks = procedure.errors(errors('ENGINE_UNAVAILABLE'));

/** Images made by Drydock, by label and tag; others are neither shown nor changed. */
export const images = {
  standard: procedure
    .route({
      method: 'GET',
      path: '/images/standard',
      summary: 'The standard images that Drydock builds, the default one first',
    })
    .output(z.array(z.object({ id: z.string(), label: z.string() }))),
  status: procedure
    .route({ method: 'GET', path: '/images', summary: 'Images, their use, and what can be freed' })
    .output(status),
  build: asks
    .errors(
      errors(
        'PROJECT_NOT_FOUND',
        'FOLDER_NOT_FOUND',
        'NOT_TRUSTED',
        'TRUST_TOO_WIDE',
        'IMAGE_BUILD_FAILED',
        'DOCKERFILE_UNUSABLE',
      ),
    )
    .route({
      method: 'POST',
      path: '/images/build',
      summary: 'Build one now; returns its lines as they arrive, and continues without a reader',
    })
    .input(buildInput)
    .errors(errors('TOO_MANY_STREAMS'))
    .output(eventIterator(z.array(outputLine))),
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
