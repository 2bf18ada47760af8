import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** A running process, identified so that a later core can find or end it: pids are reused. */
export interface ProcessRef {
  pid: number;
  /** Opaque; differs between two processes that had the same pid. */
  startedAt: string;
}

/** Identifies a running process; undefined when there is none (a zombie counts as none). */
export function processRef(pid: number): ProcessRef | undefined {
  const startedAt = startTime(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** Whether exactly that process is still running, and not another one with its pid. */
export function isAlive(ref: ProcessRef): boolean {
  return startTime(ref.pid) === ref.startedAt;
}

function startTime(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      // proc(5): the name in parentheses may contain anything; state is field 3, start time 22.
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const ended = fields[0] === 'Z' || fields[0] === 'X';
      // Its first thread may have ended before the others, which still hold files and ports.
      return ended && readdirSync(`/proc/${pid}/task`).length <= 1 ? undefined : fields[19];
    }
    if (process.platform === 'win32') {
      const script = `(Get-Process -Id ${pid}).StartTime.Ticks`;
      return text('powershell', ['-NoProfile', '-Command', script]);
    }
    const [state, ...started] = (text('ps', ['-o', 'state=,lstart=', '-p', `${pid}`]) ?? '').split(
      /\s+/,
    );
    return !state || state.startsWith('Z') ? undefined : started.join(' ');
  } catch {
    return undefined;
  }
}

function text(program: string, args: string[]): string | undefined {
  return (
    execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() ||
    undefined
  );
}
