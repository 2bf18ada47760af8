import { z } from 'zod';
import { isInOrder, NOT_IN_ORDER } from '../../../shared/block-range.ts';
import { decodedEvent } from '../../explorer/contract/decoded.ts';
import { stopped } from '../../explorer/contract/ref.ts';
import { contractRef } from './ref.ts';

const eventsFields = contractRef.extend({
  event: z.string().min(1).max(2000).optional().describe('its name or signature; default: all'),
  where: z
    .record(z.string().max(200), z.string().max(10_000))
    .default({})
    .describe('values of indexed arguments, as typed'),
  fromBlock: z.int().nonnegative().optional().describe('default: since its deployment'),
  toBlock: z.int().nonnegative().optional(),
  before: z.int().nonnegative().optional().describe('go on with this block'),
  limit: z.int().min(1).max(1000).default(50).describe('about so many: pages end with a block'),
});
export const eventsInput = eventsFields.refine(isInOrder, NOT_IN_ORDER);
export type EventsInput = z.infer<typeof eventsInput>;

export const contractEvents = z.object({
  address: z.string(),
  events: z
    .array(decodedEvent.extend({ blockNumber: z.int(), transactionHash: z.string() }))
    .describe('the newest first'),
  next: z.int().nullable().describe('the block to go on with; null: there are no more'),
  stopped,
});
export type ContractEvents = z.infer<typeof contractEvents>;

export const followEventsInput = eventsFields.pick({
  ...{ contract: true, network: true, event: true, where: true },
});
export type FollowEventsInput = z.infer<typeof followEventsInput>;

export const eventNews = z.object({
  events: contractEvents.shape.events.describe('new ones, the oldest first'),
  gone: z
    .int()
    .nullable()
    .describe('taken back since: what was told of this block and of later ones; null: nothing was'),
  upTo: z.int().describe('the block up to which all is told'),
});
export type EventNews = z.infer<typeof eventNews>;
