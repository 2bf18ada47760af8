import type { Db } from './open.ts';

/** SQLite's own default: about 4 MB of log. */
const EVERY_PAGES = 1000;

/**
 * While somebody reads the database for long, its log can't be cleared, and whoever writes first
 * after that would clear all of it. Meanwhile nobody here does; a worker that read does it instead.
 */
export function checkpointsOf(db: Db) {
  let pauses = 0;
  return {
    async paused<T>(work: () => Promise<T>): Promise<T> {
      if (++pauses === 1) db.pragma('wal_autocheckpoint = 0');
      try {
        return await work();
      } finally {
        if (--pauses === 0 && db.open) db.pragma(`wal_autocheckpoint = ${EVERY_PAGES}`);
      }
    },
  };
}

export type Checkpoints = ReturnType<typeof checkpointsOf>;
