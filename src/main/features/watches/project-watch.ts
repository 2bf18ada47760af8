import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../shared/errors.ts';
import type { BriefRef } from '../../shared/refs.ts';
import type { Deployment } from '../deployments/contract.ts';
import type { WatchState } from './contract.ts';
import type { WatchRow } from './store.ts';
import { type Watched, WatchedFiles } from './watched-files.ts';

/** Editors write several files at once, and some of them in several steps. */
const QUIET_MS = 250;

export interface ProjectWatchDependencies {
  folder: string;
  watched: Watched;
  /** Called with every change of the row, and of what is told besides. */
  keep: (row: WatchRow) => void;
  /** Deploys what a run has deployed, with the folder as it is now. */
  redeploy: (run: number) => Promise<{ id: number }>;
  /** Resolves with a run once it has ended. Rejects when there is no such run. */
  ended: (run: number, signal: AbortSignal) => Promise<Pick<Deployment, 'status' | 'failure'>>;
  /** Whether the result of a run is in place, and which other runs go when it is taken back. */
  inPlace: (run: number) => Promise<{ isLive: boolean; others: BriefRef[] }>;
  /** The snapshot that the chain was last taken to, null: none. */
  current: (target: string) => number | null;
  /** Goes back to the state before a run. */
  takeBack: (run: number) => Promise<void>;
  /** Goes to the state that was left for a change, if it is kept. */
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
  readonly #end = new AbortController();
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
      onProblem: (problem) => this.#update({ problem }),
    });
  }

  /** Begins with a run. Resolves when that is queued; rejects as `deploy` does. */
  async begin(deploy: () => Promise<{ id: number }>): Promise<void> {
    await this.#files.ready;
    this.#isStale = false;
    const digest = await this.#files.digest();
    const run = await deploy();
    this.#state = 'deploying';
    this.#update({ runId: run.id, digest });
    this.#isBusy = false;
    this.#do(() => this.#settle());
  }

  /** Goes on with what an earlier core has left. */
  resume(): void {
    this.#isBusy = false;
    this.#do(async () => {
      await this.#settle({ isLeft: true });
      await this.#files.ready;
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

  /** Somebody else has deployed the project: changes begin from before that run now. */
  adopt(run: number): void {
    this.#do(async () => {
      this.#isStale = false;
      const digest = await this.#files.digest();
      this.#state = 'waiting';
      this.#update({ runId: run, goodId: run, digest, problem: null });
    });
  }

  /** A run that waited for others can begin. */
  tryAgain(): void {
    if (this.#state === 'held') this.#changed();
  }

  /** What is in place stays, and a run that goes on is not ended. */
  async close(): Promise<void> {
    this.#end.abort();
    clearTimeout(this.#quiet);
    await this.#files.close();
    await this.#work;
  }

  #changed(): void {
    this.#isStale = true;
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#do(async () => undefined), QUIET_MS);
  }

  /** One thing after the other; then whatever has changed meanwhile. */
  #do(first: () => Promise<void>): void {
    if (this.#isBusy || this.#end.signal.aborted) return;
    this.#isBusy = true;
    this.#work = first()
      .then(() => this.#follow())
      .catch((error: unknown) => this.#hold(messageOf(error)))
      .finally(() => {
        this.#isBusy = false;
      });
  }

  async #follow(): Promise<void> {
    while (this.#isStale && !this.#end.signal.aborted) {
      this.#isStale = false;
      const digest = await this.#files.digest();
      if (digest === this.#row.digest) this.#enter('waiting');
      else await this.#deployAgain(digest);
      await sleep(QUIET_MS, undefined, { signal: this.#end.signal }).catch(() => undefined);
    }
  }

  /**
   * Brings a run that had begun to its end, and the chain to what is good then.
   *
   * @param left its core has ended meanwhile: what that cancelled is still to be deployed
   */
  async #settle({ isLeft = false } = {}): Promise<void> {
    const { runId, goodId, takenBackAt } = this.#row;
    if (runId !== null && runId !== goodId) {
      this.#enter('deploying');
      const run = await this.#deps.ended(runId, this.#end.signal).catch(() => null);
      if (this.#end.signal.aborted) return;
      if (run?.status === 'succeeded') {
        this.#update({ goodId: runId, takenBackAt: null, problem: null });
      } else {
        await this.#bringBack();
        const isCut = isLeft && run !== null && run.status !== 'failed';
        this.#update({
          problem: run?.failure?.message ?? null,
          ...(isCut ? { digest: '' } : {}),
        });
      }
    } else if (takenBackAt !== null) {
      await this.#bringBack();
      // The change that it was taken back for is still to be deployed.
      this.#update({ digest: '' });
    }
    this.#enter('waiting');
  }

  async #deployAgain(digest: string): Promise<void> {
    const { goodId, runId, target } = this.#row;
    const last = goodId ?? runId;
    if (last === null) return this.#hold('The run that it repeats was deleted: begin anew.');
    const { isLive, others } =
      goodId === null ? { isLive: false, others: [] } : await this.#deps.inPlace(goodId);
    if (others.length > 0) return this.#hold(takesBack(others));
    this.#enter('deploying');
    if (goodId !== null && isLive) {
      this.#update({ takenBackAt: Date.now(), leftId: this.#deps.current(target) });
      await this.#deps.takeBack(goodId);
    }
    const run = await this.#deps.redeploy(last).catch(async (error: unknown) => {
      await this.#bringBack();
      throw error;
    });
    this.#update({ runId: run.id, digest });
    await this.#settle();
  }

  async #bringBack(): Promise<void> {
    if (this.#row.takenBackAt === null) return;
    await this.#deps.bringBack(this.#row);
    this.#update({ takenBackAt: null });
  }

  #hold(problem: string): void {
    if (this.#end.signal.aborted) return;
    this.#state = 'held';
    this.#update({ problem });
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
  return `Going back to the state before would take back ${named}, too. Turn watching off and on to go on from the state as it is now.`;
};
