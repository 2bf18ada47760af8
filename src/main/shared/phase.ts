import { z } from 'zod';

/** A named step of a run, one of those that its kind declares. */
export const phase = z.object({
  id: z.string().describe("of the kind's phases, e.g. compile"),
  status: z
    .enum(['waiting', 'running', 'done', 'skipped', 'failed'])
    .describe('skipped: there was nothing to do'),
  startedAt: z.int().nullable().describe('Unix time, ms'),
  durationMs: z.number().nullable(),
});
export type Phase = z.infer<typeof phase>;

/** The phases of a run that has not begun. */
export const waitingPhases = (ids: readonly string[]): Phase[] =>
  ids.map((id) => ({ id, status: 'waiting', startedAt: null, durationMs: null }));
