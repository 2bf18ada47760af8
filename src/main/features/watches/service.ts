import type { Logger } from 'pino';
import { KeyedLock } from '../../lib/keyed-lock.ts';
import type { ProcessRef } from '../../lib/process-ref.ts';
import { isSameProcess } from '../../lib/process-ref.ts';
import { AppError } from '../../shared/errors.ts';
import type { KindInfo } from '../../shared/kind.ts';
import type { BriefRef } from '../../shared/refs.ts';
import type { JournalEvent } from '../../shared/run.ts';
import type { Change } from '../app/contract.ts';
import type { Snapshot } from '../chains/contract.ts';
import type { Deployment, Rollback, StartInput } from '../deployments/contract.ts';
import type { Watch, WatchNews } from './contract.ts';
import { leftState } from './left-state.ts';
import { ProjectWatch } from './project-watch.ts';
import type { WatchesStore, WatchRow } from './store.ts';

interface WatchedProject {
  id: number;
  name: string;
  path: string;
  kind: string;
}

export interface WatchesDependencies {
  store: WatchesStore;
  logger: Logger;
  /** This core's own process. */
  owner: ProcessRef;
  isAlive: (ref: ProcessRef) => Promise<boolean>;
  changed: (change: Change) => void;
  changes: { follow(signal?: AbortSignal): AsyncGenerator<Change[], void> };
  /** Throws PROJECT_NOT_FOUND. */
  project: (ref: string | number) => WatchedProject;
  kindInfo: (kind: string) => KindInfo | undefined;
  /** Throws NETWORK_NOT_FOUND. */
  network: (name: string) => { kind: 'local' | 'fork' | 'remote' };
  deployments: {
    start: (input: StartInput) => Promise<Deployment>;
    redeploy: (id: number) => Promise<Deployment>;
    cancel: (id: number) => Promise<unknown>;
    /** Throws DEPLOYMENT_NOT_FOUND. */
    get: (id: number) => Deployment;
    rollback: (id: number, dryRun: boolean) => Promise<Rollback>;
    watch: (
      id: number,
      after: number,
      limit: number,
      signal?: AbortSignal,
    ) => AsyncGenerator<JournalEvent[], void>;
  };
  chains: {
    snapshots: (chain: string) => Snapshot[];
    revert: (chain: string, snapshot: number) => Promise<unknown>;
  };
}

export type StartWatch = Omit<StartInput, 'replaceWaiting' | 'trigger'>;

/** All events of any run. */
const ALL = Number.MAX_SAFE_INTEGER;

