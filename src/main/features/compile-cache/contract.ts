import { z } from 'zod';
import { procedure } from '../../shared/procedure.ts';

export const cacheStatus = z.object({
  enabled: z.boolean(),
  ttlSeconds: z.int().describe('kept for so long after its last use; 0: nothing is kept'),
  entries: z
    .int()
    .describe('compiles, and folders that tools fill by themselves, that are not over their time'),
  bytes: z.int(),
  maxBytes: z.int().describe('beyond it, what was not used for the longest time goes first'),
});
export type CacheStatus = z.infer<typeof cacheStatus>;

export const cleared = z.object({ entries: z.int(), bytes: z.int() });
export type Cleared = z.infer<typeof cleared>;

/** What compiles have made, kept by what they were made from. */
export const compileCache = {
  status: procedure
    .route({ method: 'GET', path: '/compile-cache', summary: 'What is kept of compiles' })
    .output(cacheStatus),
  clear: procedure
    .route({ method: 'POST', path: '/compile-cache/clear', summary: 'Keep nothing of it' })
    .output(cleared),
};
