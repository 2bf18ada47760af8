import path from 'node:path';
import type { SystemProgram } from '../system-program.ts';

/** A program of Windows by its full path: a name alone may be found in the folder of a project. */
export const windowsProgram = (
  name: string,
  { SystemRoot = 'C:\\Windows' }: NodeJS.ProcessEnv = process.env,
): SystemProgram => [path.win32.join(SystemRoot, 'System32', name)];

export const windowsPowerShell = (env?: NodeJS.ProcessEnv): SystemProgram => [
  ...windowsProgram('WindowsPowerShell\\v1.0\\powershell.exe', env),
  ...['-NoLogo', '-NoProfile', '-NonInteractive', '-Command'],
];
