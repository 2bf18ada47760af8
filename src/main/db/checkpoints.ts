import { aside } from './aside.ts';
import type { Db } from './open.ts';

/** SQLite's own default: about 4 MB of log. */
const EVERY_PAGES = 1000;
/** The writer waits for the disk once each time that the log begins anew: about 16 MB. */
const ASIDE_PAGES = 4000;
/**
 * While there is no pause between writes at all the log can't begin anew, and grows. Here, at about
 * 400 MB, the writer clears it after all.
 */
const AT_LAST_PAGES = 100_000;

/**
 * When the database's log is cleared, and by whom: whoever clears it waits for the disk. Left to
 * itself SQLite lets the writer do it whose turn it happens to be.
 */
export function checkpointsOf(db: Db) {
  let pauses = 0;
  let pages = EVERY_PAGES;
  const apply = () => {
    if (db.open) db.pragma(`wal_autocheckpoint = ${pauses > 0 ? 0 : pages}`);
  };
  return {
    /**
     * While somebody reads the database for long, its log can't be cleared, and whoever writes
     * first after that would clear all of it. Meanwhile nobody here does; a worker that read does.
     */
    async paused<T>(work: () => Promise<T>): Promise<T> {
      pauses++;
      apply();
      try {
        return await work();
      } finally {
        pauses--;
        apply();
      }
    },

    /** Has a thread clear the log from now on. Resolves when it has ended, after `signal`. */
    async keptClear(signal: AbortSignal): Promise<void> {
      pages = AT_LAST_PAGES;
      apply();
      try {
        await aside({ do: 'keep-clear', file: db.name, pages: ASIDE_PAGES }, signal);
      } finally {
        pages = EVERY_PAGES;
        apply();
      }
    },
  };
}

export type Checkpoints = ReturnType<typeof checkpointsOf>;
