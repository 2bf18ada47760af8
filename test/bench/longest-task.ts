import { type Figure, round } from './figure.ts';

const MOST_CPU_MS = 50;
/** Of a screen that draws sixty frames a second. */
const FRAME_MS = 1000 / 60;

/** Part of a trace of Chromium. */
interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Of its thread on a processor; µs. */
  tdur?: number;
  args?: { name?: string };
}

/** A connection to the debugger of a whole browser. */
export interface Devtools {
  send(method: 'Tracing.start', params: { categories: string }): Promise<unknown>;
  send(method: 'Tracing.end'): Promise<unknown>;
  on(event: 'Tracing.dataCollected', listener: (chunk: { value: object[] }) => void): unknown;
  on(event: 'Tracing.tracingComplete', listener: () => void): unknown;
  off(event: 'Tracing.dataCollected', listener: (chunk: { value: object[] }) => void): unknown;
  off(event: 'Tracing.tracingComplete', listener: () => void): unknown;
}

/** What the threads of the pages have done, in ms on a processor. */
export interface Work {
  longest: number;
  /** Frames that no task left any time for. */
  dropped: number;
  all: number;
}

/** Of all pages of a browser; what else the machine does meanwhile counts for nothing. */
export async function workOf(devtools: Devtools, work: () => Promise<void>): Promise<Work> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: object[] }) => {
    for (const one of value) events.push(one as TraceEvent);
  };
  devtools.on('Tracing.dataCollected', collect);
  await devtools.send('Tracing.start', { categories: 'toplevel,__metadata' });
  await work();
  const over = Promise.withResolvers<void>();
  devtools.on('Tracing.tracingComplete', over.resolve);
  await devtools.send('Tracing.end');
  await over.promise;
  devtools.off('Tracing.tracingComplete', over.resolve);
  devtools.off('Tracing.dataCollected', collect);
  return summed(events);
}

function summed(events: readonly TraceEvent[]): Work {
  // The browser draws parts of itself as pages, too, in processes with other names.
  const pages = new Set(
    events
      .filter(({ name, args }) => name === 'process_name' && args?.name === 'Renderer')
      .map(({ pid }) => pid),
  );
  const main = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .filter(({ pid }) => pages.has(pid))
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = events.filter(
    ({ name, pid, tid }) => name.endsWith('RunTask') && main.has(`${pid} ${tid}`),
  );
  if (tasks.length === 0) throw new Error('no page has done anything');
  const found: Work = { longest: 0, dropped: 0, all: 0 };
  for (const { tdur = 0 } of tasks) {
    const ms = tdur / 1000;
    found.longest = Math.max(found.longest, ms);
    found.dropped += Math.floor(ms / FRAME_MS);
    found.all += ms;
  }
  return found;
}

/** The median of the longest tasks decides. */
export function taskFigure(name: string, samples: readonly Work[]): Figure {
  const sorted = samples.map(({ longest }) => longest).toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return {
    name: `${name}, longest task`,
    target: `≤ ${MOST_CPU_MS} ms of CPU`,
    measured: `${median.toFixed(0)} ms of CPU (at most ${(sorted.at(-1) ?? 0).toFixed(0)})`,
    met: median <= MOST_CPU_MS,
    details: {
      median: round(median),
      all: sorted.map((ms) => round(ms)),
      droppedFrames: samples.map(({ dropped }) => dropped),
      cpu: samples.map(({ all }) => round(all)),
    },
  };
}

/** How many frames were dropped, by the time that tasks took on a processor. */
export function framesFigure(samples: readonly Work[]): Figure {
  const sorted = samples.map(({ dropped }) => dropped).toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return {
    name: '… frames dropped',
    target: null,
    measured: `${median} (at most ${sorted.at(-1) ?? 0})`,
    met: null,
    details: { all: sorted },
  };
}
