import { messageOf } from '../../shared/errors.ts';
import type { BriefRef } from '../../shared/refs.ts';
import type { Deployment } from '../deployments/contract.ts';
import type { WatchState } from './contract.ts';
import type { WatchRow } from './store.ts';
import { type Watched, WatchedFiles } from './watched-files.ts';

/**
 * Editors write several files at once, and some of them in several steps; and chokidar tells of a
 * file at most once in 50 ms, so what it tells of is read only after that.
 */
const QUIET_MS = 250;

/** The digest of sources that are still to be deployed, whatever they are. */
const NOT_DEPLOYED = '';

export interface ProjectWatchDependencies {
  folder: string;
  watched: Watched;
  /** Called with every change of the row, and of what is told besides. Throws when it can't be kept. */
  keep: (row: WatchRow) => void;
  /** Deploys what a run has deployed, with the folder as it is now. */
  redeploy: (run: number) => Promise<{ id: number }>;
  /** Resolves with a run once it has ended. Rejects when there is no such run. */
  ended: (run: number, signal: AbortSignal) => Promise<Pick<Deployment, 'status' | 'failure'>>;
  cancel: (run: number) => Promise<unknown>;
  /** Whether the result of a run is in place, and which other runs go when it is taken back. */
  inPlace: (run: number) => Promise<{ isLive: boolean; others: BriefRef[] }>;
  /** The snapshot that the chain was last taken to, null: none. */
  current: (target: string) => number | null;
  /** Goes back to the state before a run. */
  takeBack: (run: number) => Promise<void>;
  /** Goes to the state that was left for a change, unless the good run is in place. */
  bringBack: (row: WatchRow) => Promise<void>;
}

/**
 * Deploys one project again after each change of its sources: from the state before the last good
 * run, and with that run back in place when the new one fails.
 */
export class ProjectWatch {
  #row: WatchRow;
  #state: WatchState = 'waiting';
  readonly #deps: ProjectWatchDependencies;
  readonly #files: WatchedFiles;
  /** Changes are not followed any more. */
  #isOver = false;
  readonly #closed = new AbortController();
  /** It is until it has begun. */
  #isBusy = true;
  /** Something was written since the sources were last compared. */
  #isStale = true;
  #quiet: NodeJS.Timeout | undefined;
  #work: Promise<void> = Promise.resolve();

