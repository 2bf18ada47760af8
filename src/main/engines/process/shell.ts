import { accessSync, constants, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { processes } from '../../lib/processes/processes.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { Shell, ShellOptions } from '../engine.ts';
import { endJob, endMarked, JOB_VARIABLE } from './end-processes.ts';
import { shellEnv } from './shell-env.ts';

const windows = process.platform === 'win32';

/** `Workspace.openShell` for child processes: the user's shell with `toolFolders` first in PATH. */
export async function openShell(
  folder: string,
  toolFolders: readonly string[],
  options: ShellOptions,
): Promise<Shell> {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new AppError(
      'FOLDER_NOT_FOUND',
      `The folder ${folder} is gone. Put it back, or remove the project.`,
    );
  }
  const { file, args } = commandLine(userShell(), toolFolders);
  const env = { ...shellEnv(toolFolders), [JOB_VARIABLE]: options.job };
  const { spawn } = await terminals();
  const { cols, rows, job } = options;
  const pty = spawn(file, args, { name: 'xterm-256color', cols, rows, cwd: folder, env });

  let running = true;
  // What can't be identified is still ended by this core; only a later one would not find it.
  processes.ref(pty.pid).then(
    (ref) => ref && running && options.onStart?.(ref),
    () => undefined,
  );
  const gone = new Promise<void>((resolve) => {
    pty.onExit(async ({ exitCode, signal }) => {
      running = false;
      // Processes left behind would continue unseen.
      await endMarked(job);
      options.onExit({
        code: signal ? null : exitCode,
        signal: signal ? signalName(signal) : null,
      });
      resolve();
    });
  });
  pty.onData(options.onData);

  return {
    name: path.basename(file).replace(/\.exe$/i, ''),
    write(text) {
      if (running) pty.write(text);
    },
    resize(columns, lines) {
      if (running) pty.resize(columns, lines);
    },
    pause: () => pty.pause(),
    resume: () => pty.resume(),
    async kill() {
      if (running) {
        pty.resume();
        // An interactive shell ignores TERM, but ends when its terminal closes.
        pty.kill();
        if (!windows) await endJob(pty.pid, job);
      }
      await gone;
    },
  };
}

/** Loaded on first use: a machine without it lacks only terminals. */
async function terminals() {
  try {
    return await import('@lydell/node-pty');
  } catch (error) {
    throw new AppError(
      'TOOL_MISSING',
      `Terminals are not available on this platform (${process.platform} ${process.arch}): ${messageOf(error).split('\n')[0]}.`,
    );
  }
}

function userShell(): string {
  if (windows) return process.env.ComSpec ?? 'powershell.exe';
  const candidates = [process.env.SHELL, loginShell(), '/bin/bash', '/bin/zsh', '/bin/sh'];
  const found = candidates.find((file) => file && isExecutable(file));
  if (found) return found;
  throw new AppError('TOOL_MISSING', 'No shell was found. Set SHELL to the path of one.');
}

function loginShell(): string | null {
  try {
    return os.userInfo().shell;
  } catch {
    return null;
  }
}

/** Shells in which the two commands below have the same meaning. */
const posix = new Set(['bash', 'zsh', 'sh', 'dash', 'ksh', 'mksh', 'ash', 'fish']);

/**
 * A login shell reads the user's profile, which often sets PATH anew; so Drydock's folders are put
 * in front of it afterwards, and an interactive shell takes over.
 */
function commandLine(
  shell: string,
  toolFolders: readonly string[],
): { file: string; args: string[] } {
  if (windows) return { file: shell, args: [] };
  if (!posix.has(path.basename(shell))) return { file: shell, args: ['-l'] };
  const prefix = toolFolders.map((folder) => `${quoted(folder)}:`).join('');
  return {
    file: shell,
    args: ['-l', '-c', `export PATH=${prefix}"$PATH"; exec ${quoted(shell)} -i`],
  };
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return path.isAbsolute(file) && statSync(file).isFile();
  } catch {
    return false;
  }
}

function signalName(number: number): string {
  const known = Object.entries(os.constants.signals).find(([, value]) => value === number);
  return known?.[0] ?? `signal ${number}`;
}
