import { z } from 'zod';
import { procedure } from '../../shared/procedure.ts';

const bytes = z.int().nonnegative();

export const databaseCheck = z.object({
  state: z
    .enum(['unchecked', 'checking', 'ok', 'partial', 'damaged'])
    .describe('partial: what was looked at in the time is fine'),
  /** Whether indexes were compared with their tables. */
  depth: z.enum(['quick', 'full']),
  checkedAt: z.int().nullable().describe('Unix time, ms'),
  problems: z.array(z.string()),
  /** Where to go back to when it is damaged. */
  newestBackup: z.object({ name: z.string(), createdAt: z.int() }).nullable(),
});
export type DatabaseCheck = z.infer<typeof databaseCheck>;

export const stats = z.object({
  dataFolder: z.string(),
  totalBytes: bytes,
  disk: z.object({
    state: z.enum(['ok', 'full', 'read-only', 'gone']),
    freeBytes: bytes,
    totalBytes: bytes,
  }),
  database: z.object({
    bytes: bytes.describe('with its log'),
    /** Pages in the file that hold nothing, and will be used again first. */
    freeBytes: bytes,
    schema: z.int(),
    tables: z
      .array(z.object({ name: z.string(), feature: z.string(), rows: z.int(), bytes }))
      .describe('the largest first, indexes counted with their table'),
  }),
  chains: z.array(
    z.object({
      name: z.string(),
      running: z.boolean(),
      bytes,
      stateBytes: bytes.describe('the saved state and copies of it'),
      snapshotBytes: bytes,
      cacheBytes: bytes.describe('old states that chains keep while they run'),
      forkBytes: bytes.describe('what a fork has downloaded'),
    }),
  ),
  backups: z.object({ count: z.int(), bytes, newestAt: z.int().nullable() }),
  compileCacheBytes: bytes,
  logBytes: bytes.describe('log files of Drydock itself'),
  otherBytes: bytes,
  lastPrunedAt: z.int().nullable(),
});
export type Stats = z.infer<typeof stats>;

const days = z.int().min(1).max(36_500).nullable();
const size = z
  .int()
  .min(1_048_576)
  .max(2 ** 50)
  .nullable();

/**
 * What is deleted by itself. `null`: no limit. Never deleted: records, named and pinned snapshots, the
 * current snapshot, backups made on demand, the newest backup, the logs of runs that are pinned, unfinished,
 * live, or among the newest of their project.
 */
export const retention = z.object({
  logDays: days,
  logRuns: z.int().min(20).max(1_000_000).nullable().describe('a project'),
  logBytes: size.describe('all logs together'),
  snapshotDays: days.describe('automatic ones'),
  snapshotCount: z.int().min(1).max(50).describe('automatic ones of a chain'),
  snapshotBytes: size.describe('automatic ones of all chains together'),
  backupDays: days.describe('daily ones'),
  backupCount: z.int().min(1).max(3650).describe('daily ones'),
  backupBytes: size.describe('daily ones together'),
  cacheDays: days.describe('old states of chains that have been stopped for so long'),
  traceDays: days.describe('what was recorded of transactions, the oldest first'),
  traceBytes: size.describe('all that was recorded of transactions together'),
});
export type Retention = z.infer<typeof retention>;

const GIB = 2 ** 30;

export const defaultRetention: Retention = {
  logDays: 365,
  logRuns: 5000,
  logBytes: 5 * GIB,
  snapshotDays: 180,
  snapshotCount: 50,
  snapshotBytes: 20 * GIB,
  backupDays: null,
  backupCount: 14,
  backupBytes: 20 * GIB,
  cacheDays: 7,
  traceDays: 30,
  traceBytes: 500 * 2 ** 20,
};

export const pruned = z.object({
  /** Nothing was deleted: this is what would be. */
  dryRun: z.boolean(),
  bytes: bytes.describe('of everything below'),
  logs: z.object({ runs: z.int(), lines: z.int(), bytes }),
  snapshots: z.array(z.object({ chain: z.string(), id: z.int(), name: z.string(), bytes })),
  backups: z.array(z.object({ name: z.string(), bytes })),
  caches: z.array(z.object({ chain: z.string(), bytes })),
  traces: z.object({ transactions: z.int(), bytes }),
  /** What could not be deleted, and why. */
  problems: z.array(z.string()),
});
export type Pruned = z.infer<typeof pruned>;

/** Networks, webhooks, sources of ABIs and variables whose addresses, secrets or values can't be read, by name. */
export const secretOwners = z.object({
  chains: z.array(z.string()),
  networks: z.array(z.string()),
  webhooks: z.array(z.string()),
  abiSources: z.array(z.string()),
  keys: z.array(z.string()).describe('whose passwords Drydock keeps'),
  variables: z.array(
    z.object({
      name: z.string(),
      project: z.string().nullable().describe('null: of all projects'),
      target: z.string().nullable().describe('null: wherever it is deployed'),
    }),
  ),
});
export type SecretOwners = z.infer<typeof secretOwners>;

export const newKey = z.object({
  replaced: z.boolean().describe('false: the key works, and was left alone'),
  keptAt: z.string().nullable().describe('where the unusable key file is now'),
  /** To be entered again. */
  lost: secretOwners,
});
export type NewKey = z.infer<typeof newKey>;

export const data = {
  newKey: procedure
    .route({
      method: 'POST',
      path: '/data/key',
      summary: 'Start with a new key for secrets when the present one is lost',
    })
    .output(newKey),
  stats: procedure
    .route({ method: 'GET', path: '/data', summary: 'What takes how much room' })
    .output(stats),
  prune: procedure
    .route({
      method: 'POST',
      path: '/data/prune',
      summary: 'Delete what the retention settings no longer keep',
    })
    .input(z.object({ dryRun: z.boolean().default(false) }))
    .output(pruned),
  check: procedure
    .route({
      method: 'POST',
      path: '/data/check',
      summary: 'Check the whole database; answers when done',
    })
    .output(databaseCheck),
  lastCheck: procedure
    .route({ method: 'GET', path: '/data/check', summary: 'What the last check has found' })
    .output(databaseCheck),
  retention: procedure
    .route({ method: 'GET', path: '/data/retention', summary: 'What is kept for how long' })
    .output(retention),
  setRetention: procedure
    .route({ method: 'PATCH', path: '/data/retention', summary: 'Change some' })
    .input(retention.partial())
    .output(retention),
};