/** Projects that are deployed again as their sources change. */
export function watchesService(deps: WatchesDependencies) {
  const { store, logger, deployments, chains } = deps;
  const open = new Map<number, ProjectWatch>();
  /** By project: a watch ends before the next one begins. */
  const turns = new KeyedLock<number>();
  const tell = (project: number) => deps.changed({ topic: 'watches', key: project });

  function briefOf(id: number | null): BriefRef | null {
    if (id === null) return null;
    try {
      const { number, project } = deployments.get(id);
      return { id, number, project: project.name };
    } catch {
      // Its record was deleted meanwhile.
      return null;
    }
  }

  function present({ row, state, files }: ProjectWatch): Watch {
    const { id, name } = deps.project(row.projectId);
    return {
      project: { id, name },
      ...{ target: row.target, state, files, startedAt: row.startedAt, problem: row.problem },
      ...{ run: briefOf(row.runId), good: briefOf(row.goodId) },
    };
  }

  async function ended(run: number, signal: AbortSignal): Promise<Deployment> {
    for await (const _ of deployments.watch(run, 0, ALL, signal)) signal.throwIfAborted();
    return deployments.get(run);
  }

  async function inPlace(run: number) {
    if (deployments.get(run).live !== true) return { isLive: false, others: [] };
    const { gone } = await deployments.rollback(run, true);
    return { isLive: true, others: gone.filter(({ id }) => id !== run) };
  }

  async function bringBack(row: WatchRow): Promise<void> {
    if (row.goodId !== null && (await inPlace(row.goodId)).isLive) return;
    const left = leftState(chains.snapshots(row.target), row);
    if (left && !left.current) await chains.revert(row.target, left.id);
  }

  function watched({ path: folder, kind }: WatchedProject, row: WatchRow): ProjectWatch {
    const sources = deps.kindInfo(kind)?.watched;
    if (!sources) {
      throw new AppError('UNSUPPORTED', `Projects of the kind ${kind} are not watched.`);
    }
    const watch: ProjectWatch = new ProjectWatch(row, {
      ...{ folder, watched: sources, ended, inPlace, bringBack },
      keep(changed) {
        if (open.get(row.projectId) !== watch) return;
        store.put(changed);
        tell(row.projectId);
      },
      redeploy: deployments.redeploy,
      cancel: deployments.cancel,
      takeBack: async (run) => void (await deployments.rollback(run, false)),
      current: (target) => chains.snapshots(target).find(({ current }) => current)?.id ?? null,
    });
    open.set(row.projectId, watch);
    return watch;
  }

  async function end(project: number, { cancels }: { cancels: boolean }): Promise<void> {
    const watch = open.get(project);
    if (!watch) return;
    await watch.finish({ cancels });
    store.remove(project);
    open.delete(project);
    tell(project);
  }

  /** Throws PROJECT_BUSY when another core follows the project. */
  async function assertFree({ id, name }: WatchedProject): Promise<void> {
    const other = store.all().find(({ projectId }) => projectId === id)?.owner;
    if (!other || isSameProcess(other, deps.owner) || !(await deps.isAlive(other))) return;
    throw new AppError(
      'PROJECT_BUSY',
      `${name} is watched by the process ${other.pid}, such as "drydock deploy --watch" in a terminal. End that first.`,
    );
  }

  async function begin(project: WatchedProject, asked: StartInput, target: string): Promise<Watch> {
    await assertFree(project);
    await end(project.id, { cancels: false });
    const watch = watched(project, {
      ...{ projectId: project.id, owner: deps.owner, target, startedAt: Date.now() },
      ...{ runId: null, goodId: null, digest: null, takenBackAt: null, leftId: null },
      problem: null,
    });
    try {
      await watch.begin(() =>
        deployments.start({ ...asked, target, trigger: 'watch', replaceWaiting: true }),
      );
    } catch (error) {
      await end(project.id, { cancels: false });
      throw error;
    }
    return present(watch);
  }

  return {
    list: (): Watch[] => [...open.values()].map(present),

    /** Rejects with what refuses the first run; then nothing is watched. */
    async start({ target = 'local', ...asked }: StartWatch): Promise<Watch> {
      const project = deps.project(asked.project);
      if (deps.network(target).kind === 'remote') {
        throw new AppError(
          'UNSUPPORTED',
          `${target} can't be taken back: watch mode deploys to chains that Drydock runs, local ones and forks.`,
          { field: 'target' },
        );
      }
      return turns.run(project.id, () => begin(project, asked, target));
    },

    /** Resolves once its run has ended, if one was under way. */
    stop(ref: string | number, options: { cancels: boolean }): Promise<Watch | null> {
      const { id } = deps.project(ref);
      return turns.run(id, async () => {
        const watch = open.get(id);
        await end(id, options);
        return watch ? present(watch) : null;
      });
    },

    /** Ends when the project is no longer watched. */
    async *follow(ref: string | number, signal?: AbortSignal): AsyncGenerator<WatchNews, void> {
      const { id } = deps.project(ref);
      let told = '';
      let shown: number | null = null;
      // Its first batch is empty: nothing is missed from then on.
      for await (const batch of deps.changes.follow(signal)) {
        if (told !== '' && !batch.some(({ topic, key }) => topic === 'watches' && key === id)) {
          continue;
        }
        const watch = open.get(id);
        if (!watch) return;
        const now = present(watch);
        const text = JSON.stringify(now);
        if (text !== told) yield { watch: now };
        told = text;
        const { runId } = watch.row;
        if (runId === null || runId === shown) continue;
        shown = runId;
        for await (const events of deployments.watch(runId, 0, ALL, signal)) {
          yield { run: { id: runId, events } };
        }
      }
    },

    removed: (project: number): Promise<void> =>
      turns.run(project, () => end(project, { cancels: true })),

    /** A run has succeeded: if the project's watch did not begin it, see `ProjectWatch.adopt`. */
    deployed({ id, project, target }: Pick<Deployment, 'id' | 'project' | 'target'>): void {
      const watch = open.get(project.id);
      if (watch?.row.target === target && watch.row.runId !== id) watch.adopt(id);
    },

    /** What a run or a stopped chain was in the way of may be possible now. */
    tryAgain(target: string): void {
      for (const watch of open.values()) {
        if (watch.row.target === target) watch.tryAgain();
      }
    },

    /** Continues what cores that have ended left behind. */
    async resume(): Promise<void> {
      for (const row of store.all()) {
        if (await deps.isAlive(row.owner)) continue;
        try {
          watched(deps.project(row.projectId), { ...row, owner: deps.owner }).resume();
        } catch (error) {
          logger.warn({ err: error, project: row.projectId }, 'a project is no longer watched');
          store.remove(row.projectId);
        }
      }
    },

    async close(): Promise<void> {
      await Promise.all([...open.values()].map((watch) => watch.close()));
    },
  };
}

export type WatchesService = ReturnType<typeof watchesService>;
