import { askProgram, type SystemProgram } from '../system-program.ts';

const BOUNDS = { timeoutMs: 10_000, mostBytes: 256 * 1024 };

/**
 * Start times by macOS's `ps`, e.g. `  4121 S    Tue Dec  1 16:27:47 2026`, for many processes in
 * one call.
 *
 * Source: ps(1) of macOS: `-p pid[,pid...]`, an empty header by `keyword=`, `Z` is a zombie.
 * `lstart` follows the locale and time zone of the caller (`Tue 15 Sep 23:54:57 2026` with en_GB,
 * `Di. 15 Sep. 23:54:57 2026` with de_DE: github.com/autonomous-ai/autonomous-harness/pull/54),
 * which a window and a terminal don't share; the environment that programs get here fixes both.
 * Exits with 1 when none of the processes is there.
 */
export const psStartTimes =
  (program: SystemProgram = ['/bin/ps']) =>
  async (pids: readonly number[]): Promise<ReadonlyMap<number, string>> => {
    const args = ['-o', 'pid=', '-o', 'state=', '-o', 'lstart=', '-p', pids.join(',')];
    const { code, stdout, stderr } = await askProgram(program, args, BOUNDS);
    if (code !== 0 && (code !== 1 || stderr.trim() !== '')) {
      throw new Error(`ps ended with ${code}: ${stderr.trim() || 'it said nothing'}`);
    }
    return new Map(stdout.split('\n').flatMap(startTimeIn));
  };

function startTimeIn(line: string): [pid: number, startedAt: string][] {
  const [pid, state, ...started] = line.trim().split(/\s+/);
  if (!pid || !state || state.startsWith('Z') || started.length === 0) return [];
  return [[Number(pid), started.join(' ')]];
}
