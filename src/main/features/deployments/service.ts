import type { Logger } from 'pino';
import type { Engine, ProcessRef } from '../../engines/engine.ts';
import { AppError, messageOf } from '../../kit/errors.ts';
import { KeyedLock } from '../../kit/keyed-lock.ts';
import type { Toolchain } from '../../toolchains/toolchain.ts';
import type { Change } from '../app/contract.ts';
import type { GitState, Script } from '../projects/contract.ts';
import type {
  Deployment,
  DeploymentDetail,
  DeploymentStatus,
  JournalEvent,
  ListInput,
  StartInput,
} from './contract.ts';
import { Journal } from './journal.ts';
import { waitingPhases } from './phases.ts';
import { run } from './run.ts';
import { resolveScript } from './script.ts';
import type { DeploymentRow, DeploymentsStore } from './store.ts';
import {
  type Destination,
  type HeldChain,
  ownDestination,
  remoteDestination,
  type TargetNetwork,
} from './target.ts';

/** How often events are looked for that another core writes. */
const FOREIGN_LOOK_MS = 250;

export interface DeploymentsParts {
  store: DeploymentsStore;
  engine: Engine;
  logger: Logger;
  changed: (change: Change) => void;
  /** This core's own process, recorded with each run. */
  owner: ProcessRef;
  project: (ref: number | string) => {
    id: number;
    name: string;
    path: string;
    toolchain: Toolchain;
  };
  scripts: (projectId: number) => Promise<Script[]>;
  git: (folder: string) => Promise<GitState | null>;
  network: (name: string) => TargetNetwork;
  holdChain: (
    name: string,
    user: string,
    work: (chain: HeldChain, startedNow: boolean) => Promise<void>,
  ) => Promise<void>;
  snapshotByDefault: () => boolean;
}

export const isFinal = (status: DeploymentStatus): boolean =>
  status !== 'queued' && status !== 'running';

