import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { databaseFile } from '../../db/database-file.ts';
import { runInWorker } from '../../db/run-in-worker.ts';
import { despiteLocks } from '../../lib/despite-locks.ts';
import { folderSize } from '../../lib/folder-size.ts';
import { inSmallSteps } from '../../lib/small-steps.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Pruned, Retention } from './contract.ts';
import type { ChainFiles, DataDependencies, PrunedTraces } from './dependencies.ts';
import { ALWAYS_KEPT_LOGS, beyond } from './selection.ts';
import { type LogRow, logSizes } from './store.ts';

const DAY_MS = 86_400_000;
/** A log that small is the notice that the rest of it is gone, or not worth one. */
const SMALL_LOG_BYTES = 256;
/** Log of the database, in pages, beyond which a worker clears it. */
const MOST_LOG_PAGES = 2000;
/** Free pages that stay in the file for what comes next: 4 MB. */
const SPARE_PAGES = 1000;

interface Plan {
  logs: LogRow[];
  snapshots: { chain: string; id: number; name: string; bytes: number }[];
  backups: { name: string; bytes: number }[];
  caches: { chain: string; bytes: number; entries: string[] }[];
  traces: PrunedTraces;
}

/** What the rules no longer keep. */
export async function planPrune(
  deps: DataDependencies,
  rules: Retention,
  signal: AbortSignal,
): Promise<Plan> {
  const now = Date.now();
  const chains = await deps.chains();
  return {
    logs: await oldLogs(deps, rules, now, signal),
    snapshots: await oldSnapshots(deps, rules, now, chains),
    backups: oldBackups(deps, rules, now),
    caches: await oldCaches(rules, now, chains),
    traces: deps.traces.beyond(traceLimits(rules)),
  };
}

async function oldLogs(
  deps: DataDependencies,
  rules: Retention,
  now: number,
  signal: AbortSignal,
): Promise<LogRow[]> {
  const found = await deps.checkpoints.paused(() =>
    runInWorker({ do: 'query', file: databaseFile(deps.home), sql: logSizes, params: [] }, signal),
  );
  const rows = (found as unknown as LogRow[]).filter((row) => row.bytes > SMALL_LOG_BYTES);
  const limits = { days: rules.logDays, count: rules.logRuns, bytes: rules.logBytes };
  return beyond(rows, limits, {
    now,
    group: (row) => row.projectId,
    isSafe: (row, place) => Boolean(row.kept) || place <= ALWAYS_KEPT_LOGS,
  });
}

async function oldSnapshots(
  deps: DataDependencies,
  rules: Retention,
  now: number,
  chains: readonly ChainFiles[],
): Promise<Plan['snapshots']> {
  const needed = deps.store.liveSnapshots();
  const all = chains.flatMap((chain) =>
    chain.snapshots
      .filter((s) => s.automatic && !s.pinned)
      .map((s) => ({ ...s, chain: chain.name, at: s.createdAt })),
  );
  const sized = await Promise.all(
    all.map(async (s) => ({ ...s, bytes: await folderSize(s.file) })),
  );
  const limits = {
    days: rules.snapshotDays,
    count: rules.snapshotCount,
    bytes: rules.snapshotBytes,
  };
  return beyond(sized, limits, {
    now,
    group: (s) => s.chain,
    isSafe: (s) => s.current || needed.has(s.id),
  }).map(({ chain, id, name, bytes }) => ({ chain, id, name, bytes }));
}

function oldBackups(deps: DataDependencies, rules: Retention, now: number): Plan['backups'] {
  const { items } = deps.backups.list();
  const newest = items.find((b) => b.kind !== 'replaced')?.name;
  const daily = items.filter((b) => b.kind === 'daily').map((b) => ({ ...b, at: b.createdAt }));
  const limits = { days: rules.backupDays, count: rules.backupCount, bytes: rules.backupBytes };
  return beyond(daily, limits, {
    now,
    group: () => 'all',
    isSafe: (b) => b.name === newest,
  }).map(({ name, bytes }) => ({ name, bytes }));
}

