import type { ContainerStats } from '#main/features/containers/contract.ts';
import { client } from '../../core/client.ts';
import { forever } from '../../core/streams/forever.ts';

/** How far back the charts go. */
export const SPAN_MS = 5 * 60_000;
/** A longer time without a sample is a gap in the lines. */
const GAP_MS = 5000;

/** A container's resource use, sample by sample; null where no sample was taken. */
export interface Series {
  at: number[];
  cpuPercent: (number | null)[];
  memoryBytes: (number | null)[];
  received: (number | null)[];
  sent: (number | null)[];
  latest: ContainerStats;
}

const lines = ['cpuPercent', 'memoryBytes', 'received', 'sent'] as const;

/** The series with one more sample, and without those that are too old. */
export function extended(before: Series | undefined, sample: ContainerStats): Series {
  const last = before?.at.at(-1);
  if (before && last !== undefined && sample.at <= last) return before;
  const gap = last !== undefined && sample.at - last > GAP_MS;
  const at = [...(before?.at ?? []), ...(gap ? [(last as number) + 1] : []), sample.at];
  const from = at.findIndex((time) => time >= sample.at - SPAN_MS);
  const series = { at: at.slice(from), latest: sample } as Series;
  for (const name of lines) {
    const values = [...(before?.[name] ?? []), ...(gap ? [null] : []), sample[name]];
    series[name] = values.slice(from);
  }
  return series;
}

type All = ReadonlyMap<string, Series>;

let all: All = new Map();
const listeners = new Set<() => void>();
let following: AbortController | undefined;

function add(batch: ContainerStats[]): void {
  const next = new Map<string, Series>();
  for (const sample of batch) next.set(sample.id, extended(all.get(sample.id), sample));
  // A container that isn't running now may run again shortly.
  for (const [id, series] of all) {
    if (!next.has(id) && Date.now() - series.latest.at < SPAN_MS) next.set(id, series);
  }
  all = next;
  for (const listener of listeners) listener();
}

async function follow(signal: AbortSignal): Promise<void> {
  await forever(signal, async () => {
    for await (const batch of await client.containers.stats({}, { signal })) add(batch);
  });
}

/**
 * For `useSyncExternalStore`. Samples are taken while there are subscribers, and kept afterwards.
 */
export const usageHistory = {
  get: (): All => all,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    if (!following) {
      following = new AbortController();
      void follow(following.signal);
    }
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      following?.abort();
      following = undefined;
    };
  },
};
