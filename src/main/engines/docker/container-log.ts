import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import { Lines } from '../../kit/lines.ts';
import type { DockerDaemon } from './daemon.ts';
import { Demux } from './demux.ts';
import { ifThere, isLost } from './fault.ts';

/** How often it is looked whether a container runs again, or a daemon answers again. */
const LOOK_MS = 300;

export interface LogOptions {
  tail: number;
  follow: boolean;
  signal?: AbortSignal;
}

/** `Containers.log`, from whatever daemon answers; while none does it waits. */
export async function* containerLog(
  daemons: DockerDaemon,
  id: string,
  options: LogOptions,
): AsyncGenerator<string[], void> {
  const { follow, signal } = options;
  const place: Place = {};
  while (!signal?.aborted) {
    const daemon = await daemons.find();
    try {
      if (daemon) return yield* read(daemon.docker, id, options, place);
    } catch (error) {
      if (!follow || !isLost(error)) throw error;
      daemons.lost();
      place.cutAt ??= `${Date.now() / 1000}`;
    }
    await pause(signal);
  }
}

/** How far a log has been read. */
interface Place {
  /** The start of the container whose lines were read. */
  startedAt?: string;
  /** When the daemon was lost over it, Unix time, s. */
  cutAt?: string;
}

async function* read(
  docker: Docker,
  id: string,
  { tail, follow, signal }: LogOptions,
  place: Place,
): AsyncGenerator<string[], void> {
  while (!signal?.aborted) {
    const found = await ifThere(docker.getContainer(id).inspect());
    if (!found) return;
    const { Running, StartedAt, FinishedAt } = found.State;
    const first = place.startedAt === undefined;
    if (first || place.cutAt !== undefined || (Running && StartedAt !== place.startedAt)) {
      // What was written before the last end has been read. `StartedAt` is too late to begin with:
      // Docker notes it when the program already writes.
      const from = first ? { tail } : { since: place.cutAt ?? seconds(FinishedAt) };
      Object.assign(place, { startedAt: StartedAt, cutAt: undefined });
      yield* attached(docker, id, { ...from, follow: follow && Running }, signal);
      if (!follow) return;
    }
    await pause(signal);
  }
}

const pause = (signal?: AbortSignal): Promise<void> =>
  sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);

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
