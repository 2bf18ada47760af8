import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './project.mjs';

const file = join(
  tmpdir(),
  `drydock-setup-${createHash('sha256').update(root).digest('hex').slice(0, 12)}.lock`,
);

/** @returns {number | null} the process that holds the lock, if it is alive */
function holder() {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    if (!(pid > 0)) return null;
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    // A process of another user is alive too.
    const denied = error instanceof Error && 'code' in error && error.code === 'EPERM';
    return denied ? Number(readFileSync(file, 'utf8')) : null;
  }
}

/**
 * Installs and builds one at a time, whatever number of commands is started at once. A lock left
 * by a process that is gone is taken over.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function exclusively(work) {
  for (let unreadable = 0; ; ) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
      break;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    // Between creating the file and writing the pid it is empty for a moment.
    if (holder() !== null) unreadable = 0;
    else if (++unreadable > 3) rmSync(file, { force: true });
    await sleep(150);
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
