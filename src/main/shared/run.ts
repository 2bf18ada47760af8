import { z } from 'zod';
import { fix } from './procedure.ts';
import { result } from './result.ts';

export const deploymentStatus = z.enum([
  'queued',
  'running',
  'cancelling',
  'succeeded',
  'failed',
  'cancelled',
  'interrupted',
]);
export type DeploymentStatus = z.infer<typeof deploymentStatus>;

export const failure = z.object({
  code: z.string().describe('stable, e.g. COMPILE_ERROR'),
  /** One sentence: what happened and what to do next. */
  message: z.string(),
  /** Journal sequence of the line that shows it. */
  seq: z.int().optional(),
  fix: fix.optional(),
});
export type Failure = z.infer<typeof failure>;

const base = { seq: z.int(), at: z.int().describe('Unix time, ms') };

/** One entry of the journal. `seq` counts from 1 within a deployment, without gaps. */
export const journalEvent = z.discriminatedUnion('type', [
  z.object({
    ...base,
    type: z.literal('status'),
    status: deploymentStatus,
    failure: failure.optional(),
  }),
  z.object({
    ...base,
    type: z.literal('phase'),
    phase: z.string().describe("id, one of the kind's phases"),
    status: z.enum(['running', 'done', 'skipped', 'failed']),
    durationMs: z.number().optional(),
  }),
  z.object({
    ...base,
    type: z.literal('log'),
    stream: z.enum(['stdout', 'stderr', 'drydock']),
    text: z.string().describe('one line without its end; may hold ANSI colours'),
  }),
  z.object({ ...base, type: z.literal('command'), command: z.string() }),
  z.object({
    ...base,
    type: z.literal('result'),
    result: result.describe('what is new in it; see mergeResult'),
  }),
  z.object({ ...base, type: z.literal('warning'), message: z.string() }),
]);
export type JournalEvent = z.infer<typeof journalEvent>;
