import { readFileSync } from 'node:fs';

const everyMs = 250;

/**
 * The parent of a process, where the system provides it cheaply.
 * @param {number} pid
 */
function parentOf(pid) {
  if (process.platform !== 'linux') return undefined;
  try {
    // The name in parentheses may contain anything, parentheses too.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  } catch {
    return undefined;
  }
}

/**
 * npm runs a script through a shell, and neither ends its child when it is ended. Ends this process
 * as the signal would have, once one of the two has ended.
 */
export function followNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const shell = process.ppid;
  const npm = parentOf(shell);
  const timer = setInterval(() => {
    if (process.ppid === shell && parentOf(shell) === npm) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, everyMs);
  timer.unref();
}