export function deploymentsService(parts: DeploymentsParts) {
  const { store, changed } = parts;
  const journal = new Journal(store);
  const queues = new KeyedLock<number>();
  const active = new Map<number, { abort: AbortController; done: Promise<void> }>();

  const find = (id: number): DeploymentRow => {
    const row = store.byId(id);
    if (row) return row;
    throw new AppError(
      'DEPLOYMENT_NOT_FOUND',
      `There is no deployment ${id}. List them with "drydock deployment list".`,
      { field: 'id', fix: { label: 'Show the history', command: 'drydock deployment list' } },
    );
  };

  async function start(input: StartInput): Promise<Deployment> {
    const project = parts.project(input.project);
    const network = parts.network(input.network);
    const scripts = await parts.scripts(project.id);
    const script = resolveScript(scripts, input.script, input.sig);
    const args = input.args ?? [];
    project.toolchain.checkArguments(script.signature, args);

    const id = store.insert({
      projectId: project.id,
      network: network.name,
      script: `${script.file}:${script.contract}`,
      signature: script.signature,
      args,
      sender: input.from ?? null,
      createdAt: Date.now(),
      phases: waitingPhases(),
      owner: parts.owner,
    });
    journal.append(id, [{ at: Date.now(), type: 'status', status: 'queued' }]);
    const row = find(id);
    const abort = new AbortController();
    const tell = () => changed({ topic: 'deployments', key: id });
    tell();

    const request = {
      id,
      number: row.number,
      project,
      network: network.name,
      toolchain: project.toolchain,
      script,
      signature: script.signature,
      args,
      account: input.account,
      passwordFile: input.passwordFile,
      snapshot: input.snapshot ?? parts.snapshotByDefault(),
    };
    const done = queues
      .run(project.id, async () => {
        if (isFinal(find(id).status)) return;
        await run(
          request,
          {
            ...parts,
            journal,
            changed: tell,
            reach: (note, work) =>
              reach(input, network, `${project.name} #${row.number}`, note, work),
          },
          abort.signal,
        );
      })
      .catch((error: unknown) => endBroken(id, error))
      .finally(() => active.delete(id));
    active.set(id, { abort, done });
    return present(row);
  }

  async function reach(
    input: StartInput,
    network: TargetNetwork,
    user: string,
    note: (text: string) => void,
    work: (to: Destination) => Promise<void>,
  ): Promise<void> {
    const from = input.from ?? null;
    if (network.kind === 'remote') {
      return work(await remoteDestination(network, from, input.account !== undefined));
    }
    return parts.holdChain(network.name, user, async (chain, startedNow) => {
      if (startedNow) note(`Started the chain ${network.name} at ${chain.url}.`);
      await work(await ownDestination(chain, from));
    });
  }

  function detail(id: number): DeploymentDetail {
    const row = find(id);
    return {
      ...present(row),
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
      isOver: () => isFinal(store.byId(id)?.status ?? 'interrupted'),
      foreignMs: active.has(id) ? undefined : FOREIGN_LOOK_MS,
    });
  }

  async function cancel(id: number): Promise<Deployment> {
    const row = find(id);
    const running = active.get(id);
    if (running && row.status === 'queued') {
      running.abort.abort();
      endUnstarted(row);
    } else if (running) {
      running.abort.abort();
      await running.done;
    } else if (!isFinal(row.status)) {
      await endAbandoned(row);
    } else {
      throw new AppError('DEPLOYMENT_ENDED', `Deployment ${id} has ended already (${row.status}).`);
    }
    return present(find(id));
  }

  /** A run whose own record could not be written, as on a full disk. */
  function endBroken(id: number, error: unknown): void {
    parts.logger.error({ deployment: id, err: error }, 'a run could not be recorded');
    const failure = {
      code: 'NOT_RECORDED',
      message: `The run could not be recorded: ${messageOf(error)}. Free some disk space, check the chain for what was sent, and deploy again.`,
    };
    try {
      const at = Date.now();
      journal.append(id, [{ at, type: 'status', status: 'failed', failure }], () =>
        store.update(id, { status: 'failed', endedAt: at, failure, process: null }),
      );
    } catch {
      // Still no room. The next start finds the run unfinished and ends it.
    }
    journal.finish(id);
    changed({ topic: 'deployments', key: id });
  }

  /** A run that is still waiting for its turn; nothing of it has begun. */
  function endUnstarted(row: DeploymentRow): void {
    const at = Date.now();
    journal.append(row.id, [{ at, type: 'status', status: 'cancelled' }], () =>
      store.update(row.id, { status: 'cancelled', endedAt: at }),
    );
    journal.finish(row.id);
    changed({ topic: 'deployments', key: row.id });
  }

  /** Ends a run whose core is gone: its processes first, then the record. */
  async function endAbandoned(row: DeploymentRow): Promise<void> {
    if (row.owner && (await parts.engine.isRunning(row.owner))) {
      throw new AppError(
        'DEPLOYMENT_ENDED',
        `Deployment ${row.id} is run by another Drydock (process ${row.owner.pid}). Cancel it there.`,
      );
    }
    if (row.process) await parts.engine.endOrphan(row.process);
    const message =
      'Drydock was ended in the middle of the run. What was recorded up to then is kept; deploy again, or revert to the snapshot before it.';
    const failure = { code: 'INTERRUPTED', message };
    const landed = store.transactions(row.id).some((t) => t.status === 'success');
    const at = Date.now();
    const phases = row.phases.map((p) =>
      p.status === 'running' ? { ...p, status: 'failed' as const } : p,
    );
    journal.append(row.id, [{ at, type: 'status', status: 'interrupted', failure }], () =>
      store.update(row.id, {
        status: 'interrupted',
        endedAt: at,
        failure,
        phases,
        process: null,
        live: landed ? true : null,
      }),
    );
    journal.finish(row.id);
    changed({ topic: 'deployments', key: row.id });
    parts.logger.warn({ deployment: row.id }, 'ended an interrupted run');
  }

  return {
    start,
    get: detail,
    watch,
    cancel,
    logs: (id: number, after: number, limit: number) => {
      find(id);
      return journal.read(id, after, limit);
    },
    list(input: ListInput) {
      const { project, before, limit, ...rest } = input;
      const filter = {
        ...rest,
        projectId: project === undefined ? undefined : parts.project(project).id,
      };
      const { rows, total } = store.list(filter, before, limit);
      const next = rows.length === limit ? (rows.at(-1)?.id ?? null) : null;
      return { items: rows.map(present), total, next };
    },
    isBusy: (projectId: number) => queues.isBusy(projectId),

    /** At start: ends every run that a core which is gone has left unfinished. */
    async recover(): Promise<void> {
      for (const row of store.unfinished()) {
        if (active.has(row.id)) continue;
        if (row.owner && (await parts.engine.isRunning(row.owner))) continue;
        await endAbandoned(row);
      }
    },

    /** Cancels what runs here, and waits until it is recorded. */
    async close(): Promise<void> {
      for (const { abort } of active.values()) abort.abort();
      await Promise.all([...active.values()].map((a) => a.done));
    },
  };
}

export type DeploymentsService = ReturnType<typeof deploymentsService>;

function present(row: DeploymentRow): Deployment {
  return {
    id: row.id,
    number: row.number,
    project: { id: row.projectId, name: row.projectName },
    network: row.network,
    chainId: row.chainId,
    status: row.status,
    live: row.live,
    script: row.script,
    signature: row.signature,
    args: row.args,
    from: row.sender,
    commit: row.commit,
    branch: row.branch,
    dirty: row.dirty,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    endedAt: row.endedAt,
    contractCount: row.contractCount,
    gasUsed: row.gasUsed,
    failure: row.failure,
  };
}
