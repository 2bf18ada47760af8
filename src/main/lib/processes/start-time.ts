import type { SystemProgram } from '../system-program.ts';
import { batched } from './batched.ts';
import { exists } from './exists.ts';
import { linuxStartTime } from './linux.ts';
import { powershellStartTimes } from './powershell.ts';
import { psStartTimes } from './ps.ts';

/**
 * When the process with an id was started, opaque, the same for whichever process asks; undefined
 * when there is none that runs, a zombie included. Rejects when the system can't be asked: nothing
 * is known then, and least of all that the process is gone.
 */
export type StartTime = (pid: number) => Promise<string | undefined>;

export interface StartTimeOptions {
  platform?: NodeJS.Platform;
  /** Instead of the one of the system: `ps`, or PowerShell on Windows. */
  program?: SystemProgram;
  exists?: (pid: number) => boolean;
}

/**
 * One way per system. Linux tells by files, at once. Elsewhere a program is asked, for all who ask
 * meanwhile together, and only when there is a process with that id.
 */
export function startTimeOn(options: StartTimeOptions = {}): StartTime {
  const { platform = process.platform, program } = options;
  if (platform === 'linux') return linuxStartTime;
  const isThere = options.exists ?? exists;
  const ask = batched(platform === 'win32' ? powershellStartTimes(program) : psStartTimes(program));
  return async (pid) => (isThere(pid) ? ask(pid) : undefined);
}
