import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { type Figure, plainFigure } from './figure.ts';

const RESOLUTION_MS = 5;
export const MOST_PAUSE_MS = 50;

/** A thread that does nothing but to measure how late it is. */
const IDLE = `
  const { monitorEventLoopDelay } = require('node:perf_hooks');
  const { parentPort } = require('node:worker_threads');
  const delay = monitorEventLoopDelay({ resolution: ${RESOLUTION_MS} });
  delay.enable();
  parentPort.once('message', () => parentPort.postMessage(delay.max / 1e6));
  parentPort.postMessage(0);
`;

export interface Pauses {
  /**
   * Since `measurePauses`: of this thread, the CPU that it took itself for a turn, and the longest of
   * a thread that has nothing to do; all in ms.
   */
  end(): Promise<{ longest: number; p99: number; own: number; idle: number }>;
}

/** On a machine that others use as well, a thread without any work is late, too. */
export async function measurePauses(): Promise<Pauses> {
  const worker = new Worker(IDLE, { eval: true });
  await once(worker, 'message');
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const own = longestTurn();
  return {
    async end() {
      delay.disable();
      const longest = own.end();
      worker.postMessage('end');
      const [idle] = (await once(worker, 'message')) as [number];
      await worker.terminate();
      const p99 = delay.percentile(99) / 1e6;
      return { longest: delay.max / 1e6, p99, own: longest, idle };
    },
  };
}

/** The most CPU that this thread has taken between two looks at the clock, which are a turn apart. */
function longestTurn(): { end(): number } {
  let longest = 0;
  let last = 0;
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    const { user, system } = process.threadCpuUsage();
    if (last > 0) longest = Math.max(longest, user + system - last);
    last = user + system;
    timer = setTimeout(look, 1);
  };
  look();
  return {
    end() {
      clearTimeout(timer);
      return longest / 1000;
    },
  };
}

/** @param during e.g. `while 2000 artifacts are read` */
export async function pauseFigures(
  pauses: Pauses,
  during: string,
  details: Figure['details'] = {},
): Promise<Figure[]> {
  const { longest, p99, own, idle } = await pauses.end();
  return [
    plainFigure(`longest pause ${during}`, longest, 'ms', MOST_PAUSE_MS, { ...details, p99 }),
    plainFigure('its own CPU in a turn', own, 'ms', MOST_PAUSE_MS),
    plainFigure('pause of a thread without work meanwhile', idle, 'ms', null),
  ];
}
