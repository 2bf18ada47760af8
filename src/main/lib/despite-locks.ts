import pRetry from 'p-retry';

/** What Windows says of a file, or a folder with one, that another program has open. */
const LOCKED = new Set<unknown>(['EBUSY', 'EPERM', 'EACCES', 'ENOTEMPTY']);

/** About 2 s altogether: a virus scanner or an indexer lets go within that. */
const WAITING = { retries: 12, minTimeout: 10, factor: 2, maxTimeout: 250 };

/**
 * Moves or deletes something that another program may have open at this moment. Windows refuses that
 * (https://github.com/npm/write-file-atomic/issues/227), so it is tried again there for 2 seconds;
 * other systems allow it. `work` must be able to run again after it has failed.
 */
export async function despiteLocks<T>(
  work: () => Promise<T>,
  platform: NodeJS.Platform = process.platform,
): Promise<T> {
  if (platform !== 'win32') return work();
  const shouldRetry = ({ error }: { error: NodeJS.ErrnoException }) => LOCKED.has(error.code);
  return pRetry(work, { ...WAITING, shouldRetry });
}
