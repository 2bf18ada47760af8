import type { Logger } from 'pino';
import type { ProcessRef } from '../../engines/engine.ts';
import type { Engines, OwnChoice } from '../../engines/engines.ts';
import { AppError } from '../../kit/errors.ts';
import type { Toolchain } from '../../toolchains/toolchain.ts';
import type { Change } from '../app/contract.ts';
import type { GitState, Script } from '../projects/contract.ts';
import {
  type Deployment,
  type DeploymentDetail,
  isFinal,
  type JournalEvent,
  type Limits,
  type ListInput,
  type SnapshotRef,
  type StartInput,
} from './contract.ts';
import { defaultLimits } from './deadlines.ts';
import { notRecorded } from './failures.ts';
import { followUps } from './follow-ups.ts';
import { Journal } from './journal.ts';
import { waitingPhases } from './phases.ts';
import { present } from './present.ts';
import { Queue } from './queue.ts';
import { type HoldChain, reach } from './reach.ts';
import { jobOf, type RecoveryParts, recoverRun } from './recovery.ts';
import { run } from './run.ts';
import { resolveScript } from './script.ts';
import { settleRun } from './settle.ts';
import type { DeploymentRow, DeploymentsStore } from './store.ts';
import type { TargetNetwork } from './target.ts';

/** How often events are looked for that another core writes. */
const FOREIGN_LOOK_MS = 250;

/** How often the end of a run is written that found no room on the disk. */
const RECORD_AGAIN_MS = 1000;

export interface DeploymentsParts {
  store: DeploymentsStore;
  engines: Engines;
  logger: Logger;
  changed: (change: Change) => void;
  /** This core's own process, recorded with each run. */
  owner: ProcessRef;
  isAlive: (core: ProcessRef) => boolean;
  /** This core stays open: it also runs what cores that are gone have left waiting. */
  stays: boolean;
  /** Tells this data folder's jobs from those of another one. */
  folderId: string;
  project: (ref: number | string) => {
    id: number;
    name: string;
    path: string;
    engine: OwnChoice;
    toolchain: Toolchain;
  };
  scripts: (projectId: number) => Promise<Script[]>;
  git: (folder: string) => Promise<GitState | null>;
  network: (name: string) => TargetNetwork;
  /** Address of the running chain of a network; null when it doesn't run. */
  chainUrl: (name: string) => Promise<string | null>;
  holdChain: HoldChain;
  revert: (chain: string, snapshot: number) => Promise<{ leftBehind: SnapshotRef | null }>;
  /** What would go with a revert: the live deployments that are not in the snapshot. */
  wouldGo: (chain: string, snapshot: number) => { id: number; number: number; project: string }[];
  settings: () => { snapshotBeforeDeploy: boolean; concurrentRuns: number };
}

