import { isSameProcess } from '../../lib/process-ref.ts';
import { AppError } from '../../shared/errors.ts';
import { isFinal } from '../../shared/final.ts';
import type { TargetType } from '../../shared/kind.ts';
import type { Checked, RecordedRun, Succession } from '../../targets/target.ts';
import type { DeploymentsContext } from './context.ts';
import type { DeploymentRow } from './row.ts';

/** Targets whose results can replace one another. */
const TARGETS: readonly TargetType[] = ['runtime', 'chain'];

/**
 * Runs whose results replace one another: the record of which one is in place is written first, and
 * their target is then made to match it.
 */
export class RunSuccession {
  readonly #context: DeploymentsContext;
  /** Runs whose results are being restored by this core. */
  readonly #returning = new Set<number>();
  #following: Promise<string[]> | undefined;
  /** Something has changed since it began. */
  #again = false;

  constructor(context: DeploymentsContext) {
    this.#context = context;
  }

  /** The succession of a run's target; undefined where results exist side by side. */
  async of(row: DeploymentRow): Promise<Succession | undefined> {
    const { kinds, provider } = this.#context.deps;
    const { info } = await kinds.get(row.kind);
    return provider(info.target).succession;
  }

  /**
   * Ends a run's result, and restores the one that it replaced. Rejects with NOT_LIVE,
   * PROJECT_BUSY, ENGINE_UNAVAILABLE.
   *
   * @returns `back`: the run that is in place again; null: none is
   */
  async rollback(row: DeploymentRow, succession: Succession, dryRun: boolean) {
    this.#mustBeLive(row);
    if (dryRun) return { back: this.#before(row)[0] ?? null };
    this.#mustBeIdle(row);
    for (const earlier of this.#before(row)) {
      if (!(await this.#takesOver(earlier, row, succession))) continue;
      await this.#ended(row, succession);
      this.#context.changed(earlier.id);
      return { back: earlier };
    }
    await this.#endRecorded(row, succession);
    return { back: null };
  }

  /** Lets an earlier run's result replace the current one again. False: it no longer exists. */
  async #takesOver(
    earlier: DeploymentRow,
    row: DeploymentRow,
    succession: Succession,
  ): Promise<boolean> {
    const { store, deps } = this.#context;
    const run = this.#recorded(earlier);
    // From here on it may be in place, so no core may end what is being restored.
    this.#returning.add(earlier.id);
    store.update(earlier.id, { live: null, owner: deps.owner });
    let checked: Checked | null = null;
    try {
      checked = await succession.bringBack(run);
    } finally {
      store.transaction(() => {
        store.setLiveOf(earlier.id, false);
        if (!checked) return;
        this.#write(earlier.id, checked);
        store.setLiveOf(row.id, false);
      });
      this.#returning.delete(earlier.id);
    }
    return checked !== null;
  }

  /** Ends a run's result without a replacement. Rejects as `rollback` does. */
  async stop(row: DeploymentRow, succession: Succession): Promise<void> {
    this.#mustBeLive(row);
    this.#mustBeIdle(row);
    await this.#endRecorded(row, succession);
  }

  /** Makes the targets match the record, now or later. Returns what was done, one sentence each. */
  follow(): Promise<string[]> {
    this.#again = this.#following !== undefined;
    this.#following ??= this.#followUntilCalm().finally(() => {
      this.#following = undefined;
    });
    return this.#following;
  }

