import type { Journal } from '#main/features/gateway/contract.ts';

/** How far back calls are counted, ms. */
export const SPAN_MS = 300_000;

/** Calls of each second, also of those without any; the running one is left out. */
export function everySecond(counted: Journal['perSecond'], now: number) {
  const last = Math.floor(now / 1000) - 1;
  const known = new Map(counted.map((one) => [Math.floor(one.at / 1000), one]));
  const seconds = Array.from({ length: SPAN_MS / 1000 }, (_, i) => last - SPAN_MS / 1000 + 1 + i);
  return {
    times: seconds.map((second) => second * 1000),
    calls: seconds.map((second) => known.get(second)?.calls ?? 0),
    errors: seconds.map((second) => known.get(second)?.errors ?? 0),
  };
}
