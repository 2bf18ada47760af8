import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root, say } from './project.mjs';

const key = createHash('sha256').update(root).digest('hex').slice(0, 12);
const file = join(tmpdir(), `drydock-setup-${process.getuid?.() ?? 0}-${key}.lock`);

const pauseMs = 150;
const saidAfterTries = 20;

/** @returns {number | null} the process that holds the lock, if it is running */
function holder() {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    if (!(pid > 0)) return null;
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    // A process of another user is running too.
    const denied = error instanceof Error && 'code' in error && error.code === 'EPERM';
    return denied ? Number(readFileSync(file, 'utf8')) : null;
  }
}

/**
 * Runs installations and builds one at a time, however many commands are started at once. Takes
 * over a lock whose process has ended.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function exclusively(work) {
  for (let tries = 1, unreadable = 0; ; tries++) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
      break;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    // Between creation and the write of the pid, the file is empty for a moment.
    const pid = holder();
    if (pid !== null) unreadable = 0;
    else if (++unreadable > 3) rmSync(file, { force: true });
    if (pid !== null && tries === saidAfterTries) {
      say(`Waiting for process ${pid}, which is installing or building Drydock.`);
    }
    await sleep(pauseMs);
  }
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}
