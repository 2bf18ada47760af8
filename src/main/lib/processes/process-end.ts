/** How a program has ended. */
export interface ProcessEnd {
  code: number | null;
  /** That ended it. */
  signal: string | null;
  /** It was ended because it used more memory than its container may. */
  outOfMemory?: boolean;
}

/** By their numbers on Linux, where containers run. https://man7.org/linux/man-pages/man7/signal.7.html */
const SIGNALS: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  5: 'SIGTRAP',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  15: 'SIGTERM',
  24: 'SIGXCPU',
  25: 'SIGXFSZ',
  31: 'SIGSYS',
};

/** What a program gets by a fault of its own. */
const FAULTS = ['SIGILL', 'SIGTRAP', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGSEGV', 'SIGSYS'];

/** The end of what a shell or Docker reports by a number: 137 is SIGKILL. */
export function endOfCode(code: number | null, outOfMemory = false): ProcessEnd {
  const signal = code !== null && code > 128 ? (SIGNALS[code - 128] ?? null) : null;
  return signal === null ? { code, signal, outOfMemory } : { code: null, signal, outOfMemory };
}

/** The signal that ended a program, as it is told or as a shell or Docker report it by a number. */
export const signalOf = ({ code, signal = null }: Told): string | null =>
  signal ?? endOfCode(code).signal;

interface Told {
  code: number | null;
  signal?: string | null;
}

/** What follows the name of the program, such as `was ended by SIGKILL from outside, …`. */
export function endWords({ code, signal, outOfMemory }: ProcessEnd): string {
  if (outOfMemory) return 'was ended because it used more memory than its container may';
  if (signal === 'SIGKILL') {
    return 'was ended by SIGKILL from outside, such as by kill -9 or by the system for want of memory';
  }
  if (signal !== null && FAULTS.includes(signal)) return `crashed (${signal})`;
  if (signal !== null) return `was ended by ${signal} from outside`;
  return code === null ? 'was ended' : `ended with exit code ${code}`;
}
