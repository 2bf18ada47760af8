import { explained } from './container.ts';
import type { Daemon, DockerDaemon } from './daemon.ts';
import { isLost } from './docker-errors.ts';

/**
 * Sends a request to the daemon. Rejects with ENGINE_UNAVAILABLE if there is none, or if it
 * refuses.
 *
 * @param deed what is requested, as in "Docker refused to list the containers"
 */
export async function ask<T>(
  daemons: DockerDaemon,
  work: (daemon: Daemon) => Promise<T>,
  deed?: string,
): Promise<T> {
  const daemon = await daemons.require();
  try {
    return await work(daemon);
  } catch (error) {
    throw refusal(daemons, error, deed);
  }
}

/**
 * Distinguishes a connection failure, after which the daemon is looked for again, from a refusal.
 */
export function refusal(daemons: DockerDaemon, error: unknown, deed?: string): unknown {
  if (isLost(error)) daemons.lost();
  return explained(error, deed);
}
