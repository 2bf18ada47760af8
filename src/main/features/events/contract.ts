import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import type { Fix } from '../../shared/errors.ts';
import { procedure, streamProcedure } from '../../shared/procedure.ts';
import {
  briefRef,
  type DeploymentRef,
  deploymentRef,
  namedProject,
  snapshotRef,
} from '../../shared/refs.ts';
import { resultWords, summary } from '../../shared/result.ts';

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

/** How an event is to be taken: as good or bad news, as something to look at, or just noted. */
export type Tone = 'good' | 'bad' | 'warning' | 'plain';

const endings = {
  succeeded: { word: 'succeeded', tone: 'good' },
  failed: { word: 'failed', tone: 'bad' },
  cancelled: { word: 'was cancelled', tone: 'warning' },
  interrupted: { word: 'was interrupted', tone: 'warning' },
} as const;

/** An event in one line of plain text, and what more there is to say; the same in every place. */
export function headline(e: Event): { title: string; detail: string | null; tone: Tone } {
  const plain = (title: string, detail: string | null = null) =>
    ({ title, detail, tone: 'plain' }) as const;
  switch (e.type) {
    case 'deployment.queued':
      return plain(`${run(e.deployment)} was queued for ${e.deployment.target}`);
    case 'deployment.started':
      return plain(`${run(e.deployment)} started on ${e.deployment.target}`);
    case 'deployment.ended': {
      const { word, tone } = endings[e.status];
      const took = e.durationMs === null ? '' : ` in ${(e.durationMs / 1000).toFixed(1)} s`;
      const detail =
        e.failure?.message ??
        (tone === 'good' ? `${resultWords(e.summary) || 'done'}${took}` : null);
      return { title: `${run(e.deployment)} ${word} on ${e.deployment.target}`, detail, tone };
    }
    case 'chain.started':
      return plain(`The chain ${e.chain} started`, `port ${e.port}, block ${e.blockNumber}`);
    case 'chain.stopped':
      return plain(`The chain ${e.chain} was stopped`);
    case 'chain.ended':
      return {
        title: `The chain ${e.chain} ended without being stopped`,
        detail: e.problem,
        tone: 'bad',
      };
    case 'snapshot.taken':
      return plain(`Snapshot of ${e.chain}: ${e.snapshot.name}`, `block ${e.snapshot.blockNumber}`);
    case 'snapshot.reverted': {
      const gone = e.gone.map((d) => `${d.project} #${d.number}`).join(', ');
      return plain(`${e.chain} went to “${e.snapshot.name}”`, gone ? `reverted: ${gone}` : null);
    }
    case 'snapshot.removed':
      return plain(`The snapshot “${e.snapshot.name}” of ${e.chain} was deleted`);
    case 'origin.refused':
      return {
        title: `${e.origin} wants to call ${e.chain}`,
        detail: `It was refused. Allow it if it is a page that you use: drydock gateway allow ${e.chain} ${e.origin}`,
        tone: 'warning',
      };
    case 'nonce.mended':
      return plain(
        `The nonce of ${short(e.account)} on ${e.chain} was set to ${e.to}`,
        `Its wallet did not know of the revert, and the chain had ${e.from}.`,
      );
    case 'nonce.off':
      return {
        title: `A transaction of ${short(e.account)} waits on ${e.chain}`,
        detail: `Its wallet sent nonce ${e.sentNonce}, and the chain has ${e.chainNonce} since a revert. It has deployed here, so its nonce was left as it is: with another one, what it deploys next lands at another address.`,
        tone: 'warning',
      };
    case 'gateway.replaced':
      return {
        title: 'The gateway did not respond and was replaced',
        detail:
          'Chains were not reached through their ports for a while. They run on as they were.',
        tone: 'warning',
      };
    case 'project.added':
      return plain(`The project ${e.project.name} was added`);
    case 'project.removed':
      return plain(`The project ${e.project.name} was removed`);
    case 'network.saved':
      return plain(`The network ${e.network} was saved`);
    case 'network.removed':
      return plain(`The network ${e.network} was removed`);
    case 'settings.changed':
      return plain(`Settings were changed`, e.keys.join(', '));
  }
}

/** What can be done about an event at once, the best first. */
export function fixesOf(e: Event): Fix[] {
  switch (e.type) {
    case 'origin.refused':
      return (['allow', 'deny'] as const).map((decision) => ({
        label: decision === 'allow' ? 'Allow' : 'Deny',
        command: `drydock gateway ${decision} ${e.chain} ${e.origin}`,
        call: {
          procedure: 'gateway.decide',
          input: { chain: e.chain, origin: e.origin, decision },
        },
      }));
    case 'nonce.off':
      return [
        {
          label: `Set the nonce to ${e.sentNonce}`,
          command: `drydock gateway mend-nonce ${e.chain} ${e.account} ${e.sentNonce}`,
          call: {
            procedure: 'gateway.mendNonce',
            input: { chain: e.chain, account: e.account, nonce: e.sentNonce },
          },
        },
      ];
    default:
      return [];
  }
}

const short = (account: string): string => `${account.slice(0, 8)}…${account.slice(-4)}`;

function run(d: DeploymentRef): string {
  return `${d.project.name} #${d.number}`;
}

/** An end of a run older than this is no news any more, e.g. after the machine slept. */
const NEWS_MS = 60_000;

export interface Notice {
  title: string;
  body: string;
  deployment: number;
  succeeded: boolean;
}

/** What a user who isn't looking is notified of; null: nothing. `now`: Unix time, ms. */
export function noticeOf(e: Event, now: number): Notice | null {
  if (e.type !== 'deployment.ended' || now - e.at > NEWS_MS) return null;
  // Who cancels a run knows it.
  if (e.status === 'cancelled') return null;
  const { title, detail } = headline(e);
  const succeeded = e.status === 'succeeded';
  return { title, body: detail ?? '', deployment: e.deployment.id, succeeded };
}

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
