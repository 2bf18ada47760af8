import type { Chain } from '../contract.ts';

/** How a status is told in text. */
export const statusWord: Record<Chain['status'], string> = {
  starting: 'starting',
  running: 'running',
  unresponsive: 'does not respond',
  paused: 'paused in Docker',
  stopping: 'stopping',
  stopped: 'stopped',
};
