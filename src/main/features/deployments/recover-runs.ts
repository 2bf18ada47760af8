import type { FollowedRun } from '../../kinds/followed-run.ts';
import { completeRun, waitsSince } from './complete-run.ts';
import type { DeploymentsContext } from './context.ts';
import { finalizeOrphan } from './finalize-orphan.ts';
import { jobOf } from './orphan-processes.ts';
import type { Queue } from './queue.ts';
import { leftRunOf } from './recorded-outcome.ts';
import { type RecoveryDependencies, recoverRun } from './recovery.ts';
import type { DeploymentRow } from './row.ts';

/** Brings unfinished runs of closed cores to a final state. */
export class RunRecovery {
  readonly #context: DeploymentsContext;
  readonly #isActive: (id: number) => boolean;
  /** Runs whose record is being completed. */
  readonly #settling = new Set<number>();

  /** @param isActive whether the run belongs to this core and continues */
  constructor(context: DeploymentsContext, isActive: (id: number) => boolean) {
    this.#context = context;
    this.#isActive = isActive;
  }

  /**
   * Brings every run that a closed core left unfinished to a final state, and resumes the queue.
   * Returns what was done, one sentence each.
   */
  async recover(queue: Queue): Promise<string[]> {
    const { store, deps } = this.#context;
    const done: string[] = [];
    for (const row of store.unfinished()) {
      if (row.owner && (await deps.isAlive(row.owner))) continue;
      if (this.#isActive(row.id)) continue;
      if (row.status === 'queued' && deps.stays) continue;
      done.push(await this.one(row));
    }
    queue.pump();
    done.push(...(await this.settle()), ...(await this.#complete()));
    return done;
  }

  async one(row: DeploymentRow): Promise<string> {
    return recoverRun(row, await recoveryOf(this.#context, row));
  }

  /** Completes the records that can be completed now. Returns what was done, one sentence each. */
  async settle(): Promise<string[]> {
    const done: string[] = [];
    for (const row of this.#context.store.unsettled()) {
      if (this.#isActive(row.id) || this.#settling.has(row.id)) continue;
      this.#settling.add(row.id);
      const said = await recoveryOf(this.#context, row)
        .then((recovery) => finalizeOrphan(row, recovery))
        .finally(() => this.#settling.delete(row.id));
      if (said) done.push(said);
    }
    return done;
  }

  /** The same for runs whose targets had no final result. Other runs don't wait for these. */
  async #complete(): Promise<string[]> {
    const { store, deps } = this.#context;
    const rows = store.withoutReceipt(waitsSince()).filter(({ id }) => !this.#settling.has(id));
    const done = await Promise.all(
      rows.map((row) => {
        this.#settling.add(row.id);
        return recoveryOf(this.#context, row)
          .then((recovery) => completeRun(row, recovery))
          .catch((error: unknown) => {
            deps.logger.error(
              { deployment: row.id, err: error },
              'a record could not be completed',
            );
            return undefined;
          })
          .finally(() => this.#settling.delete(row.id));
      }),
    );
    return done.filter((said) => said !== undefined);
  }
}

async function recoveryOf(
  context: DeploymentsContext,
  row: DeploymentRow,
): Promise<RecoveryDependencies> {
  const { deps, store, journal } = context;
  const kind = await deps.kinds.get(row.kind);
  return {
    ...{ store, journal, kind, engines: deps.engines, logger: deps.logger, stays: deps.stays },
    job: jobOf(deps.folderId, row.id),
    project: deps.project(row.projectId),
    provider: deps.provider(kind.info.target),
    changed: (id) => context.changed(id),
  };
}

/** A run whose files were not read to its end; undefined when another run followed it. */
export async function followedRun(
  context: DeploymentsContext,
  id: number,
): Promise<FollowedRun | undefined> {
  const row = context.store.byId(id);
  if (!row || row.summary === null || context.store.hasLater(row)) return undefined;
  const recovery = await recoveryOf(context, row);
  const { kind, project } = recovery;
  const run = leftRunOf(row, recovery);
  if (!run) return undefined;
  return {
    ...{ deployment: id, project: project.id, target: row.target, folder: project.path },
    result: run.result,
    files: () => kind.resultFiles?.(run) ?? { own: [], shared: [] },
  };
}
