import { z } from 'zod';
import { errors, procedure } from '../../shared/procedure.ts';
import { deploymentRef, namedProject } from '../../shared/refs.ts';
import { summary } from '../../shared/result.ts';
import { projectRef } from '../projects/contract.ts';

const milliseconds = z.number().describe('ms');
/** Half of all took no longer than the one, nine in ten no longer than the other. */
const spread = z.object({ median: milliseconds, p90: milliseconds });

const outcomes = z.object({
  succeeded: z.int(),
  failed: z.int(),
  cancelled: z.int(),
});

export const runsInsight = z.object({
  since: z.int().describe('Unix time, ms'),
  total: outcomes.describe('of runs that have ended'),
  days: z
    .array(outcomes.extend({ day: z.string().describe('2026-03-31, in the time of this machine') }))
    .describe('every day up to today, the oldest first'),
  duration: spread.nullable().describe('of those that succeeded; null: none did'),
  phases: z
    .array(
      z.object({
        id: z.string().describe('e.g. compile'),
        ran: z.int(),
        skipped: z.int().describe('there was nothing to do'),
        duration: spread.nullable().describe('where it ran and was done; null: nowhere'),
      }),
    )
    .describe('the one with the longest median first'),
  projects: z
    .array(
      outcomes.extend({
        project: namedProject,
        duration: spread.nullable(),
        unsteady: z
          .int()
          .describe('commits at which the same deployment, with no changes, failed and succeeded'),
      }),
    )
    .describe('the one with the most runs first'),
  measured: z.int().describe('durations are of so many of the newest runs'),
});
export type RunsInsight = z.infer<typeof runsInsight>;

export const runsInsightInput = z.object({
  days: z.int().min(1).max(366).default(30).describe('today is one of them'),
  project: projectRef.optional(),
});
export type RunsInsightInput = z.infer<typeof runsInsightInput>;

/** The newest deployment of a project that is in place on a target. */
export const standing = z.object({
  deployment: deploymentRef,
  summary: summary.nullable(),
  endedAt: z.int().nullable().describe('Unix time, ms'),
});
export type Standing = z.infer<typeof standing>;

export const machine = z.object({
  memory: z.object({ totalBytes: z.number(), availableBytes: z.number() }),
  disk: z
    .object({ totalBytes: z.number(), availableBytes: z.number() })
    .describe('that the data folder lies on'),
});
export type Machine = z.infer<typeof machine>;

/** What all runs together tell, and what is in place where. */
export const insights = {
  runs: procedure
    .route({
      method: 'GET',
      path: '/insights/runs',
      summary: 'How deployments ended and how long they took, by day, phase and project',
    })
    .input(runsInsightInput)
    .errors(errors('PROJECT_NOT_FOUND'))
    .output(runsInsight),
  standing: procedure
    .route({
      method: 'GET',
      path: '/insights/standing',
      summary: 'What is in place where: of every project and target the newest deployment',
    })
    .output(z.array(standing)),
  machine: procedure
    .route({ method: 'GET', path: '/insights/machine', summary: 'Memory and disk of this machine' })
    .output(machine),
};
