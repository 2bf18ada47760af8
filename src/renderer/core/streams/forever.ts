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
 * Repeats `round`, which follows a stream until it ends, until `signal`: immediately after a lost
 * connection (a call waits for the next one by itself), with a pause after an error of the core.
 *
 * Replaces the retry plugin of the client library (1.16): that repeats a call through its original
 * link, whose socket or port is closed, resumes by event ids where Drydock's streams resume by a
 * position in their input, and treats the end of a stream as final. Its live queries restart with
 * every invalidation, and don't after the end of a stream.
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
