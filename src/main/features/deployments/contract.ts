import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { resultFamily } from '../../shared/kind.ts';
import { phase } from '../../shared/phase.ts';
import { errors, procedure } from '../../shared/procedure.ts';
import { briefRef, namedProject, snapshotRef } from '../../shared/refs.ts';
import { result, summary } from '../../shared/result.ts';
import { deploymentStatus, failure, journalEvent } from '../../shared/run.ts';
import { giveTrust, projectRef } from '../projects/contract.ts';

export const trigger = z.enum(['manual', 'retry', 'redeploy', 'api', 'watch', 'review']);
export type Trigger = z.infer<typeof trigger>;

/** Seconds by phase id, with `run` for the whole run; null: no limit. */
export const limits = z.record(z.string().max(100), z.int().min(1).max(86_400).nullable());
export type Limits = z.infer<typeof limits>;

export const deployment = z.object({
  id: z.int().describe('unique everywhere'),
  number: z.int().describe('counts within the project'),
  project: namedProject,
  kind: z.string().describe("the project's"),
  family: resultFamily,
  target: z.string().describe('name of the network, or of the engine'),
  title: z.string().describe('what was deployed, in one line'),
  status: deploymentStatus,
  /** Whether its result is in place: false once reverted, null when never or not known. */
  live: z.boolean().nullable(),
  input: z
    .record(z.string(), z.unknown())
    .describe('the whole request; its fields are those of the kind. Never a secret'),
  summary: summary.nullable().describe('of the result; null before anything is known'),
  commit: z.string().nullable(),
  branch: z.string().nullable(),
  dirty: z.int().nullable(),
  createdAt: z.int().describe('Unix time, ms'),
  startedAt: z.int().nullable(),
  endedAt: z.int().nullable(),
  failure: failure.nullable(),
  trigger,
  priority: z.int(),
  /** The failed run that this one retries. */
  retryOf: z.int().nullable(),
  /** How many times it was started: more than once when Drydock ended before anything was sent. */
  attempt: z.int(),
  /** Failed permanently, and neither retried nor dismissed yet. */
  deadLetter: z.boolean(),
  review: z.int().nullable().describe('that approved it, on a live network'),
});
export type Deployment = z.infer<typeof deployment>;

export const deploymentDetail = deployment.extend({
  phases: z.array(phase),
  result: result.nullable().describe('the whole result; null before anything is known'),
  /** The exact command that ran, with secrets masked. */
  command: z.string().nullable(),
  /** The automatic snapshot that was taken before it. */
  snapshot: snapshotRef.nullable(),
  warnings: z.array(z.string()),
  lastSeq: z.int(),
});
export type DeploymentDetail = z.infer<typeof deploymentDetail>;

const id = z.object({ id: z.int().positive() });
const one = procedure.errors(errors('DEPLOYMENT_NOT_FOUND'));

const target = z
  .string()
  .min(1)
  .max(200)
  .describe('name of a network, or of the engine; default where there is only one to choose');

/** Checked by the project's kind, which reports the invalid field. */
const input = z
  .record(z.string().max(200), z.unknown())
  .describe("fields of the project's kind, e.g. script and args; default: as little as it takes");

export const startInput = z.object({
  project: projectRef,
  target: target.optional(),
  input: input.optional(),
  priority: z.int().min(-100).max(100).optional().describe('higher first; default 0'),
  replaceWaiting: z
    .boolean()
    .optional()
    .describe('cancel queued runs of the same project and target'),
  trigger: trigger.optional(),
  trust: giveTrust.optional(),
});
export type StartInput = z.infer<typeof startInput>;

/** Changes for the retry; fields of the input that are absent keep their values. */
export const retryChanges = startInput.omit({ project: true, trigger: true });
export type RetryChanges = z.infer<typeof retryChanges>;

export const redeployInput = id.extend({
  asItIsNow: z.boolean().default(false),
  input: input.optional().describe('fields to change'),
  trust: giveTrust.optional(),
});
export type RedeployInput = z.infer<typeof redeployInput>;

export const listStatus = z
  .enum([...deploymentStatus.options, 'reverted'])
  .describe('reverted: succeeded, and no longer in place');
export type ListStatus = z.infer<typeof listStatus>;

export const listInput = z.object({
  project: projectRef.optional(),
  target: z.string().max(200).optional(),
  status: listStatus.optional(),
  needsAttention: z
    .boolean()
    .optional()
    .describe(
      'only those that failed and wait for a decision: neither dismissed, retried, nor followed by a success of the same',
    ),
  deadLetters: z
    .boolean()
    .optional()
    .describe('deprecated: the same with those that a later success has made up for'),
  live: z.boolean().optional().describe('only those that are in place; false: those that were'),
  before: z.int().positive().optional().describe('only ids below this one'),
  limit: z.int().min(1).max(500).default(50),
});
export type ListInput = z.infer<typeof listInput>;

/** What refuses a request before it is queued. */
export const starting = [
  'PROJECT_NOT_FOUND',
  'NETWORK_NOT_FOUND',
  'FOLDER_NOT_FOUND',
  'NOT_TRUSTED',
  'TRUST_TOO_WIDE',
  'NOT_A_PROJECT',
  'SCRIPT_NOT_FOUND',
  'SCRIPT_AMBIGUOUS',
  'SOURCE_UNREADABLE',
  'BAD_ARGUMENT',
  'SECRET_ARGUMENT',
  'REVIEW_NEEDED',
  'REVIEW_NOT_FOUND',
  'REVIEW_CLOSED',
  'NETWORK_FROZEN',
  'RAILS_REFUSED',
] as const;

