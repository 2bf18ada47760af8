import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { address } from '../../shared/address.ts';
import { isDate } from '../../shared/is-date.ts';
import { mining } from '../../shared/mining.ts';
import { errors, procedure } from '../../shared/procedure.ts';
import { briefRef } from '../../shared/refs.ts';

export const chain = z.object({
  /** The name of the local or fork network that it backs. */
  name: z.string(),
  kind: z.enum(['local', 'fork']),
  status: z
    .enum(['starting', 'running', 'unresponsive', 'paused', 'stopping', 'stopped'])
    .describe(
      'starting, stopping: what is done with it is not over; running: programs reach it at its port; unresponsive: its process is there and does not answer in time; paused: its container is paused in Docker',
    ),
  engine: z.enum(['process', 'docker']).describe('while stopped: what it would run on'),
  ownEngine: z
    .enum(['process', 'docker'])
    .nullable()
    .describe('chosen for it; null: as the settings say'),
  rpcUrl: z.string().nullable().describe('null before the first start'),
  port: z.int().nullable(),
  chainId: z.int(),
  pid: z.int().nullable().describe('of a process'),
  container: z.string().nullable().describe('id, of a container'),
  startedAt: z.int().nullable().describe('Unix time, ms'),
  blockNumber: z.int().nullable().describe('while stopped: of the saved state, if known'),
  blockHash: z.string().nullable().describe('of the latest block; null: it does not run'),
  blockParentHash: z.string().nullable().describe('of the block before it'),
  blockTime: z
    .int()
    .nullable()
    .describe('of the latest block, Unix time, s; null also where it is beyond 2^53'),
  /** How far the chain's clock is ahead of this machine's, s. */
  clockDrift: z.int().nullable(),
  baseFee: z.string().nullable().describe('wei'),
  forkUrl: z.string().nullable().describe('masked'),
  forkBlock: z.int().nullable(),
  codeSizeLimit: z
    .int()
    .nullable()
    .describe('bytes that the code of a contract may have; null: 24576, as on Ethereum'),
  creation: z
    .object({
      hardfork: z.string().nullable(),
      chainId: z.int().nullable(),
      accounts: z.int().nullable().describe('how many development accounts'),
      balance: z.int().nullable().describe('of each of them at first, ether'),
      ownMnemonic: z.boolean(),
    })
    .describe('how it was created; null: as anvil does by default'),
  gateway: z
    .enum(['on', 'off'])
    .describe('chosen for it; off: anvil itself has its port from its next start on'),
  behindGateway: z.boolean().describe('the gateway has its port now'),
  mining: mining.describe('as it mines now; while stopped: as it will'),
  next: z
    .object({
      baseFee: z.string().describe('wei'),
      gasLimit: z.string(),
      coinbase: z.string(),
      hardfork: z.string().describe('as anvil calls it'),
    })
    .nullable()
    .describe('what the next block is made with; null while it does not run'),
  sinceSnapshot: z
    .object({
      id: z.int(),
      name: z.string(),
      blocks: z.int().nullable().describe('mined since; negative: taken back; null: not known'),
      changed: z.boolean().describe('something was set since, by this core'),
    })
    .nullable()
    .describe('what has happened since the snapshot that it was last at; null: it was at none'),
  differs: z.array(z.string()).describe('what differs from the default, in a few words each'),
  pending: z.int().nullable().describe('transactions that are in no block yet'),
  /** When the state was last saved to disk, Unix time, ms. */
  savedAt: z.int().nullable(),
  /** Disk use of the chain's folder, bytes. */
  diskBytes: z.int(),
  preparing: z
    .string()
    .nullable()
    .describe('what is being made before it can start, e.g. an image'),
  /** Why it is not running although it should be, or what was lost. */
  problem: z.string().nullable(),
  /** What is odd about it while its process is there, and what to do about that. */
  note: z.string().nullable(),
});
export type Chain = z.infer<typeof chain>;

export const snapshot = z.object({
  id: z.int(),
  chain: z.string(),
  name: z.string(),
  automatic: z.boolean(),
  blockNumber: z.int(),
  createdAt: z.int().describe('Unix time, ms'),
  /** Saved in a file; survives the chain process. */
  durable: z.boolean(),
  /** The chain stands on this one: it was the last taken or reverted to. */
  current: z.boolean(),
  /** Numbers of the deployments that were live in it, newest first. */
  deployments: z.array(briefRef),
  note: z.string().describe('empty: none'),
  pinned: z.boolean().describe('never deleted for its age, or for being one too many'),
  parent: z
    .int()
    .nullable()
    .describe('the snapshot that the chain stood on when it was taken; null: none that is there'),
  run: briefRef
    .extend({ title: z.string().describe('what was deployed, in one line') })
    .nullable()
    .describe('the deployment that an automatic one holds the state before or after of'),
});
export type Snapshot = z.infer<typeof snapshot>;

