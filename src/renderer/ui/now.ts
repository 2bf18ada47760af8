import { useSyncExternalStore } from 'react';

let now = Date.now();
const listeners = new Map<() => void, number>();
let timer: ReturnType<typeof setTimeout> | undefined;

function schedule(): void {
  clearTimeout(timer);
  if (listeners.size === 0) return;
  timer = setTimeout(
    () => {
      now = Date.now();
      for (const listener of [...listeners.keys()]) listener();
      schedule();
    },
    Math.min(...listeners.values()),
  );
}

function follow(listener: () => void, everyMs: number): () => void {
  listeners.set(listener, everyMs);
  now = Date.now();
  schedule();
  return () => {
    listeners.delete(listener);
    schedule();
  };
}

const follow100 = (listener: () => void) => follow(listener, 100);
const follow1000 = (listener: () => void) => follow(listener, 1000);
const never = () => () => undefined;

/** The time, Unix ms, kept current by one clock for the whole window; `false` stops it. */
export function useNow(pace: 'fast' | 'slow' | false = 'slow'): number {
  const subscribe = pace === false ? never : pace === 'fast' ? follow100 : follow1000;
  return useSyncExternalStore(subscribe, () => now);
}
