import { z } from 'zod';
import { procedure } from '../../kit/procedure.ts';

export const check = z.object({
  id: z.string(),
  title: z.string(),
  status: z.enum(['ok', 'warning', 'error']),
  detail: z.string(),
  /** What to do about it, unless it is fine. */
  remedy: z.string().nullable(),
});
export type Check = z.infer<typeof check>;

export const report = z.object({
  status: z.enum(['ok', 'warning', 'error']).describe('the worst of the checks'),
  checks: z.array(check),
});
export type Report = z.infer<typeof report>;

export const doctor = {
  run: procedure
    .route({ method: 'GET', path: '/doctor', summary: 'What this machine has and lacks' })
    .output(report),
};
