import { type ExecFileException, execFile } from 'node:child_process';

/** A program of the system that is asked for facts, with the arguments that always come first. */
export type SystemProgram = readonly [file: string, ...args: string[]];

export interface Bounds {
  timeoutMs: number;
  mostBytes: number;
  /** Ends it. */
  signal?: AbortSignal;
}

export interface Printed {
  /** Of a program that ended by itself. */
  code: number;
  stdout: string;
  stderr: string;
}

/**
 * What a program of the system prints, in the "C" locale and with times in UTC whatever the user's
 * are. Its exit code is the caller's to judge. Rejects when it can't be started, prints more than
 * `mostBytes`, or takes longer than `timeoutMs`, or when the signal is aborted; it is ended then.
 */
export function askProgram(
  [file, ...first]: SystemProgram,
  args: readonly string[],
  { timeoutMs, mostBytes, signal }: Bounds,
): Promise<Printed> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      file,
      [...first, ...args],
      {
        encoding: 'utf8',
        timeout: timeoutMs,
        killSignal: 'SIGKILL',
        maxBuffer: mostBytes,
        windowsHide: true,
        signal,
        env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : error.code;
        if (typeof code === 'number') resolve({ code, stdout, stderr });
        else reject(new Error(`${file} ${problemOf(error, timeoutMs, mostBytes)}`));
      },
    );
    // Nothing is typed into it, so nothing may wait for that.
    child.stdin?.end();
    child.stdin?.on('error', () => undefined);
  });
}

function problemOf(error: ExecFileException | null, timeoutMs: number, mostBytes: number): string {
  if (error?.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') {
    return `printed more than ${mostBytes} bytes`;
  }
  if (error?.killed) return `did not end within ${timeoutMs / 1000} s`;
  if (error?.signal) return `was ended by ${error.signal}`;
  return `could not be started (${error?.code})`;
}
