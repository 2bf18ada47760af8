import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { processes } from '../../lib/processes/processes.ts';
import { withoutOwnSearch } from '../../lib/program-search.ts';
import { AppError } from '../../shared/errors.ts';
import type { Command, ExecOptions, Exit } from '../engine.ts';
import { endJob, groupAlive, JOB_VARIABLE, SERVICE_VARIABLE } from './end-processes.ts';

/** `Workspace.exec` for child processes. `program` is a path or a name in PATH. */
export function exec(program: string, command: Command, options: ExecOptions): Promise<Exit> {
  return new Promise((resolve, reject) => {
    if (options.signal?.aborted) {
      return resolve({ code: null, signal: null, ended: 'cancelled' });
    }
    const job = options.job ?? randomUUID();
    const child = spawn(program, command.args, {
      cwd: command.cwd,
      env: { ...childEnv(), ...command.env, [JOB_VARIABLE]: job },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own, so that it can be ended with all its children.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });

    let hasEnded = false;
    let ended: Exit['ended'];
    let ending: Promise<void> | undefined;
    const end = (why: Exit['ended']) => {
      if (child.pid === undefined || ending) return;
      ended = why;
      ending = endJob(child.pid, job);
    };
    const onAbort = () => end('cancelled');
    options.signal?.addEventListener('abort', onAbort, { once: true });
    const timer =
      command.timeoutMs === undefined
        ? undefined
        : setTimeout(() => end('timeout'), command.timeoutMs);
    const release = () => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', onAbort);
    };

    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8');
      child[stream].on('data', (text: string) => options.onOutput(stream, text));
    }
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (child.pid !== undefined) return;
      release();
      reject(startError(error, program, command));
    });
    child.on('spawn', () => {
      if (child.pid === undefined) return;
      // What can't be identified is still ended by this core; only a later one would not find it.
      processes.ref(child.pid).then(
        (ref) => ref && !hasEnded && options.onStart?.(ref),
        () => undefined,
      );
    });
    child.on('exit', () => {
      hasEnded = true;
      // Children left behind would hold the pipes open, and would continue unseen.
      if (child.pid !== undefined && groupAlive(child.pid)) ending ??= endJob(child.pid, job);
    });
    child.on('close', async (code, signal) => {
      release();
      await ending;
      resolve({ code, signal, ended });
    });
  });
}

/** This process's environment without the variables that concern only Drydock. */
export function childEnv(): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE, ELECTRON_EXEC_PATH, NODE_OPTIONS, ...env } = process.env;
  // When Drydock was started in one of its own terminals, it carries that terminal's mark;
  // processes that outlive Drydock must not end with it.
  delete env[JOB_VARIABLE];
  delete env[SERVICE_VARIABLE];
  return withoutOwnSearch(env);
}

function startError(error: NodeJS.ErrnoException, program: string, command: Command): Error {
  if (error.code === 'ENOENT' && !existsSync(command.cwd)) {
    return new AppError(
      'FOLDER_NOT_FOUND',
      `The folder ${command.cwd} is gone. Put it back, or remove the project.`,
    );
  }
  if (error.code === 'ENOENT' || error.code === 'EACCES' || error.code === 'ENOEXEC') {
    return new AppError(
      'TOOL_MISSING',
      `${command.program} could not be started (${program}: ${error.code}). Run the doctor to see which tools are missing.`,
      { fix: { label: 'Run the doctor', command: 'drydock doctor' } },
    );
  }
  return error;
}
