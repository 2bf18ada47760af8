import type { Db } from './open.ts';
import { runInWorker } from './run-in-worker.ts';

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
 * When the database's log is cleared, and by which thread: that one waits for the disk. Left to
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
     * During a long read the database's log can't be cleared, and the first write after it would
     * clear all of it. Until then no write of this core does; the worker that read it does.
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
        await runInWorker({ do: 'keep-clear', file: db.name, pages: ASIDE_PAGES }, signal);
      } finally {
        pages = EVERY_PAGES;
        apply();
      }
    },
  };
}

export type Checkpoints = ReturnType<typeof checkpointsOf>;
