import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure, streamProcedure } from '../../shared/procedure.ts';
import { briefRef, deploymentRef, namedProject, snapshotRef } from '../../shared/refs.ts';
import { summary } from '../../shared/result.ts';

const base = { seq: z.int(), at: z.int().describe('Unix time, ms') };

const wholeSnapshot = snapshotRef.extend({
  automatic: z.boolean(),
  blockNumber: z.int(),
});

const aboutDeployment = { ...base, deployment: deploymentRef };
const aboutChain = { ...base, chain: z.string() };
const aboutSnapshot = { ...aboutChain, snapshot: wholeSnapshot };

/**
 * Something that happened in this data folder, whichever core did it. `seq` grows from event to
 * event; an event that was told is never told again with another content.
 */
export const event = z.discriminatedUnion('type', [
  z.object({ ...aboutDeployment, type: z.literal('deployment.queued') }),
  z.object({ ...aboutDeployment, type: z.literal('deployment.started') }),
  z.object({
    ...aboutDeployment,
    type: z.literal('deployment.ended'),
    status: z.enum(['succeeded', 'failed', 'cancelled', 'interrupted']),
    failure: z.object({ code: z.string(), message: z.string() }).nullable(),
    durationMs: z.int().nullable().describe('null when it never began'),
    summary: summary.nullable().describe('of what came out, if anything did'),
  }),
  z.object({
    ...aboutChain,
    type: z.literal('chain.started'),
    port: z.int(),
    chainId: z.int(),
    blockNumber: z.int(),
  }),
  z.object({ ...aboutChain, type: z.literal('chain.stopped') }),
  z.object({
    ...aboutChain,
    type: z.literal('chain.ended').describe('by itself'),
    problem: z.string(),
  }),
  z.object({ ...aboutSnapshot, type: z.literal('snapshot.taken') }),
  z.object({
    ...aboutSnapshot,
    type: z.literal('snapshot.reverted'),
    gone: z.array(briefRef).describe('deployments that are gone from the chain'),
    back: z.array(briefRef).describe('deployments that came back'),
  }),
  z.object({ ...aboutSnapshot, type: z.literal('snapshot.removed') }),
  z.object({
    ...aboutChain,
    type: z.literal('origin.refused').describe('a web page that nothing was decided about'),
    origin: z.string(),
  }),
  z.object({
    ...aboutChain,
    type: z.literal('nonce.mended').describe('for a wallet that did not know of a revert'),
    account: z.string(),
    from: z.int(),
    to: z.int(),
  }),
  z.object({
    ...aboutChain,
    type: z.literal('nonce.off').describe('of an account that has deployed: it is left as it is'),
    account: z.string(),
    chainNonce: z.int(),
    sentNonce: z.int(),
  }),
  z.object({
    ...base,
    type: z.literal('gateway.replaced').describe('it did not respond any more'),
  }),
  z.object({ ...base, type: z.literal('project.added'), project: namedProject }),
  z.object({ ...base, type: z.literal('project.removed'), project: namedProject }),
  z.object({
    ...base,
    type: z.literal('network.saved'),
    network: z.string(),
    kind: z.enum(['local', 'fork', 'remote']),
  }),
  z.object({ ...base, type: z.literal('network.removed'), network: z.string() }),
  z.object({
    ...base,
    type: z.literal('settings.changed'),
    keys: z.array(z.string()).describe('which, not to what'),
  }),
]);
export type Event = z.infer<typeof event>;

/** An event that has no place in the sequence yet. */
export type NewEvent = Event extends infer E
  ? E extends Event
    ? Omit<E, 'seq' | 'at'>
    : never
  : never;

/** Writes an event; within a database transaction the event stands or falls with it. */
/** `at`: when it happened (Unix time, ms); absent: now. */
export type Emit = (event: NewEvent, at?: number) => void;

export type EventType = Event['type'];

export const eventTypes = event.options.map((option) => option.shape.type.value) as [
  EventType,
  ...EventType[],
];
export const eventType = z.enum(eventTypes);

export const events = {
  list: procedure
    .route({ method: 'GET', path: '/events', summary: 'What happened, newest first' })
    .input(
      z.object({
        types: z.array(eventType).max(eventTypes.length).optional().describe('default: all'),
        before: z.int().positive().optional().describe('only with a lower seq'),
        limit: z.int().min(1).max(1000).default(50),
      }),
    )
    .output(z.array(event)),
  watch: streamProcedure
    .route({
      method: 'GET',
      path: '/events/watch',
      summary: 'What happened after `after`, then what happens, in batches',
    })
    .input(
      z.object({
        after: z.int().nonnegative().default(0),
        /** The stream ends after so many; call again with the last `seq`. See `deployments.watch`. */
        limit: z.int().min(1).max(100_000).default(10_000),
      }),
    )
    .output(eventIterator(z.array(event))),
};