async function oldCaches(
  rules: Retention,
  now: number,
  chains: readonly ChainFiles[],
): Promise<Plan['caches']> {
  if (rules.cacheDays === null) return [];
  const oldest = now - rules.cacheDays * DAY_MS;
  const found: Plan['caches'] = [];
  for (const chain of chains.filter((c) => !c.running)) {
    const folder = path.join(chain.folder, 'cache');
    const entries: string[] = [];
    let bytes = 0;
    for (const name of await readdir(folder).catch(() => [])) {
      const entry = path.join(folder, name);
      const touched = await stat(entry).catch(() => undefined);
      if (!touched || touched.mtimeMs > oldest) continue;
      entries.push(entry);
      bytes += await folderSize(entry);
    }
    if (bytes > 0) found.push({ chain: chain.name, bytes, entries });
  }
  return found;
}

export function asResult(plan: Plan, dryRun: boolean, problems: string[] = []): Pruned {
  const sum = (items: readonly { bytes: number }[]) => items.reduce((n, i) => n + i.bytes, 0);
  const { snapshots, backups, traces } = plan;
  const caches = plan.caches.map(({ chain, bytes }) => ({ chain, bytes }));
  return {
    dryRun,
    bytes: sum(plan.logs) + sum(snapshots) + sum(backups) + sum(caches) + traces.bytes,
    logs: {
      runs: plan.logs.length,
      lines: plan.logs.reduce((n, log) => n + log.lines, 0),
      bytes: sum(plan.logs),
    },
    snapshots,
    backups,
    caches,
    traces,
    problems,
  };
}

/**
 * Does it: files first, as a full disk has no room for what deleting rows needs. One thing that
 * can't be deleted doesn't keep the others; the result tells what was.
 */
export async function carryOut(
  deps: DataDependencies,
  plan: Plan,
  rules: Retention,
  signal: AbortSignal,
): Promise<Pruned> {
  const problems: string[] = [];
  async function each<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<T[]> {
    const done: T[] = [];
    for (const item of items) {
      signal.throwIfAborted();
      try {
        await work(item);
        done.push(item);
      } catch (error) {
        if (signal.aborted) throw error;
        problems.push(messageOf(error));
      }
    }
    return done;
  }

  const caches = await each(plan.caches, async ({ chain, entries }) => {
    const now = (await deps.chains()).find((c) => c.name === chain);
    if (now?.running) throw new Error(`The chain ${chain} was started meanwhile.`);
    for (const entry of entries)
      await despiteLocks(() => rm(entry, { recursive: true, force: true }));
  });
  const backups = await each(plan.backups, ({ name }) => deps.backups.remove(name));
  const snapshots = await each(plan.snapshots, ({ chain, id }) => deps.removeSnapshot(chain, id));
  return deps.checkpoints.paused(async () => {
    const logs = await each(plan.logs, (log) => removeLog(deps, log.id, signal));
    const traces = await deps.traces.prune(traceLimits(rules), signal);
    if (logs.length > 0 || traces.bytes > 0) await shrink(deps, signal);
    return asResult({ caches, backups, snapshots, logs, traces }, false, problems);
  });
}

const traceLimits = ({ traceDays, traceBytes }: Retention) => ({
  days: traceDays,
  bytes: traceBytes,
});

/** The records stay, and in place of the log a line that says where it is. */
async function removeLog(deps: DataDependencies, id: number, signal: AbortSignal): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  const notice = `The log of this run was deleted on ${day} to save space, as the retention settings say. Its records are kept.`;
  const first = deps.store.beginLog(id, notice);
  if (first === null) return;
  await inSmallSteps((size) => deps.store.removeLines(id, first, size), {
    first: 20,
    most: 20_000,
    signal,
    afterEach: () => clearLog(deps, signal),
  });
  deps.logRemoved(id);
  deps.changed({ topic: 'deployments', key: id });
}

/** Gives free pages at the end of the file back to the disk. */
async function shrink(deps: DataDependencies, signal: AbortSignal): Promise<void> {
  if (!deps.store.canShrink()) return;
  await inSmallSteps(
    (size) => {
      const pages = Math.min(size, deps.store.freePages() - SPARE_PAGES);
      if (pages <= 0) return 0;
      deps.store.shrink(pages);
      return pages;
    },
    { first: 50, most: 2000, signal, afterEach: () => clearLog(deps, signal) },
  );
  await runInWorker({ do: 'checkpoint', file: databaseFile(deps.home) }, signal);
}

/** In a worker: clearing the log waits for the disk. */
async function clearLog(deps: DataDependencies, signal: AbortSignal): Promise<void> {
  if (deps.store.logPages() < MOST_LOG_PAGES) return;
  await runInWorker({ do: 'checkpoint', file: databaseFile(deps.home) }, signal);
}