export function deploymentsService(parts: DeploymentsParts) {
  const { store, changed } = parts;
  const journal = new Journal(store);
  let closed = false;
  /** Runs whose record is just being completed. */
  const settling = new Set<number>();
  const tell = (id: number) => changed({ topic: 'deployments', key: id });
  const queue = new Queue({
    store,
    owner: parts.owner,
    isAlive: parts.isAlive,
    limit: () => parts.settings().concurrentRuns,
    stays: parts.stays,
    run: (id, signal) => execute(id, signal).catch((error: unknown) => endBroken(id, error)),
    onError: (error) => parts.logger.error({ err: error }, 'the queue could not be read'),
  });

  const find = (id: number): DeploymentRow => {
    const row = store.byId(id);
    if (row) return row;
    throw new AppError(
      'DEPLOYMENT_NOT_FOUND',
      `There is no deployment ${id}. List them with "drydock deployment list".`,
      { field: 'id', fix: { label: 'Show the history', command: 'drydock deployment list' } },
    );
  };

  async function start(input: StartInput, retryOf: number | null = null): Promise<Deployment> {
    const project = parts.project(input.project);
    const network = parts.network(input.network);
    const scripts = await parts.scripts(project.id);
    const script = resolveScript(scripts, input.script, input.sig);
    const args = input.args ?? [];
    project.toolchain.checkArguments(script.signature, args);

    const replaced = input.replaceWaiting
      ? store.waiting().filter((w) => w.projectId === project.id && w.network === network.name)
      : [];
    const snapshot = input.snapshot ?? parts.settings().snapshotBeforeDeploy;
    const id = store.transaction(() => {
      const inserted = store.insert({
        projectId: project.id,
        network: network.name,
        script: `${script.file}:${script.contract}`,
        signature: script.signature,
        args,
        sender: input.from ?? null,
        createdAt: Date.now(),
        phases: waitingPhases(),
        owner: parts.owner,
        request: {
          from: input.from,
          account: input.account,
          passwordFile: input.passwordFile,
          snapshot,
        },
        trigger: input.trigger ?? 'manual',
        priority: input.priority ?? 0,
        retryOf,
      });
      journal.append(inserted, [{ at: Date.now(), type: 'status', status: 'queued' }]);
      return inserted;
    });
    for (const waiting of replaced) endUnstarted(waiting.id);
    tell(id);
    const asked = find(id);
    queue.pump();
    return present(asked);
  }

  async function execute(id: number, signal: AbortSignal): Promise<void> {
    const row = find(id);
    // What an earlier run has left going must not send beside this one.
    await settle().catch((error: unknown) => {
      parts.logger.error({ err: error }, 'the record of an earlier run could not be completed');
    });
    const project = parts.project(row.projectId);
    const network = parts.network(row.network);
    const [file = '', contract = ''] = row.script.split(/:(?=[^:]+$)/);
    await run(
      {
        id,
        number: row.number,
        project,
        network: row.network,
        toolchain: project.toolchain,
        script: { file, contract },
        signature: row.signature,
        args: row.args,
        account: row.request.account,
        passwordFile: row.request.passwordFile,
        snapshot: row.request.snapshot,
        job: jobOf(parts.folderId, id),
        limits: limitsOf(project.id),
        doubts: network.kind === 'remote' ? doubtsOf(network.name) : [],
      },
      {
        ...parts,
        journal,
        changed: () => tell(id),
        reach: (preparation, work) => {
          const { from = null, account } = row.request;
          const asked = {
            network,
            from,
            hasAccount: account !== undefined,
            rather: project.engine,
          };
          return reach(asked, parts.holdChain, preparation, work);
        },
      },
      signal,
    );
  }

  /** Runs that nobody can look at now, as their engine is gone, and that may still be sending. */
  const doubtsOf = (network: string): string[] =>
    store
      .unsettled()
      .filter((row) => row.network === network)
      .map(
        (row) =>
          `${row.projectName} #${row.number} may still be sending to ${network}: Docker, where it ran, doesn't answer. Start Docker, and look at what has reached the network.`,
      );

  const limitsOf = (projectId: number): Limits => ({
    ...defaultLimits,
    ...store.limits(projectId),
  });

  function detail(id: number): DeploymentDetail {
    const row = find(id);
    return {
      ...present(row),
      request: row.request,
      phases: row.phases,
      contracts: store.contracts(id),
      transactions: store.transactions(id),
      command: row.command,
      snapshot:
        row.snapshotId === null || row.snapshotName === null
          ? null
          : { id: row.snapshotId, name: row.snapshotName },
      warnings: row.warnings,
      lastSeq: journal.lastSeq(id),
    };
  }

  function watch(
    id: number,
    after: number,
    limit: number,
    signal?: AbortSignal,
  ): AsyncGenerator<JournalEvent[], void> {
    find(id);
    return journal.follow(id, {
      after,
      limit,
      signal,
      isLast: (event) => event.type === 'status' && isFinal(event.status),
      isOver: () => isFinal(store.status(id) ?? 'interrupted'),
      foreignMs: queue.isActive(id) ? undefined : FOREIGN_LOOK_MS,
    });
  }

  /** Resolves when every process of the run is gone and its end is recorded. */
  async function cancel(id: number): Promise<Deployment> {
    const row = find(id);
    if (isFinal(row.status)) {
      throw new AppError('DEPLOYMENT_ENDED', `Deployment ${id} has ended already (${row.status}).`);
    }
    if (row.status === 'queued' && endUnstarted(id)) return present(find(id));
    if (store.move(id, 'running', 'cancelling')) {
      if (queue.isActive(id)) {
        journal.append(id, [{ at: Date.now(), type: 'status', status: 'cancelling' }]);
      }
      tell(id);
    }
    if (queue.isActive(id)) await queue.cancel(id);
    else if (row.owner && parts.isAlive(row.owner)) await ended(id);
    else await recoverOne(find(id));
    return present(find(id));
  }

  /** Waits for a run of another core. */
  async function ended(id: number): Promise<void> {
    for await (const _ of watch(id, journal.lastSeq(id), Number.MAX_SAFE_INTEGER)) {
      // Only its end matters.
    }
  }

  /** Ends what is still waiting for its turn; nothing of it has begun. False when it just began. */
  function endUnstarted(id: number): boolean {
    if (!store.move(id, 'queued', 'cancelled')) return false;
    const at = Date.now();
    journal.append(id, [{ at, type: 'status', status: 'cancelled' }], () =>
      store.update(id, { endedAt: at }),
    );
    journal.finish(id);
    tell(id);
    return true;
  }

  /** A run whose own record could not be written, as on a full disk. */
  function endBroken(id: number, error: unknown): void {
    parts.logger.error({ deployment: id, err: error }, 'a run could not be recorded');
    const failure = notRecorded(error);
    try {
      const at = Date.now();
      journal.append(id, [{ at, type: 'status', status: 'failed', failure }], () =>
        store.update(id, {
          status: 'failed',
          endedAt: at,
          failure,
          deadLetter: true,
          process: null,
        }),
      );
    } catch {
      // Still no room: tried again until there is. A core that ends first leaves it to the next.
      setTimeout(() => {
        const row = closed ? undefined : store.byId(id);
        if (row && !isFinal(row.status)) endBroken(id, error);
      }, RECORD_AGAIN_MS).unref();
    }
    journal.finish(id);
    tell(id);
  }

  const recoveryOf = (row: DeploymentRow): RecoveryParts => ({
    store,
    journal,
    engines: parts.engines,
    logger: parts.logger,
    job: jobOf(parts.folderId, row.id),
    toolchain: () => parts.project(row.projectId).toolchain,
    folder: () => parts.project(row.projectId).path,
    url: async () => {
      const network = parts.network(row.network);
      return network.kind === 'remote' ? network.url : parts.chainUrl(network.name);
    },
    stays: parts.stays,
    changed: tell,
  });
  const recoverOne = (row: DeploymentRow): Promise<string> => recoverRun(row, recoveryOf(row));

  /** Completes what can be completed by now. Answers what was done, a sentence each. */
  async function settle(): Promise<string[]> {
    const done: string[] = [];
    for (const row of store.unsettled()) {
      if (queue.isActive(row.id) || settling.has(row.id)) continue;
      settling.add(row.id);
      const said = await settleRun(row, recoveryOf(row)).finally(() => settling.delete(row.id));
      if (said) done.push(said);
    }
    return done;
  }

  return {
    start: (input: StartInput) => start(input),
    get: detail,
    watch,
    cancel,
    logs: (id: number, after: number, limit: number) => {
      find(id);
      return journal.read(id, after, limit);
    },

    list(input: ListInput) {
      const { project, before, limit, ...rest } = input;
      const projectId = project === undefined ? undefined : parts.project(project).id;
      const { rows, total } = store.list({ ...rest, projectId }, before, limit);
      const next = rows.length === limit ? (rows.at(-1)?.id ?? null) : null;
      return { items: rows.map(present), total, next };
    },

    queue() {
      const rows = store.unfinished().map(present);
      return {
        running: rows.filter((d) => d.status !== 'queued'),
        waiting: rows.filter((d) => d.status === 'queued'),
      };
    },

    ...followUps({ ...parts, find, start, present, tell }),

    limits: (ref: number | string): Limits => limitsOf(parts.project(ref).id),
    setLimits(ref: number | string, patch: Partial<Limits>): Limits {
      const { id } = parts.project(ref);
      store.putLimits(id, { ...store.limits(id), ...patch });
      return limitsOf(id);
    },

    isBusy: (projectId: number) => store.unfinished().some((row) => row.projectId === projectId),

    /** The run of a project that is under way, in whichever core, e.g. `vault #3`. */
    runOf(projectId: number): string | undefined {
      const row = store
        .unfinished()
        .find((one) => one.projectId === projectId && one.status !== 'queued');
      return row && `${row.projectName} #${row.number}`;
    },

    /** Who deploys to a network right now, in whichever core. */
    userOf(network: string): string | undefined {
      const [id] = store.runningOn(network);
      const row = id === undefined ? undefined : store.byId(id);
      return row && `${row.projectName} #${row.number}`;
    },

    /**
     * Takes every run that a core which is gone has left unfinished to where it can stay, and goes
     * on with the queue. Answers what was done, a sentence each.
     */
    async recover(): Promise<string[]> {
      const done: string[] = [];
      for (const row of store.unfinished()) {
        if (queue.isActive(row.id)) continue;
        if (row.owner && parts.isAlive(row.owner)) continue;
        if (row.status === 'queued' && parts.stays) continue;
        done.push(await recoverOne(row));
      }
      queue.pump();
      done.push(...(await settle()));
      return done;
    },

    /** Cancels what runs here, and waits until it is recorded. What waits goes on waiting. */
    close: () => {
      closed = true;
      return queue.close();
    },
  };
}

export type DeploymentsService = ReturnType<typeof deploymentsService>;
