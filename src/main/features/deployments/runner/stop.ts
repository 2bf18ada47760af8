import type { RunEnd } from '../../../kinds/kind.ts';
import type { Failure } from '../../../shared/run.ts';
import { engineGone } from '../failures.ts';

/** Why a run has to end early, and the signal for it. */
export class Stop {
  /** Aborted when the run is cancelled or abandoned. */
  readonly signal: AbortSignal;
  readonly #cancelled: AbortSignal;
  readonly #givenUp = new AbortController();
  #because: Failure | undefined;
  /** The engine became unavailable during the last command, so its processes can't be observed. */
  engineIsLost = false;
  /** The target became unavailable during the last command. */
  targetIsGone: Failure | null = null;

  constructor(cancelled: AbortSignal) {
    this.#cancelled = cancelled;
    this.signal = AbortSignal.any([cancelled, this.#givenUp.signal]);
  }

  /** Ends the run. The first reason counts. */
  giveUp(because: Failure): void {
    this.#because ??= because;
    this.#givenUp.abort();
  }

  /** How the run has to end now, if it has to. */
  end(): RunEnd | null {
    if (this.#cancelled.aborted) return { status: 'cancelled' };
    const failure =
      this.#because ?? (this.engineIsLost ? engineGone() : undefined) ?? this.targetIsGone;
    return failure ? { status: 'failed', failure } : null;
  }
}
