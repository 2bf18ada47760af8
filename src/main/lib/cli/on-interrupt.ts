const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Work that takes longer than this is stuck; tools are given less time to end. */
const MOST_MS = 60_000;

/**
 * Calls `end` when the process is asked to end, and lets it finish. Ends the process immediately on
 * a second request, and after a minute in any case.
 */
export function onInterrupt(end: () => void): void {
  let asked = false;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (asked) process.exit(1);
      asked = true;
      setTimeout(() => process.exit(1), MOST_MS).unref();
      end();
    });
  }
}
