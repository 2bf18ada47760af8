import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessRef } from '../../lib/process-ref.ts';
import { portHolder } from '../../lib/processes/port-holder.ts';
import type { ProcessEnd } from '../../lib/processes/process-end.ts';
import { processes } from '../../lib/processes/processes.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import { type Engine, type RunRef, runKey, type WorkspaceProject } from '../engine.ts';
import type { ServiceFolder } from '../services.ts';
import type { InstalledTools, ToolSearch, ToolSpec } from '../tools.ts';
import { endGroup, endMarked, endStrays, SERVICE_VARIABLE } from './end-processes.ts';
import { childEnv } from './exec.ts';
import { privatePlace } from './private-place.ts';
import { installedVersions } from './tool-versions.ts';
import { availableTool, findTool, toolVersion } from './tools.ts';
import { processWorkspace } from './workspace.ts';

const MOST_ENDS = 200;
const TOLD_MS = 500;

export interface ProcessEngineOptions extends ToolSearch {
  /** The programs that commands name without a path. Any other is used as given. */
  tools: readonly ToolSpec[];
}

/** Child processes of this machine: works everywhere, with nothing installed. */
export function processEngine(options: ProcessEngineOptions): Engine & InstalledTools {
  const specs = new Map(options.tools.map((spec) => [spec.name, spec]));
  const spec = (name: string): ToolSpec => {
    const found = specs.get(name);
    if (!found) throw new Error(`there is no tool ${name}`);
    return found;
  };
  /** A tool's path, or any other program as given. */
  const programFile = async (program: string): Promise<string> => {
    const known = specs.get(program);
    return known ? (await availableTool(known, options)).path : program;
  };
  /** Of the last services that this core has started. */
  const ends = new Map<string, Promise<ProcessEnd>>();
  return {
    name: 'process',
    listenHost: '127.0.0.1',

    async prepare() {
      // The first use reports a missing tool.
    },

    async tool(name) {
      const found = findTool(spec(name), options);
      return { ...found, version: await toolVersion(spec(name), found.path) };
    },

    installed: (name) => installedVersions(spec(name), options),

    workspace: (project: WorkspaceProject) => processWorkspace(project, options),

    reach: async (url) => url,

    hostAddress: async () => ({ listen: '127.0.0.1', name: '127.0.0.1' }),

    serviceHostAddress: async () => ({ listen: '127.0.0.1', name: '127.0.0.1' }),

    privatePlace,

    portHolder,

    async startService(spec) {
      const { command, folder } = spec;
      if (!command || !folder) throw needsContainer(spec.name);
      const [program = '', ...args] = command;
      const { ref, end } = await startService(
        [await programFile(program), ...args],
        { ...spec.env, ...folder.env },
        folder,
      );
      ends.set(runKey(ref), end);
      const [oldest] = ends.keys();
      if (ends.size > MOST_ENDS && oldest !== undefined) ends.delete(oldest);
      return ref;
    },

    isRunning: async (ref) => isProcess(ref) && (await isAliveLately(ref)),

    async endOfService(ref) {
      const known = isProcess(ref) ? ends.get(runKey(ref)) : undefined;
      if (!known) return null;
      // The system may show that it is gone before this process is told.
      return Promise.race([known, sleep(TOLD_MS, null)]);
    },

    isPaused: async () => false,

    async endOrphan({ ref, job }) {
      if (ref && isProcess(ref) && (await processes.isAlive(ref))) await endGroup(ref.pid);
      await endMarked(job);
    },

    endStrays: (folder, known) => endStrays(folder, () => known().filter(isProcess)),

    async stopService(ref, graceMs) {
      if (!isProcess(ref)) return;
      await signalUntilGone(ref, 'SIGTERM', graceMs);
      await signalUntilGone(ref, 'SIGKILL', 5000);
    },

    async forgetService() {
      // A process leaves nothing behind.
    },

    async forget() {
      // As when a workspace ends.
    },
  };
}

/** Called before each request to a chain. Rejects with ENGINE_UNAVAILABLE when the system can't tell. */
async function isAliveLately(ref: ProcessRef): Promise<boolean> {
  try {
    return await processes.isAliveLately(ref);
  } catch (error) {
    throw new AppError(
      'ENGINE_UNAVAILABLE',
      `The system does not say which processes run: ${messageOf(error)}.`,
    );
  }
}

const isProcess = (ref: RunRef): ref is ProcessRef => 'pid' in ref;

const needsContainer = (name: string): AppError =>
  new AppError(
    'ENGINE_UNAVAILABLE',
    `${name} runs in a container only. Start Docker, then try again.`,
    { fix: { label: 'Run the doctor', command: 'drydock doctor' } },
  );

/** A session of its own: closing the terminal or window that started it doesn't end it. */
async function startService(
  [file, ...args]: [string, ...string[]],
  env: Record<string, string>,
  folder: ServiceFolder,
): Promise<{ ref: ProcessRef; end: Promise<ProcessEnd> }> {
  // In append mode, so that the log can be truncated while it is written.
  const truncated = openSync(folder.logFile, 'w', 0o600);
  closeSync(truncated);
  const log = openSync(folder.logFile, 'a');
  try {
    const child = withPrivateFiles(() =>
      spawn(file, args, {
        cwd: folder.path,
        env: { ...childEnv(), ...env, [SERVICE_VARIABLE]: folder.path },
        stdio: ['ignore', log, log],
        detached: true,
        windowsHide: true,
      }),
    );
    const end = new Promise<ProcessEnd>((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }));
    });
    await once(child, 'spawn');
    child.unref();
    return { ref: await refOf(child), end };
  } catch (error) {
    throw new AppError(
      'TOOL_MISSING',
      `${path.basename(file)} could not be started: ${(error as Error).message}. Run the doctor to see what is missing.`,
      { fix: { label: 'Run the doctor', command: 'drydock doctor' } },
    );
  } finally {
    closeSync(log);
  }
}

/** Rejects, and ends the process, when the system can't tell which one it is: none could end it later. */
async function refOf(child: ChildProcess): Promise<ProcessRef> {
  const pid = child.pid ?? 0;
  try {
    // It may have ended immediately; the caller sees that it isn't running.
    return (await processes.ref(pid)) ?? { pid, startedAt: 'ended' };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

/** Only this user can read what the process writes, such as the states of a chain. */
function withPrivateFiles<T>(start: () => T): T {
  const before = process.umask(0o077);
  try {
    return start();
  } finally {
    process.umask(before);
  }
}

async function signalUntilGone(
  ref: ProcessRef,
  signal: NodeJS.Signals,
  withinMs: number,
): Promise<void> {
  if (!(await processes.isAlive(ref))) return;
  try {
    process.kill(ref.pid, signal);
    // A paused process receives a signal only once it continues.
    if (process.platform !== 'win32') process.kill(ref.pid, 'SIGCONT');
  } catch {
    return;
  }
  const deadline = Date.now() + withinMs;
  for (let wait = 2; Date.now() < deadline; wait = Math.min(wait * 2, 50)) {
    if (!(await processes.isAlive(ref))) return;
    await sleep(wait);
  }
}
