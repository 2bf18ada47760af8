import { follow } from './build-progress.ts';
import type { Daemon } from './daemon.ts';

/** Fetches an image from its registry. Rejects with the last lines of the pull in the message. */
export async function pull(
  { docker }: Daemon,
  reference: string,
  onProgress: (line: string) => void,
  abortSignal?: AbortSignal,
): Promise<void> {
  onProgress(`Pulling ${reference}.`);
  const named = /(:[^/]+|@[^/]+)$/.test(reference) ? reference : `${reference}:latest`;
  await follow(docker, await docker.pull(named, { abortSignal }), onProgress);
}
