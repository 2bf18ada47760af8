import { setTimeout as sleep } from 'node:timers/promises';

/** Too short to be noticed: no writer waits longer than this for a step. */
const STEP_MS = 8;
const REST_MS = 4;

/**
 * Repeats a piece of work, of such a size that a piece takes a few milliseconds, with a rest after
 * each, until it says how little there was to do: less than it was asked for.
 */
export async function inSmallSteps(
  step: (size: number) => number,
  options: { first: number; most: number; signal?: AbortSignal; afterEach?: () => Promise<void> },
): Promise<void> {
  let size = options.first;
  for (;;) {
    options.signal?.throwIfAborted();
    const before = performance.now();
    const done = step(size);
    const took = performance.now() - before;
    if (done < size) return;
    const fitting = Math.floor((size * STEP_MS) / Math.max(took, 0.01));
    // It grows slowly: the next piece may be heavier than this one.
    size = Math.max(1, Math.min(fitting, size * 2, options.most));
    await options.afterEach?.();
    await sleep(REST_MS);
  }
}