const reverting = [
  'CHAIN_NOT_FOUND',
  'CHAIN_BUSY',
  'CHAIN_NOT_RUNNING',
  'CHAIN_START_FAILED',
  'CHAIN_CALL_FAILED',
  'PORT_TAKEN',
  'RPC_UNREACHABLE',
  'CHAIN_ID_MISMATCH',
  'STATE_CORRUPT',
  'TOOL_MISSING',
  'SNAPSHOT_NOT_FOUND',
  'SNAPSHOT_LOST',
  'SNAPSHOT_DAMAGED',
] as const;

const again = one.errors(errors(...starting, 'DEPLOYMENT_RUNNING'));

const rollback = z.object({
  snapshot: snapshotRef.nullable().describe('of a chain'),
  gone: z.array(briefRef),
  back: briefRef.nullable().describe('of services: the restored deployment; null: none'),
  leftBehind: snapshotRef.nullable().describe('the previous state, if it was not stored already'),
});
export type Rollback = z.infer<typeof rollback>;

export const deployments = {
  start: procedure
    .errors(errors(...starting))
    .route({ method: 'POST', path: '/deployments', summary: 'Deploy a project' })
    .input(startInput)
    .output(deployment),
  get: one
    .route({
      method: 'GET',
      path: '/deployments/{id}',
      summary: 'One deployment with all its data',
    })
    .input(id)
    .output(deploymentDetail),
  list: procedure
    .errors(errors('PROJECT_NOT_FOUND'))
    .route({ method: 'GET', path: '/deployments', summary: 'Deployments, newest first' })
    .input(listInput)
    .output(
      z.object({
        items: z.array(deployment),
        total: z.int(),
        /** Pass as `before` for the next page; null at the end. */
        next: z.int().nullable(),
      }),
    ),
  watch: one
    .route({
      method: 'GET',
      path: '/deployments/{id}/watch',
      summary: 'The journal after `after`, then live, in batches',
    })
    .input(
      id.extend({
        after: z.int().nonnegative().default(0),
        /**
         * The stream ends after about this many events even if the run continues; call again with
         * the last `seq`. A consumer never receives more than it requested, so a slow one can't
         * fill the sender's memory.
         */
        limit: z.int().min(1).max(1_000_000).default(20_000),
      }),
    )
    .errors(errors('TOO_MANY_STREAMS'))
    .output(eventIterator(z.array(journalEvent))),
  liveLine: one
    .route({
      method: 'GET',
      path: '/deployments/{id}/live-line',
      summary: 'The unfinished line of its tool, as it changes; not in the journal yet',
    })
    .input(id)
    .errors(errors('TOO_MANY_STREAMS'))
    .output(eventIterator(z.string().describe('without colours; empty: none'))),
  logs: one
    .route({ method: 'GET', path: '/deployments/{id}/logs', summary: 'A page of the journal' })
    .input(
      id.extend({
        after: z.int().nonnegative().default(0),
        limit: z.int().min(1).max(10_000).default(1000),
      }),
    )
    .output(z.array(journalEvent)),
  cancel: one
    .errors(errors('DEPLOYMENT_ENDED'))
    .route({
      method: 'POST',
      path: '/deployments/{id}/cancel',
      summary: 'End a run; returns when all its processes have ended',
    })
    .input(id)
    .output(deployment),
  queue: procedure
    .route({ method: 'GET', path: '/queue', summary: 'Running and queued deployments, in order' })
    .output(z.object({ running: z.array(deployment), waiting: z.array(deployment) })),
  retry: again
    .route({
      method: 'POST',
      path: '/deployments/{id}/retry',
      summary: 'Repeat the same request, with changes if given',
    })
    .input(id.extend({ changes: retryChanges.optional() }))
    .output(deployment),
  redeploy: again
    .errors(errors('COMMIT_DIFFERS'))
    .route({
      method: 'POST',
      path: '/deployments/{id}/redeploy',
      summary: 'Deploy again: the same commit when the folder is at it, or the folder as it is now',
    })
    .input(redeployInput)
    .output(deployment),
  rollback: one
    .errors(errors(...reverting, 'NOT_LIVE', 'PROJECT_BUSY', 'ENGINE_UNAVAILABLE'))
    .route({
      method: 'POST',
      path: '/deployments/{id}/rollback',
      summary:
        'Take its target back to before it: a chain to its snapshot, services to those before; with `dryRun` only say what goes',
    })
    .input(id.extend({ dryRun: z.boolean().default(false) }))
    .output(rollback),
  stop: one
    .errors(errors('NOT_LIVE', 'PROJECT_BUSY', 'ENGINE_UNAVAILABLE', 'UNSUPPORTED'))
    .route({
      method: 'POST',
      path: '/deployments/{id}/stop',
      summary: 'End its result without a replacement',
    })
    .input(id)
    .output(deployment),
  dismiss: one
    .route({
      method: 'POST',
      path: '/deployments/{id}/dismiss',
      summary: 'Take a failed run off those that need attention',
    })
    .input(id)
    .output(deployment),
  limits: procedure
    .errors(errors('PROJECT_NOT_FOUND'))
    .route({
      method: 'GET',
      path: '/projects/{project}/limits',
      summary: 'Time limits of its runs',
    })
    .input(z.object({ project: projectRef }))
    .output(limits),
  setLimits: procedure
    .errors(errors('PROJECT_NOT_FOUND'))
    .route({ method: 'PATCH', path: '/projects/{project}/limits', summary: 'Change some' })
    .input(z.object({ project: projectRef, limits }))
    .output(limits),
};
