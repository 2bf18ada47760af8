import { z } from 'zod';

/** How a chain makes blocks. */
export const mining = z.object({
  mode: z
    .enum(['auto', 'interval', 'manual'])
    .describe(
      'auto: a block for each transaction, at once; interval: a block every so many seconds; manual: only when it is told to',
    ),
  seconds: z.int().nullable().describe('between two blocks, at an interval'),
});
export type Mining = z.infer<typeof mining>;

export const ON_DEMAND: Mining = { mode: 'auto', seconds: null };
