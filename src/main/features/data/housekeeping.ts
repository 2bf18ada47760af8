import type { Logger } from 'pino';
import type { DataStore } from './store.ts';

const DAY_MS = 86_400_000;
/** After a failure, or a core that ended in the middle. */
const RETRY_MS = 3_600_000;
/** A core that stays open for weeks looks so often whether a day is over. */
const LOOK_EVERY_MS = 10 * 60_000;
/** The start of the app belongs to its user. */
const FIRST_LOOK_MS = 60_000;

/** Does each task once a day, in one of the cores that are open on the data folder. */
export function housekeeping(deps: {
  store: DataStore;
  logger: Logger;
  tasks: Record<string, () => Promise<void>>;
}) {
  let timer: NodeJS.Timeout | undefined;
  let ended = false;

  async function look(): Promise<void> {
    for (const [name, work] of Object.entries(deps.tasks)) {
      if (ended) return;
      try {
        if (!deps.store.claim(name, DAY_MS, RETRY_MS)) continue;
        await work();
        if (!ended) deps.store.ended(name);
      } catch (error) {
        // A full disk shows in the status bar meanwhile.
        if (!ended) deps.logger.error({ err: error, task: name }, 'housekeeping failed');
      }
    }
  }

  function again(afterMs: number): void {
    timer = setTimeout(() => {
      void look().finally(() => {
        if (!ended) again(LOOK_EVERY_MS);
      });
    }, afterMs);
    timer.unref();
  }

  return {
    begin: () => again(FIRST_LOOK_MS),
    /** What is due, now. */
    look,
    end(): void {
      ended = true;
      clearTimeout(timer);
    },
  };
}
