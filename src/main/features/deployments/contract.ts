import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { errors, fix, procedure } from '../../kit/procedure.ts';
import { projectRef } from '../projects/contract.ts';

export const phaseName = z.enum([
  'source',
  'prepare',
  'compile',
  'simulate',
  'broadcast',
  'record',
]);
export type PhaseName = z.infer<typeof phaseName>;

export const phase = z.object({
  name: phaseName,
  status: z
    .enum(['waiting', 'running', 'done', 'skipped', 'failed'])
    .describe('skipped: there was nothing to do'),
  startedAt: z.int().nullable().describe('Unix time, ms'),
  durationMs: z.number().nullable(),
});
export type Phase = z.infer<typeof phase>;

export const deploymentStatus = z.enum([
  'queued',
  'running',
  'cancelling',
  'succeeded',
  'failed',
  'cancelled',
  'interrupted',
]);
export type DeploymentStatus = z.infer<typeof deploymentStatus>;

export const failure = z.object({
  code: z.string().describe('stable, e.g. COMPILE_ERROR'),
  /** One sentence: what happened and what to do next. */
  message: z.string(),
  /** Journal sequence of the line that shows it. */
  seq: z.int().optional(),
  fix: fix.optional(),
});
export type Failure = z.infer<typeof failure>;

export const transaction = z.object({
  /** Position in the run, from 0. */
  index: z.int(),
  kind: z.enum(['create', 'create2', 'call']),
  contractName: z.string().nullable(),
  /** The contract created or called. */
  address: z.string().nullable(),
  function: z.string().nullable(),
  arguments: z.array(z.string()),
  from: z.string(),
  nonce: z.int().nullable(),
  value: z.string().describe('wei'),
  hash: z.string().nullable(),
  blockNumber: z.int().nullable(),
  gasUsed: z.string().nullable(),
  gasPrice: z.string().nullable().describe('wei'),
  status: z.enum(['queued', 'pending', 'success', 'reverted']),
  /** The hash was found on the chain under this sender and nonce. */
  verified: z.boolean(),
});
export type Transaction = z.infer<typeof transaction>;

export const contract = z.object({
  name: z.string().nullable().describe('null when no artifact matches the code'),
  address: z.string(),
  transactionHash: z.string(),
  blockNumber: z.int(),
  /** Created by another contract of the run rather than by a transaction of its own. */
  nested: z.boolean(),
  /** Code was found at the address when the run was recorded. */
  verified: z.boolean(),
});
export type Contract = z.infer<typeof contract>;

export const trigger = z.enum(['manual', 'retry', 'redeploy', 'api']);
export type Trigger = z.infer<typeof trigger>;

/** Seconds after which a phase or a whole run is ended. */
export const limits = z.object({
  run: z.int().min(1).max(86_400),
  compile: z.int().min(1).max(86_400),
  simulate: z.int().min(1).max(86_400),
  broadcast: z.int().min(1).max(86_400),
});
export type Limits = z.infer<typeof limits>;

export const deployment = z.object({
  id: z.int().describe('unique everywhere'),
  number: z.int().describe('counts within the project'),
  project: z.object({ id: z.int(), name: z.string() }),
  network: z.string(),
  chainId: z.int().nullable(),
  status: deploymentStatus,
  /** Whether its contracts are on the chain: false once reverted, null when never or not known. */
  live: z.boolean().nullable(),
  script: z.string().describe('file:Contract'),
  signature: z.string(),
  args: z.array(z.string()),
  from: z.string().nullable(),
  commit: z.string().nullable(),
  branch: z.string().nullable(),
  dirty: z.int().nullable(),
  createdAt: z.int().describe('Unix time, ms'),
  startedAt: z.int().nullable(),
  endedAt: z.int().nullable(),
  contractCount: z.int(),
  gasUsed: z.string().nullable(),
  failure: failure.nullable(),
  trigger,
  priority: z.int(),
  /** The failed run that this one is another try of. */
  retryOf: z.int().nullable(),
  /** How often it was begun: more than once when Drydock was ended before anything was sent. */
  attempt: z.int(),
  /** Failed for good, and nobody has retried or dismissed it yet. */
  deadLetter: z.boolean(),
});
export type Deployment = z.infer<typeof deployment>;

/** What was asked for beyond what every deployment shows: names and paths, never a secret. */
const request = z.object({
  from: z.string().optional().describe('an account index or an address'),
  account: z.string().optional(),
  passwordFile: z.string().optional(),
  snapshot: z.boolean(),
});

const snapshotRef = z.object({ id: z.int(), name: z.string() });
export type SnapshotRef = z.infer<typeof snapshotRef>;

export const deploymentDetail = deployment.extend({
  request,
  phases: z.array(phase),
  contracts: z.array(contract),
  transactions: z.array(transaction),
  /** Exactly what ran, secrets masked. */
  command: z.string().nullable(),
  /** The automatic snapshot that was taken before it. */
  snapshot: snapshotRef.nullable(),
  warnings: z.array(z.string()),
  lastSeq: z.int(),
});
export type DeploymentDetail = z.infer<typeof deploymentDetail>;

/** Whether nothing will happen to a deployment any more by itself. */
export function isFinal(status: DeploymentStatus): boolean {
  return status !== 'queued' && status !== 'running' && status !== 'cancelling';
}

const base = { seq: z.int(), at: z.int().describe('Unix time, ms') };