export const account = z.object({
  index: z.int(),
  address: z.string(),
  balance: z.string().describe('wei'),
});
export type Account = z.infer<typeof account>;

export const reverted = z.object({
  snapshot,
  /** `live`: the running chain went back; `restart`: it was restarted from the saved state. */
  how: z.enum(['live', 'restart']),
  /** The snapshot that was taken of the state left behind, if it differed from any other. */
  leftBehind: snapshot.nullable(),
  /** Deployments that are gone from the chain, and those that came back. */
  gone: z.array(z.object({ id: z.int(), number: z.int(), project: z.string() })),
  back: z.array(z.object({ id: z.int(), number: z.int(), project: z.string() })),
  files: z
    .object({
      aside: z.array(z.string()),
      back: z.array(z.string()),
      kept: z.array(z.object({ file: z.string(), why: z.string() })),
    })
    .describe(
      'files of projects in which those runs have written what they did: set aside, put back, and left as they are',
    ),
});
export type Reverted = z.infer<typeof reverted>;

/** Where a fork begins. */
export const forkPoint = z
  .union([
    z.int().describe('a block by its number; negative: so many behind the newest'),
    z.literal('latest'),
    z
      .string()
      .regex(
        /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?Z)?$/,
        'give the number of a block, latest, or a date such as 2026-01-31 or 2026-01-31T12:00Z',
      )
      .refine(isDate, 'there is no such date')
      .describe('the last block up to then, UTC'),
  ])
  .describe('of the chain that is forked');
export type ForkPoint = z.infer<typeof forkPoint>;

export const upstream = z.object({
  newest: z.int().describe('the number of its newest block'),
  newestTime: z.int().describe('Unix time, s'),
  behind: z.int().nullable().describe('blocks; null: the fork has not begun at any yet'),
});
export type Upstream = z.infer<typeof upstream>;

const snapshotName = z.string().trim().min(1).max(120);
const snapshotIdOrName = z
  .union([z.int().positive(), z.string().min(1).max(120)])
  .describe('id or name');
const name = z.string().min(1).max(200);
const ref = z.object({ chain: name });
const one = procedure.errors(errors('CHAIN_NOT_FOUND'));
const running = one.errors(errors('CHAIN_NOT_RUNNING', 'CHAIN_BUSY', 'CHAIN_CALL_FAILED'));
const starting = one.errors(
  errors(
    'CHAIN_BUSY',
    'FRESH_NEEDED',
    'CHAIN_START_FAILED',
    'CHAIN_CALL_FAILED',
    'PORT_TAKEN',
    'RPC_UNREACHABLE',
    'CHAIN_ID_MISMATCH',
    'STATE_CORRUPT',
    'TOOL_MISSING',
    'ENGINE_UNAVAILABLE',
    'IMAGE_BUILD_FAILED',
  ),
);

/** Those that anvil has by a name of its own. */
export const hardforks = [
  ...['byzantium', 'petersburg', 'istanbul', 'berlin', 'london'],
  ...['paris', 'shanghai', 'cancun', 'prague', 'osaka'],
] as const;

/** What a chain has where nothing else is asked for; `balance` in ether. */
export const byDefault = { accounts: 10, balance: 10_000, codeSizeLimit: 24_576 } as const;

/** How a chain is created. Left out: as it was; null: as anvil does by default. */
const creationInput = {
  hardfork: z.enum(hardforks).nullable().optional(),
  chainId: z.int().min(1).max(Number.MAX_SAFE_INTEGER).nullable().optional(),
  accounts: z.int().min(1).max(100).nullable().optional(),
  balance: z.int().min(0).max(1_000_000_000).nullable().optional().describe('of each, ether'),
  mnemonic: z
    .string()
    .min(1)
    .max(400)
    .nullable()
    .optional()
    .describe('sealed; the chain sends for its accounts without their keys'),
};

/** Where a chain starts from; what is left out stays as the network says. */
const startInput = ref.extend({
  port: z.int().min(1).max(65535).optional(),
  forkBlock: forkPoint.optional().describe('fork only; starts afresh there'),
  fresh: z.boolean().optional().describe('drop the saved state (snapshots stay)'),
  engine: z
    .enum(['process', 'docker', 'auto'])
    .optional()
    .describe('stays chosen for this chain; auto: as the settings say'),
  gateway: z
    .enum(['on', 'off'])
    .optional()
    .describe('stays chosen for this chain: whether the gateway has its port, or anvil itself'),
  codeSizeLimit: z
    .int()
    .min(byDefault.codeSizeLimit)
    .max(16_777_216)
    .nullable()
    .optional()
    .describe('bytes of code that a contract may have; stays chosen; null: 24576, as on Ethereum'),
  ...creationInput,
});

