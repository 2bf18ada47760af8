import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../kit/errors.ts';
import { portHolder } from '../../kit/ports.ts';
import type { Engine, ProcessRef, RunRef, ServiceSpec, ToolName } from '../engine.ts';
import { endGroup, endMarked, endStrays, SERVICE_VARIABLE } from './end-processes.ts';
import { childEnv, exec } from './exec.ts';
import { isAlive, processRef } from './process-ref.ts';
import { openShell } from './shell.ts';
import { findTool, type ToolSearch, toolFolders, toolVersion } from './tools.ts';

/** Child processes of this machine: what works everywhere, with nothing installed. */
export function processEngine(search: () => ToolSearch): Engine {
  const isTool = (program: string): program is ToolName =>
    program === 'forge' || program === 'anvil' || program === 'cast';
  return {
    name: 'process',
    listenHost: '127.0.0.1',

    async prepare() {
      // Whatever is missing, the first use says.
    },

    async tool(name) {
      const found = findTool(name, search());
      return { ...found, version: await toolVersion(name, found.path) };
    },

    workspace: (project) => ({
      engine: 'process',
      async tools() {
        const { path } = findTool('forge', search());
        const { size, mtimeMs } = statSync(path);
        return `${path}:${size}:${mtimeMs}`;
      },
      async exec(command, options) {
        const { program } = command;
        const file = isTool(program) ? findTool(program, search()).path : program;
        return exec(file, command, options);
      },
      openShell: (options) => openShell(project.path, toolFolders(search()), options),
      async end() {
        // The folder itself is the workspace, and it's the user's.
      },
    }),

    reach: async (url) => url,

    portHolder,

    startService: (spec) => startService(findTool(spec.program, search()).path, spec),

    isRunning: async (ref) => isProcess(ref) && isAlive(ref),

    async endOrphan({ ref, job }) {
      if (ref && isProcess(ref) && isAlive(ref)) await endGroup(ref.pid);
      await endMarked(job);
    },

    endStrays: (folder, known) => endStrays(folder, () => known().filter(isProcess)),

    async stopService(ref, graceMs) {
      if (!isProcess(ref)) return;
      await signalUntilGone(ref, 'SIGTERM', graceMs);
      await signalUntilGone(ref, 'SIGKILL', 5000);
    },

    async forget() {
      // As at the end of a workspace.
    },
  };
}

const isProcess = (ref: RunRef): ref is ProcessRef => 'pid' in ref;

/** A session of its own: closing the terminal or the window that started it doesn't end it. */
async function startService(file: string, spec: ServiceSpec): Promise<ProcessRef> {
  // Appending, so that the log can be cut down while it is written.
  const truncated = openSync(spec.logFile, 'w', 0o600);
  closeSync(truncated);
  const log = openSync(spec.logFile, 'a');
  try {
    const child = spawn(file, spec.args, {
      cwd: spec.cwd,
      env: { ...childEnv(), ...spec.env, [SERVICE_VARIABLE]: spec.cwd },
      stdio: ['ignore', log, log],
      detached: true,
      windowsHide: true,
    });
    await once(child, 'spawn');
    child.unref();
    const ref = child.pid === undefined ? undefined : processRef(child.pid);
    // It may have ended within the same moment; the caller sees that it isn't running.
    return ref ?? { pid: child.pid ?? 0, startedAt: 'ended' };
  } catch (error) {
    throw new AppError(
      'TOOL_MISSING',
      `${spec.program} could not be started: ${(error as Error).message}. Run the doctor to see what is missing.`,
      { fix: { label: 'Run the doctor', command: 'drydock doctor' } },
    );
  } finally {
    closeSync(log);
  }
}

async function signalUntilGone(
  ref: ProcessRef,
  signal: NodeJS.Signals,
  withinMs: number,
): Promise<void> {
  if (!isAlive(ref)) return;
  try {
    process.kill(ref.pid, signal);
  } catch {
    return;
  }
  const deadline = Date.now() + withinMs;
  for (let wait = 2; isAlive(ref) && Date.now() < deadline; wait = Math.min(wait * 2, 50)) {
    await sleep(wait);
  }
}
