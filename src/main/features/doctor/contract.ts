import { z } from 'zod';
import { check } from '../../shared/check.ts';
import { procedure } from '../../shared/procedure.ts';

export const report = z.object({
  status: z.enum(['ok', 'warning', 'error']).describe('the worst of the checks'),
  checks: z.array(check),
});
export type Report = z.infer<typeof report>;

export const repair = z.object({
  id: z.int(),
  at: z.int().describe('Unix time, ms'),
  /** What was found and what was done about it. */
  text: z.string(),
});
export type Repair = z.infer<typeof repair>;

export const doctor = {
  repairs: procedure
    .route({ method: 'GET', path: '/repairs', summary: 'What was repaired, newest first' })
    .input(z.object({ limit: z.int().min(1).max(500).default(50) }))
    .output(z.array(repair)),
  reconcile: procedure
    .route({
      method: 'POST',
      path: '/repairs',
      summary: 'Compare the records with what is really there, now; answers what was repaired',
    })
    .output(z.array(repair)),
  run: procedure
    .route({ method: 'GET', path: '/doctor', summary: 'What this machine has and lacks' })
    .output(report),
};