  async #followUntilCalm(): Promise<string[]> {
    const done: string[] = [];
    do {
      this.#again = false;
      done.push(...(await this.#follow()));
    } while (this.#again && !this.#context.closed);
    return done;
  }

  async #follow(): Promise<string[]> {
    const { store, deps } = this.#context;
    const done: string[] = [];
    for (const { succession, type } of TARGETS.map((type) => deps.provider(type))) {
      const kinds = deps.kinds.infos().filter((info) => info.target === type);
      if (!succession) continue;
      for (const { id } of kinds) {
        await this.#lookAtOwners(store.recent(id));
        done.push(...this.#undoReturns(store.recent(id)));
      }
      const rows = kinds.flatMap(({ id }) => store.recent(id));
      try {
        const found = await succession.follow(rows.map((row) => this.#recorded(row)));
        for (const { id, checked } of found.changed) {
          store.transaction(() => this.#write(id, checked));
          this.#context.changed(id);
        }
        done.push(...found.done);
      } catch (error) {
        // Checked again as soon as the engine is available.
        if (!(error instanceof AppError) || error.code !== 'ENGINE_UNAVAILABLE') throw error;
      }
    }
    return done;
  }

  /**
   * A closed core was restoring a replaced result: the record does not say that it succeeded, so
   * the other one stays in place. Returns what was done, one sentence each.
   */
  #undoReturns(rows: readonly DeploymentRow[]): string[] {
    const { store } = this.#context;
    const inPlace = rows.filter((row) => this.#recorded(row).isLive !== false);
    return inPlace.flatMap((row) => {
      const stays = inPlace.find(
        ({ projectId, target, live }) =>
          live === true && projectId === row.projectId && target === row.target,
      );
      if (!stays || stays === row || this.#isReturning(row)) return [];
      store.setLiveOf(row.id, false);
      this.#context.changed(row.id);
      return [
        `${row.projectName} #${row.number} was being brought back when Drydock was ended; #${stays.number} stays in place.`,
      ];
    });
  }

  /** So that it is known who of them is gone when `#undoReturns` decides by what is recorded then. */
  async #lookAtOwners(rows: readonly DeploymentRow[]): Promise<void> {
    const owners = rows.flatMap(({ live, owner }) => (live === null && owner ? [owner] : []));
    await Promise.all(owners.map(this.#context.deps.isAlive));
  }

  /** Its owner is the core that restores it. */
  #isReturning({ id, owner }: DeploymentRow): boolean {
    const { owner: self, isGone } = this.#context.deps;
    if (owner === null) return false;
    return isSameProcess(owner, self) ? this.#returning.has(id) : !isGone(owner);
  }

  async #endRecorded(row: DeploymentRow, succession: Succession): Promise<void> {
    this.#context.store.setLiveOf(row.id, false);
    await this.#ended(row, succession);
  }

  async #ended(row: DeploymentRow, succession: Succession): Promise<void> {
    const run = this.#recorded(row);
    await succession.end(run);
    const { provider, kinds, project } = this.#context.deps;
    const target = provider(kinds.info(row.kind).target);
    if (run.result) {
      const past = {
        ...{ name: row.target, project: project(row.projectId), needs: null },
        ...{ result: run.result, snapshotId: null },
      };
      const checked = await target.check(past, run.result);
      this.#context.store.transaction(() => this.#write(row.id, { ...checked, live: false }));
    }
    this.#context.changed(row.id);
  }

  #write(id: number, { result, live }: Checked): void {
    const { store } = this.#context;
    store.putResult(id, result);
    store.setLiveOf(id, live);
  }

  /** What can be restored, newest first. */
  #before({ id, projectId, kind, target }: DeploymentRow): DeploymentRow[] {
    return this.#context.store
      .recent(kind)
      .filter(
        (row) =>
          row.projectId === projectId &&
          row.target === target &&
          row.id < id &&
          row.live === false &&
          row.summary !== null,
      );
  }

  #recorded(row: DeploymentRow): RecordedRun {
    const isUnfinished = !isFinal(row.status);
    const unknown = row.live === null && row.summary !== null && row.status === 'succeeded';
    return {
      ...{ id: row.id, project: row.projectId, isUnfinished },
      isLive: unknown ? null : (row.live ?? false),
      result: this.#context.store.result(row.id),
    };
  }

  #mustBeLive(row: DeploymentRow): void {
    if (row.live !== false && row.summary !== null) return;
    throw new AppError(
      'NOT_LIVE',
      `${row.projectName} #${row.number} is not in place, so there is nothing to take back. Choose the one that is: "drydock deployment list".`,
    );
  }

  #mustBeIdle(row: DeploymentRow): void {
    const { store } = this.#context;
    if (!store.unfinished().some(({ projectId }) => projectId === row.projectId)) return;
    throw new AppError(
      'PROJECT_BUSY',
      `A deployment of ${row.projectName} is under way. Cancel it or wait for its end, then try again.`,
    );
  }
}
