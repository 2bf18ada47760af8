import { z } from 'zod';
import { service } from '../../shared/result.ts';

const serviceSide = service.pick({
  image: true,
  url: true,
  port: true,
  health: true,
  container: true,
});
export type ServiceSide = z.infer<typeof serviceSide>;

const serviceDiff = z.object({
  /** With a suffix from the second of the same name on. */
  name: z.string(),
  a: serviceSide.nullable(),
  b: serviceSide.nullable(),
  changes: z.array(z.enum(['added', 'removed', 'image', 'url', 'port', 'health'])),
});
export type ServiceDiff = z.infer<typeof serviceDiff>;

/** What differs between what two runs started; empty where neither is of this family. */
export const servicesDiff = z.object({ services: z.array(serviceDiff) });
export type ServicesDiff = z.infer<typeof servicesDiff>;

/** What of a run its engine has now; empty for a run of another family. */
export const servicesCheck = z.object({
  services: z.array(
    service.pick({ name: true, url: true }).extend({
      health: service.shape.health.nullable().describe('null: not known'),
    }),
  ),
});
export type ServicesCheck = z.infer<typeof servicesCheck>;

export const serviceFormats = ['env'] as const;
