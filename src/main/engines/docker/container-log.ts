import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import { Lines } from '../../kit/lines.ts';
import { Demux } from './demux.ts';
import { ifThere } from './fault.ts';

/** How often it is looked whether a container runs again. */
const LOOK_MS = 300;

/** `Containers.log`. */
export async function* containerLog(
  docker: Docker,
  id: string,
  { tail, follow, signal }: { tail: number; follow: boolean; signal?: AbortSignal },
): AsyncGenerator<string[], void> {
  let startedAt: string | undefined;
  while (!signal?.aborted) {
    const found = await ifThere(docker.getContainer(id).inspect());
    if (!found) return;
    const { Running, StartedAt } = found.State;
    if (startedAt === undefined || (Running && StartedAt !== startedAt)) {
      // What was written before this start has been read to its end.
      const from = startedAt === undefined ? { tail } : { since: seconds(StartedAt) };
      startedAt = StartedAt;
      yield* attached(docker, id, { ...from, follow: follow && Running }, signal);
      if (!follow) return;
    }
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** With the nanoseconds, which a number couldn't hold. */
function seconds(at: string): string {
  return `${Math.floor(Date.parse(at) / 1000)}${/\.\d+/.exec(at)?.[0] ?? ''}`;
}

async function* attached(
  docker: Docker,
  id: string,
  from: { tail?: number; since?: string; follow: boolean },
  signal?: AbortSignal,
): AsyncGenerator<string[], void> {
  const demux = new Demux((_, text) => batch.push(...lines.push(text)));
  const lines = new Lines();
  let batch: string[] = [];
  try {
    for await (const chunk of await stream(docker, id, from, signal)) {
      demux.push(chunk as Buffer);
      if (batch.length > 0) yield batch;
      batch = [];
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
  demux.end();
  batch.push(...lines.end());
  if (batch.length > 0) yield batch;
}

/** dockerode itself takes a log that isn't followed into memory as a whole. */
function stream(
  docker: Docker,
  id: string,
  from: { tail?: number; since?: string; follow: boolean },
  abortSignal?: AbortSignal,
): Promise<NodeJS.ReadableStream> {
  return new Promise((resolve, reject) => {
    docker.modem.dial(
      {
        path: `/containers/${id}/logs?`,
        method: 'GET',
        isStream: true,
        abortSignal,
        options: { ...from, stdout: true, stderr: true },
        statusCodes: { 200: true, 404: 'no such container', 500: 'fault' },
      },
      (error: unknown, answer: unknown) =>
        error ? reject(error) : resolve(answer as NodeJS.ReadableStream),
    );
  });
}
