import { z } from 'zod';

const commit = z.object({ commit: z.string(), subject: z.string() });

/** What lies between the commits of two deployments. */
export const commitRange = z.object({
  a: z.string().nullable(),
  b: z.string().nullable(),
  /** In B and not in A, newest first; at most 200. */
  added: z.array(commit),
  /** In A and not in B: B is older, or on another branch. */
  removed: z.array(commit),
  truncated: z.boolean(),
  /** Why there is no list, or not the whole truth, as a sentence. */
  problem: z.string().nullable(),
});
export type CommitRange = z.infer<typeof commitRange>;
