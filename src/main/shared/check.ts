import { z } from 'zod';

export const check = z.object({
  id: z.string(),
  title: z.string(),
  status: z
    .enum(['ok', 'absent', 'warning', 'error'])
    .describe('absent: not found, and not needed'),
  detail: z.string(),
  /** What to do about it, unless it is fine. */
  remedy: z.string().nullable(),
});
export type Check = z.infer<typeof check>;

/** What one look at the machine has found. */
export type Finding = Omit<Check, 'id' | 'title'>;

/** A look at one thing. Its name is known before it has looked, and stays when it fails. */
export interface NamedCheck extends Pick<Check, 'id' | 'title'> {
  look: () => Promise<Finding>;
}
