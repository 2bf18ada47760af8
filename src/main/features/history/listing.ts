import type { HistoryCount } from './contract.ts';
import type { StoreFilter } from './filter-store.ts';
import type { HistoryStore } from './store.ts';

/** The time for one page; after it, the page holds what was found so far. */
const PAGE_MS = 3;
const COUNT_MS = 1.5;
const COUNT_UP_TO = 10_000;
/** The number of ids that the first query examines, and the time that each query aims for. */
const FIRST_STEP = 4000;
const STEP_MS = 0.5;

/**
 * A page of ids. Walks the table in steps whose size follows from how long the last one took, so a
 * filter that no index serves, or that matches nothing, never blocks the core.
 */
export function pageOfIds(
  store: HistoryStore,
  filter: StoreFilter,
  at: { before?: number; after?: number },
  limit: number,
): { ids: number[]; next: number | null } {
  const upwards = at.after !== undefined;
  const whole = store.range(filter);
  const low = Math.max(whole.low, (at.after ?? 0) + 1);
  const high = Math.min(whole.high, at.before ?? Number.POSITIVE_INFINITY);
  const scanner = store.scanner(filter);
  const found: number[] = [];
  const until = performance.now() + PAGE_MS;
  let step = FIRST_STEP;
  let done = upwards ? low : high;
  while (found.length <= limit && (upwards ? done < high : done > low)) {
    if (done !== (upwards ? low : high) && performance.now() > until) {
      const next = upwards ? done - 1 : done;
      return { ids: newestFirst(found.slice(0, limit), upwards), next };
    }
    const range = upwards
      ? { low: done, high: Math.min(high, done + step) }
      : { low: Math.max(low, done - step), high: done };
    const before = performance.now();
    const wanted = limit + 1 - found.length;
    found.push(...scanner.ids(range, upwards ? 'ASC' : 'DESC', wanted));
    done = upwards ? range.high : range.low;
    step = nextStep(step, performance.now() - before);
  }
  const ids = found.slice(0, limit);
  const next = found.length > limit ? (ids.at(-1) ?? null) : null;
  return { ids: newestFirst(ids, upwards), next };
}

/** Exact where counts are stored or few; otherwise as far as they could be counted in time. */
export function countOf(store: HistoryStore, filter: StoreFilter): HistoryCount {
  const { projectId, target, status, ...rest } = filter;
  const kept = !status?.includes('reverted');
  if (kept && Object.values(rest).every((value) => value === undefined)) {
    return { n: store.counted({ projectId, target, status }), exact: true };
  }
  const { low, high } = store.range(filter);
  const scanner = store.scanner(filter);
  const until = performance.now() + COUNT_MS;
  let step = FIRST_STEP;
  let n = 0;
  for (let done = high; done > low; ) {
    if (done !== high && performance.now() > until) return { n, exact: false };
    const range = { low: Math.max(low, done - step), high: done };
    const before = performance.now();
    n += scanner.count(range, COUNT_UP_TO + 1 - n);
    if (n > COUNT_UP_TO) return { n: COUNT_UP_TO, exact: false };
    done = range.low;
    step = nextStep(step, performance.now() - before);
  }
  return { n, exact: true };
}

function nextStep(step: number, tookMs: number): number {
  const fitting = (step * STEP_MS) / Math.max(tookMs, 0.01);
  return Math.round(Math.max(500, Math.min(fitting, step * 16)));
}

function newestFirst(ids: number[], upwards: boolean): number[] {
  return upwards ? ids.toReversed() : ids;
}