export const chains = {
  list: procedure
    .route({ method: 'GET', path: '/chains', summary: 'A chain for every local and fork network' })
    .output(z.array(chain)),
  get: one
    .route({ method: 'GET', path: '/chains/{chain}', summary: 'One chain, asked just now' })
    .input(ref)
    .output(chain),
  upstream: one
    .errors(errors('RPC_UNREACHABLE', 'CHAIN_ID_MISMATCH'))
    .route({
      method: 'GET',
      path: '/chains/{chain}/upstream',
      summary: 'How far a fork is behind what it forks, asked just now',
    })
    .input(ref)
    .output(upstream),
  watch: one
    .route({
      method: 'GET',
      path: '/chains/{chain}/watch',
      summary: 'The chain now, and again whenever it changes',
    })
    .input(ref)
    .errors(errors('TOO_MANY_STREAMS'))
    .output(eventIterator(chain)),
  start: starting
    .route({
      method: 'POST',
      path: '/chains/{chain}/start',
      summary: 'Start it, if it is not running',
    })
    .input(startInput)
    .output(chain),
  stop: one
    .errors(errors('CHAIN_BUSY', 'CHAIN_CALL_FAILED', 'ENGINE_UNAVAILABLE'))
    .route({ method: 'POST', path: '/chains/{chain}/stop', summary: 'Save its state and stop it' })
    .input(ref)
    .output(chain),
  save: running
    .route({
      method: 'POST',
      path: '/chains/{chain}/save',
      summary: 'Save a whole copy of its state now; it goes on',
    })
    .input(ref)
    .output(z.object({ savedAt: z.int().describe('Unix time, ms'), bytes: z.int() })),
  restart: starting
    .route({
      method: 'POST',
      path: '/chains/{chain}/restart',
      summary: 'Stop and start on the same port',
    })
    .input(startInput)
    .output(chain),
  accounts: running
    .route({
      method: 'GET',
      path: '/chains/{chain}/accounts',
      summary: 'Development accounts and balances',
    })
    .input(ref)
    .output(z.array(account)),
  mnemonic: one
    .route({
      method: 'POST',
      path: '/chains/{chain}/mnemonic',
      summary: 'Reveal the mnemonic of its development accounts',
    })
    .input(ref)
    .output(z.object({ mnemonic: z.string(), own: z.boolean().describe("false: anvil's") })),
  fund: running
    .route({ method: 'POST', path: '/chains/{chain}/fund', summary: 'Add ether to an account' })
    .input(
      ref.extend({
        address,
        ether: z.string().regex(/^\d{1,12}(\.\d{1,18})?$/, 'give an amount of ether such as 1.5'),
      }),
    )
    .output(z.object({ address: z.string(), balance: z.string().describe('wei') })),
  mine: running
    .route({
      method: 'POST',
      path: '/chains/{chain}/mine',
      summary: 'Mine blocks, at most 1,000 at once',
    })
    .input(ref.extend({ blocks: z.int().min(1).max(1000).default(1) }))
    .output(chain),
  warp: running
    .route({
      method: 'POST',
      path: '/chains/{chain}/warp',
      summary: 'Move the clock forward and mine one block',
    })
    .input(ref.extend({ seconds: z.int().min(1).max(3_153_600_000) }))
    .output(chain),
  snapshots: one
    .route({ method: 'GET', path: '/chains/{chain}/snapshots', summary: 'Snapshots, oldest first' })
    .input(ref)
    .output(z.array(snapshot)),
  snapshot: running
    .errors(errors('NAME_TAKEN'))
    .route({ method: 'POST', path: '/chains/{chain}/snapshots', summary: 'Take a snapshot' })
    .input(ref.extend({ name: snapshotName.optional() }))
    .output(snapshot),
  revert: starting
    .errors(errors('SNAPSHOT_NOT_FOUND', 'SNAPSHOT_LOST', 'SNAPSHOT_DAMAGED', 'CHAIN_NOT_RUNNING'))
    .route({
      method: 'POST',
      path: '/chains/{chain}/revert',
      summary:
        'Go to a snapshot, back or forward; without one, to where the last deployment started',
    })
    .input(ref.extend({ snapshot: snapshotIdOrName.optional() }))
    .output(reverted),
  describeSnapshot: one
    .errors(errors('SNAPSHOT_NOT_FOUND', 'NAME_TAKEN'))
    .route({
      method: 'PATCH',
      path: '/chains/{chain}/snapshots/{snapshot}',
      summary: 'Rename, note or pin a snapshot; what is left out stays',
    })
    .input(
      ref.extend({
        snapshot: snapshotIdOrName,
        name: snapshotName.optional().describe('an automatic one is kept like named ones then'),
        note: z.string().max(10_000).optional().describe('empty: none'),
        pinned: z.boolean().optional(),
      }),
    )
    .output(snapshot),
  removeSnapshot: one
    .errors(errors('SNAPSHOT_NOT_FOUND', 'CHAIN_BUSY'))
    .route({
      method: 'DELETE',
      path: '/chains/{chain}/snapshots/{snapshot}',
      summary: 'Delete a snapshot',
    })
    .input(ref.extend({ snapshot: snapshotIdOrName }))
    .output(snapshot),
};