/** One entry of the journal. `seq` counts from 1 within a deployment, without gaps. */
export const journalEvent = z.discriminatedUnion('type', [
  z.object({
    ...base,
    type: z.literal('status'),
    status: deploymentStatus,
    failure: failure.optional(),
  }),
  z.object({
    ...base,
    type: z.literal('phase'),
    phase: phaseName,
    status: z.enum(['running', 'done', 'skipped', 'failed']),
    durationMs: z.number().optional(),
  }),
  z.object({
    ...base,
    type: z.literal('log'),
    stream: z.enum(['stdout', 'stderr', 'drydock']),
    text: z.string().describe('one line without its end; may hold ANSI colours'),
  }),
  z.object({ ...base, type: z.literal('command'), command: z.string() }),
  z.object({ ...base, type: z.literal('transactions'), transactions: z.array(transaction) }),
  z.object({ ...base, type: z.literal('warning'), message: z.string() }),
]);
export type JournalEvent = z.infer<typeof journalEvent>;

const id = z.object({ id: z.int().positive() });
const one = procedure.errors(errors('DEPLOYMENT_NOT_FOUND'));

export const startInput = z.object({
  project: projectRef,
  network: z.string().min(1).max(200),
  script: z
    .string()
    .min(1)
    .max(1024)
    .optional()
    .describe('file or file:Contract, relative to the project; default script/Deploy.s.sol'),
  sig: z
    .string()
    .min(1)
    .max(512)
    .optional()
    .describe('e.g. run(uint256); default: the only one, or run()'),
  args: z.array(z.string().max(100_000)).max(64).optional(),
  from: z
    .string()
    .regex(/^(\d{1,3}|0x[0-9a-fA-F]{40})$/, 'give an account index or an address')
    .optional(),
  account: z.string().min(1).max(200).optional().describe('Foundry keystore, for remote networks'),
  passwordFile: z.string().min(1).max(4096).optional(),
  snapshot: z.boolean().optional().describe('snapshot before it; default as in the settings'),
  priority: z.int().min(-100).max(100).optional().describe('higher first; default 0'),
  replaceWaiting: z
    .boolean()
    .optional()
    .describe('cancel what waits for the same project and network'),
  trigger: trigger.optional(),
});
export type StartInput = z.infer<typeof startInput>;

export const listStatus = z
  .enum([...deploymentStatus.options, 'reverted'])
  .describe('reverted: of those that succeeded, what is on the chain no more');
export type ListStatus = z.infer<typeof listStatus>;

export const listInput = z.object({
  project: projectRef.optional(),
  network: z.string().max(200).optional(),
  status: listStatus.optional(),
  deadLetters: z.boolean().optional().describe('only those that failed for good'),
  before: z.int().positive().optional().describe('only ids below this one'),
  limit: z.int().min(1).max(500).default(50),
});
export type ListInput = z.infer<typeof listInput>;

const starting = [
  'PROJECT_NOT_FOUND',
  'NETWORK_NOT_FOUND',
  'FOLDER_NOT_FOUND',
  'NOT_A_PROJECT',
  'SCRIPT_NOT_FOUND',
  'SCRIPT_AMBIGUOUS',
  'BAD_ARGUMENT',
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
] as const;

const again = one.errors(errors(...starting, 'DEPLOYMENT_RUNNING'));

const briefRef = z.object({ id: z.int(), number: z.int(), project: z.string() });

export const deployments = {
  start: procedure
    .errors(errors(...starting))
    .route({ method: 'POST', path: '/deployments', summary: 'Deploy a project to a network' })
    .input(startInput)
    .output(deployment),
  get: one
    .route({ method: 'GET', path: '/deployments/{id}', summary: 'One deployment, whole' })
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
         * The stream ends after about so many events even if the run goes on; call again with the
         * last `seq`. A consumer is never sent more than it asked for, so a slow one can't fill
         * the sender's memory.
         */
        limit: z.int().min(1).max(1_000_000).default(20_000),
      }),
    )
    .output(eventIterator(z.array(journalEvent))),
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
      summary: 'End a run; answers when all its processes are gone',
    })
    .input(id)
    .output(deployment),
  queue: procedure
    .route({ method: 'GET', path: '/queue', summary: 'What runs and what waits, in order' })
    .output(z.object({ running: z.array(deployment), waiting: z.array(deployment) })),
  retry: again
    .route({
      method: 'POST',
      path: '/deployments/{id}/retry',
      summary: 'The same request once more, with changes if given',
    })
    .input(id.extend({ changes: startInput.omit({ project: true }).partial().optional() }))
    .output(deployment),
  redeploy: again
    .errors(errors('COMMIT_DIFFERS'))
    .route({
      method: 'POST',
      path: '/deployments/{id}/redeploy',
      summary: 'Deploy again: the same commit when the folder is at it, or the folder as it is now',
    })
    .input(id.extend({ asItIsNow: z.boolean().default(false) }))
    .output(deployment),
  rollback: one
    .errors(errors(...reverting))
    .route({
      method: 'POST',
      path: '/deployments/{id}/rollback',
      summary: 'Take the chain back to before it; with `dryRun` only say what else goes',
    })
    .input(id.extend({ dryRun: z.boolean().default(false) }))
    .output(
      z.object({
        snapshot: snapshotRef,
        gone: z.array(briefRef),
        leftBehind: snapshotRef.nullable().describe('the state before, if it was not kept already'),
      }),
    ),
  dismiss: one
    .route({
      method: 'POST',
      path: '/deployments/{id}/dismiss',
      summary: 'Take a failed run out of the dead letters',
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
    .input(limits.partial().extend({ project: projectRef }))
    .output(limits),
};
