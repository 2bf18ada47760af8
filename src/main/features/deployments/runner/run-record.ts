import type { RunEnd } from '../../../kinds/kind.ts';
import type { Mask } from '../../../lib/secrets/mask.ts';
import type { Result } from '../../../shared/result.ts';
import { summaryOf } from '../../../shared/result-parts.ts';
import type { Failure } from '../../../shared/run.ts';
import type { Checked, TargetFacts } from '../../../targets/target.ts';
import type { Journal } from '../journal.ts';
import type { NewEvent } from '../journal-store.ts';
import { Phases } from '../phases.ts';
import { RunLog } from '../run-log.ts';
import type { DeploymentPatch } from '../runs-store.ts';
import type { DeploymentsStore } from '../store.ts';
import { ResultNews } from './result-news.ts';

export interface RunRecordDependencies {
  store: DeploymentsStore;
  journal: Journal;
  mask: Mask;
  /** Shows the line that the tool is writing; empty: none. */
  showLive: (line: string) => void;
  /** The run's row has changed. */
  changed: () => void;
}

/**
 * What one run writes about itself: its row and the journal. Every change is in both or in neither;
 * throws when it can't be written.
 */
export class RunRecord {
  readonly log: RunLog;
  readonly phases: Phases;
  readonly #id: number;
  readonly #deps: RunRecordDependencies;
  readonly #news = new ResultNews();
  /** Waits for the next change. */
  #later: DeploymentPatch = {};

  constructor(id: number, phases: readonly string[], deps: RunRecordDependencies) {
    this.#id = id;
    this.#deps = deps;
    this.phases = new Phases(phases);
    this.log = new RunLog(id, deps.journal, deps.mask, deps.showLive);
  }

  /** Begins with the phase in which the target is acquired. */
  begin(phase: string, startedAt: number): void {
    this.#save(this.phases.begin(phase), { startedAt });
  }

  /** Returns whether it began: phases only move forward. */
  phase(id: string, previous?: 'done' | 'skipped'): boolean {
    const events = this.phases.begin(id, previous);
    if (events.length > 0) this.#save(events);
    return events.length > 0;
  }

  /** Written with the next change, or at the latest by `settle`. */
  know({ result, snapshotId }: TargetFacts): void {
    if (result) this.#later.summary = summaryOf(result);
    if (snapshotId !== undefined) this.#later.snapshotId = snapshotId;
  }

  command(display: string): void {
    const command = this.log.mask.apply(display);
    this.#later.command = command;
    this.log.add([{ at: Date.now(), type: 'command', command }]);
  }

  settle(): void {
    if (Object.keys(this.#later).length > 0) this.#save([]);
  }

  warn(message: string): void {
    const { store } = this.#deps;
    this.log.add([{ at: Date.now(), type: 'warning', message }]);
    try {
      const warnings = [...(store.byId(this.#id)?.warnings ?? []), message];
      this.log.flush([], () => store.update(this.#id, { warnings }));
    } catch {
      // No room: it waits with the other lines, because a warning must not fail the run.
    }
  }

  /** The result so far. */
  publish(whole: Result): void {
    this.#result(whole);
  }

  /** The same, as reported by the target. */
  checked({ result, live, replaces }: Checked): void {
    this.#result(result, { live }, replaces);
    this.#deps.changed();
  }

  /**
   * Writes its last event.
   *
   * @param isLost its processes can't be observed any more: its ref stays, and its record is
   * completed later
   */
  end(end: RunEnd, isLost: boolean): Failure | undefined {
    const done = end.status === 'succeeded';
    const failure = end.status === 'failed' ? this.#masked(end.failure) : undefined;
    if (failure) this.log.note(failure.message);
    const last = this.phases.list.at(-1)?.id ?? '';
    const endedAt = Date.now();
    this.#save(
      [
        ...(done ? this.phases.begin(last) : []),
        ...this.phases.end(done ? 'done' : 'failed'),
        { at: endedAt, type: 'status', status: end.status, failure },
      ],
      {
        failure: failure ?? null,
        deadLetter: failure !== undefined,
        endedAt,
        ...(isLost ? {} : { process: null }),
      },
    );
    this.#deps.journal.finish(this.#id);
    return failure;
  }

  #result(whole: Result, patch: DeploymentPatch = {}, replaces = false): void {
    const { store } = this.#deps;
    const news = this.#news.of(whole);
    this.log.flush(news ? [{ at: Date.now(), type: 'result', result: news }] : [], () => {
      if (news) store.putResult(this.#id, whole, news);
      store.update(this.#id, patch);
      if (replaces) store.replaceEarlier(this.#id);
    });
    if (news) this.#news.written(news);
  }

  #save(events: readonly NewEvent[], patch: DeploymentPatch = {}): void {
    const { store, changed } = this.#deps;
    const whole = { ...this.#later, ...patch, phases: this.phases.list };
    this.log.flush(events, () => store.update(this.#id, whole));
    this.#later = {};
    changed();
  }

  /** Its message may repeat output of a tool, a node or a daemon. */
  #masked(failure: Failure): Failure {
    return { ...failure, message: this.log.mask.apply(failure.message) };
  }
}
