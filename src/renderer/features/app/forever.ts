import { ORPCError } from '@orpc/client';

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/**
 * Repeats `round`, which follows a stream until it ends, until `signal`: at once after a lost
 * connection (a call waits for the next one by itself), with a pause after an error of the core.
 */
export async function forever(signal: AbortSignal, round: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    try {
      await round();
      await pause(250, signal);
    } catch (error) {
      if (signal.aborted) return;
      await pause(error instanceof ORPCError ? 3000 : 250, signal);
    }
  }
}