  constructor(row: WatchRow, deps: ProjectWatchDependencies) {
    this.#row = row;
    this.#deps = deps;
    this.#files = new WatchedFiles({
      ...{ folder: deps.folder, watched: deps.watched },
      onChange: () => this.#changed(),
      onProblem: (problem) => this.#tell(problem),
    });
  }

  /** Begins with a run. Resolves when that is queued; rejects as `deploy` does. */
  async begin(deploy: () => Promise<{ id: number }>): Promise<void> {
    await this.#files.ready;
    this.#closed.signal.throwIfAborted();
    this.#isStale = false;
    const digest = await this.#files.digest();
    const run = await deploy();
    this.#state = 'deploying';
    this.#update({ runId: run.id, digest });
    this.#isBusy = false;
    this.#do(() => this.#settle());
  }

  /** Continues what a core that has ended left behind. */
  resume(): void {
    this.#isBusy = false;
    this.#do(async () => {
      await this.#settle({ isLeft: true });
      await this.#files.ready;
      this.#deps.keep(this.#row);
    });
  }

  get row(): WatchRow {
    return this.#row;
  }

  get state(): WatchState {
    return this.#state;
  }

  get files(): number {
    return this.#files.count;
  }

  /** A run that the watch did not begin has succeeded: changes are deployed in its place from now on. */
  adopt(run: number): void {
    this.#do(async () => {
      this.#isStale = false;
      const digest = await this.#files.digest();
      this.#state = 'waiting';
      const place = { runId: run, goodId: run, takenBackAt: null };
      this.#update({ ...place, digest, problem: null });
    });
  }

  /** What was in the way of a change may be gone. */
  tryAgain(): void {
    if (this.#state === 'held') this.#changed();
  }

  /**
   * Follows no more changes. Resolves once a run that is under way has ended, with what is good then
   * in place.
   */
  async finish({ cancels }: { cancels: boolean }): Promise<void> {
    this.#isOver = true;
    clearTimeout(this.#quiet);
    const { runId, goodId } = this.#row;
    const isRunning = this.#state === 'deploying' && runId !== null && runId !== goodId;
    // It may end at this moment.
    if (cancels && isRunning) await this.#deps.cancel(runId).catch(() => undefined);
    await this.#work;
    await this.#files.close();
  }

  /** The core ends: the next one continues what is under way. */
  async close(): Promise<void> {
    this.#isOver = true;
    this.#closed.abort();
    clearTimeout(this.#quiet);
    await this.#files.close();
    await this.#work;
  }

  #changed(): void {
    this.#isStale = true;
    clearTimeout(this.#quiet);
    if (!this.#isOver) this.#quiet = setTimeout(() => this.#do(() => this.#bringBack()), QUIET_MS);
  }

  /** One thing after the other; then what has changed meanwhile, once it is quiet. */
  #do(first: () => Promise<void>): void {
    if (this.#isBusy || this.#isOver) return;
    this.#isBusy = true;
    this.#work = first()
      .then(() => this.#follow())
      .catch((error: unknown) => this.#hold(messageOf(error)))
      .finally(() => {
        this.#isBusy = false;
        if (this.#isStale) this.#changed();
      });
  }

  async #follow(): Promise<void> {
    if (!this.#isStale || this.#isOver) return;
    this.#isStale = false;
    const digest = await this.#files.digest();
    if (this.#isOver) return;
    if (digest === this.#row.digest) this.#enter('waiting');
    else await this.#deployAgain(digest);
  }

  /**
   * Brings a run that had begun to its end, and the chain to what is good then.
   *
   * @param options.isLeft its core has ended meanwhile: what that cancelled is still to be deployed
   */
  async #settle({ isLeft = false } = {}): Promise<void> {
    const { runId, goodId, takenBackAt } = this.#row;
    if (runId !== null && runId !== goodId) {
      this.#enter('deploying');
      const run = await this.#deps.ended(runId, this.#closed.signal).catch(() => null);
      if (this.#closed.signal.aborted) return;
      if (run?.status === 'succeeded') {
        this.#update({ goodId: runId, takenBackAt: null, problem: null });
      } else {
        await this.#bringBack();
        const isCut = isLeft && run !== null && run.status !== 'failed';
        this.#update({
          problem: run?.failure?.message ?? null,
          ...(isCut ? { digest: NOT_DEPLOYED } : {}),
        });
      }
    } else if (takenBackAt !== null) {
      await this.#bringBack();
      this.#update({ digest: NOT_DEPLOYED });
    }
    this.#enter('waiting');
  }

  async #deployAgain(digest: string): Promise<void> {
    const { goodId, runId, target } = this.#row;
    const last = goodId ?? runId;
    if (last === null) return this.#hold('The run that it repeats was deleted: begin anew.');
    if (this.#files.count === 0) return this.#hold('None of its sources is there any more.');
    const { isLive, others } =
      goodId === null ? { isLive: false, others: [] } : await this.#deps.inPlace(goodId);
    if (others.length > 0) return this.#hold(takesBack(others));
    this.#enter('deploying');
    try {
      if (goodId !== null && isLive) {
        this.#update({ takenBackAt: Date.now(), leftId: this.#deps.current(target) });
        await this.#deps.takeBack(goodId);
      }
      const run = await this.#deps.redeploy(last);
      this.#update({ runId: run.id, digest });
    } catch (error) {
      await this.#bringBack();
      throw error;
    }
    await this.#settle();
  }

  async #bringBack(): Promise<void> {
    if (this.#row.takenBackAt === null) return;
    await this.#deps.bringBack(this.#row);
    this.#update({ takenBackAt: null });
  }

  #hold(problem: string): void {
    if (this.#closed.signal.aborted) return;
    this.#state = 'held';
    this.#tell(problem);
  }

  /** Also when it can't be kept, as on a full disk: it is told as long as this core runs. */
  #tell(problem: string): void {
    try {
      this.#update({ problem });
    } catch {
      // What could not be written is told by the core itself.
    }
  }

  #enter(state: WatchState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#deps.keep(this.#row);
  }

  #update(changes: Partial<WatchRow>): void {
    this.#row = { ...this.#row, ...changes };
    this.#deps.keep(this.#row);
  }
}

const takesBack = (others: BriefRef[]): string => {
  const named = others.map(({ project, number }) => `${project} #${number}`).join(', ');
  return `Going back to the state before would take back ${named}, too, so the last change is not deployed. Turn watching off and on to go on from the state as it is now.`;
};
