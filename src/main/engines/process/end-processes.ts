import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessRef } from '../../lib/process-ref.ts';
import { windowsProgram } from '../../lib/processes/windows-programs.ts';

/** The environment variable that marks every process of one job, children included. */
export const JOB_VARIABLE = 'DRYDOCK_JOB';

/** What the system can't end within that stays, and nothing waits for it any longer. */
const TASKKILL_MS = 10_000;

/** The environment variable that marks a service with its working folder. */
export const SERVICE_VARIABLE = 'DRYDOCK_SERVICE';

/**
 * Ends a job: its process group, and on Linux also processes that left the group but still carry
 * the job's mark. TERM first, KILL after `graceMs`. Resolves when none is left.
 */
export function endJob(pgid: number, job: string, graceMs = 2000): Promise<void> {
  return end(pgid, graceMs, () => marked(job));
}

/** Ends every process that carries a job's mark. */
export async function endMarked(job: string, graceMs = 2000): Promise<void> {
  await endAll(() => marked(job), graceMs);
}

/** `Engine.endStrays`: services carry their folder as a mark. */
export async function endStrays(
  folder: string,
  known: () => readonly ProcessRef[],
): Promise<number> {
  if (process.platform !== 'linux') return 0;
  const mark = `${SERVICE_VARIABLE}=${folder}`;
  const unknown = () => {
    const pids = new Set(known().map((ref) => ref.pid));
    return allPids().filter((pid) => !pids.has(pid) && hasMark(pid, mark));
  };
  const seen = new Set(unknown());
  if (seen.size === 0) return 0;
  // A service that was started just now is about to be recorded.
  await sleep(1000);
  const strays = unknown().filter((pid) => seen.has(pid));
  await endAll(() => strays.filter((pid) => hasMark(pid, mark)), 2000);
  return strays.length;
}

async function endAll(find: () => number[], graceMs: number): Promise<void> {
  const deadline = Date.now() + graceMs;
  for (let wait = 2; ; wait = Math.min(wait * 2, 50)) {
    const left = find();
    if (left.length === 0) return;
    for (const pid of left) {
      try {
        process.kill(pid, Date.now() < deadline ? 'SIGTERM' : 'SIGKILL');
      } catch {
        // It has already ended.
      }
    }
    await sleep(wait);
  }
}

/** Ends a process group. */
export function endGroup(pgid: number, graceMs = 2000): Promise<void> {
  return end(pgid, graceMs, () => []);
}

async function end(pgid: number, graceMs: number, strays: () => number[]): Promise<void> {
  if (process.platform === 'win32') {
    const [taskkill] = windowsProgram('taskkill.exe');
    await new Promise<void>((resolve) => {
      const args = ['/pid', `${pgid}`, '/t', '/f'];
      execFile(taskkill, args, { windowsHide: true, timeout: TASKKILL_MS }, () => resolve());
    });
    return;
  }
  const deadline = Date.now() + graceMs;
  let signal: NodeJS.Signals = 'SIGTERM';
  signalAll(pgid, strays(), signal);
  for (let wait = 2; groupAlive(pgid) || strays().length > 0; wait = Math.min(wait * 2, 50)) {
    if (signal === 'SIGTERM' && Date.now() >= deadline) signal = 'SIGKILL';
    if (signal === 'SIGKILL') signalAll(pgid, strays(), signal);
    await sleep(wait);
  }
}

/** Whether any process of the group is left, zombies excluded. */
export function groupAlive(pgid: number): boolean {
  if (process.platform === 'win32') return false;
  try {
    process.kill(-pgid, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  return allPids().some((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(group) === pgid && state !== 'Z' && state !== 'X';
    } catch {
      return false;
    }
  });
}

function signalAll(pgid: number, strays: number[], signal: NodeJS.Signals): void {
  for (const target of [-pgid, ...strays]) {
    try {
      process.kill(target, signal);
    } catch {
      // It has already ended.
    }
  }
}

function marked(job: string): number[] {
  if (process.platform !== 'linux') return [];
  const mark = `${JOB_VARIABLE}=${job}`;
  return allPids().filter((pid) => hasMark(pid, `${mark}\0`));
}

function hasMark(pid: number, mark: string): boolean {
  try {
    // A zombie's environment reads as empty.
    return `\0${readFileSync(`/proc/${pid}/environ`, 'latin1')}`.includes(`\0${mark}`);
  } catch {
    return false;
  }
}

function allPids(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}
