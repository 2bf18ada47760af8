import { readdirSync, readFileSync } from 'node:fs';

/**
 * Source: proc(5), /proc/[pid]/stat: the name in parentheses may contain anything; state is field 3,
 * start time field 22.
 */
export async function linuxStartTime(pid: number): Promise<string | undefined> {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ended = fields[0] === 'Z' || fields[0] === 'X';
    // Its first thread may have ended before the others, which still hold files and ports.
    return ended && readdirSync(`/proc/${pid}/task`).length <= 1 ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
