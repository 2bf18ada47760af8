import { z } from 'zod';
import { procedure } from '../../shared/procedure.ts';

const MOST_FOUND = 50;

export const foundThing = z.object({
  kind: z.enum([
    ...(['project', 'run', 'contract', 'transaction', 'block'] as const),
    ...(['address', 'account', 'snapshot'] as const),
  ]),
  title: z.string(),
  detail: z.string().describe('what tells it from others of its name; may be empty'),
  network: z.string().nullable().describe('null: it is on none, or on all'),
  /** Of a project, run or snapshot. */
  id: z.int().nullable(),
  value: z
    .string()
    .describe('its address or hash; of a project, its folder; of others, their name'),
});
export type FoundThing = z.infer<typeof foundThing>;

export const findInput = z.object({
  text: z.string().max(200).describe('a part of a name, #number of a run, or how a hash begins'),
  network: z.string().min(1).max(200).optional().describe('what is on it comes first'),
  limit: z.int().min(1).max(MOST_FOUND).default(30),
});
export type FindInput = z.infer<typeof findInput>;

/** Everything that has a name or an address, from what Drydock has recorded: no chain is asked. */
export const find = {
  things: procedure
    .route({
      method: 'GET',
      path: '/find',
      summary: 'Projects, runs, contracts, transactions, addresses and snapshots, by a text',
    })
    .input(findInput)
    .output(z.array(foundThing)),
};
