import { askProgram, type SystemProgram } from '../system-program.ts';
import { windowsPowerShell } from './windows-programs.ts';

/** The first call after a start of the machine waits for .NET and the virus scanner. */
const BOUNDS = { timeoutMs: 30_000, mostBytes: 256 * 1024 };

/** Printed last: what came before it is whole. */
const END = 'end';

/**
 * Start times by Windows PowerShell, as 100 ns since 1601, in UTC, e.g. `4121 134090908671234567`,
 * for many processes in one call. There is no quicker program: wmic.exe is gone from Windows 11
 * 24H2, and tasklist.exe tells no start times.
 *
 * Source: Get-Process and System.Diagnostics.Process.StartTime of .NET. Both are refused for
 * processes of other users, which are left out: no process of this user is among them.
 */
export const powershellStartTimes =
  (program: SystemProgram = windowsPowerShell()) =>
  async (pids: readonly number[]): Promise<ReadonlyMap<number, string>> => {
    const { code, stdout, stderr } = await askProgram(program, [scriptFor(pids)], BOUNDS);
    const lines = stdout.split(/\r?\n/).map((line) => line.trim());
    if (code !== 0 || !lines.includes(END)) {
      const said = stderr.trim().split(/\r?\n/)[0] || 'it said nothing';
      throw new Error(`PowerShell can't tell which processes run (${code}): ${said}`);
    }
    return new Map(
      lines.flatMap((line): [number, string][] => {
        const [, pid, startedAt] = /^(\d+) (\d+)$/.exec(line) ?? [];
        return startedAt === undefined ? [] : [[Number(pid), startedAt]];
      }),
    );
  };

/** Without double quotes, which Windows' command lines double. */
const scriptFor = (pids: readonly number[]): string =>
  [
    `$ErrorActionPreference = 'SilentlyContinue'`,
    `Get-Process -Id ${pids.join(',')} | Where-Object { -not $_.HasExited } | ForEach-Object { '{0} {1}' -f $_.Id, $_.StartTime.ToFileTimeUtc() }`,
    `'${END}'`,
    'exit 0',
  ].join('; ');
