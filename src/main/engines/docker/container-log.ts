import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import { Lines } from '../../lib/lines.ts';
import type { Mask } from '../../lib/secrets/mask.ts';
import type { LogOptions } from '../containers.ts';
import type { OutputStream } from '../engine.ts';
import type { LogLine } from '../services.ts';
import type { DockerDaemon } from './daemon.ts';
import { Demux } from './demux.ts';
import { ifThere, isLost } from './docker-errors.ts';

/** How often to check whether a container runs again, or a daemon responds again. */
const LOOK_MS = 300;

/** `Services.log`, from any daemon that responds; waits while none does. */
export async function* containerLog(
  daemons: DockerDaemon,
  id: string,
  options: LogOptions,
): AsyncGenerator<LogLine[], void> {
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
  /** When the connection to the daemon was lost, Unix time, s. */
  cutAt?: string;
}

async function* read(
  docker: Docker,
  id: string,
  { tail, follow, mask, signal }: LogOptions,
  place: Place,
): AsyncGenerator<LogLine[], void> {
  while (!signal?.aborted) {
    const found = await ifThere(docker.getContainer(id).inspect());
    if (!found) return;
    const { Running, StartedAt, FinishedAt } = found.State;
    const first = place.startedAt === undefined;
    if (first || place.cutAt !== undefined || (Running && StartedAt !== place.startedAt)) {
      // Everything before the last end has been read. `StartedAt` is no use as the start: Docker
      // sets it when the program is already writing.
      const from = first ? { tail } : { since: place.cutAt ?? seconds(FinishedAt) };
      Object.assign(place, { startedAt: StartedAt, cutAt: undefined });
      yield* attached(docker, id, { ...from, follow: follow && Running }, mask, signal);
      if (!follow) return;
    }
    await pause(signal);
  }
}

const pause = (signal?: AbortSignal): Promise<void> =>
  sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);

/** With nanoseconds, which a number couldn't represent. */
function seconds(at: string): string {
  return `${Math.floor(Date.parse(at) / 1000)}${/\.\d+/.exec(at)?.[0] ?? ''}`;
}

async function* attached(
  docker: Docker,
  id: string,
  from: { tail?: number; since?: string; follow: boolean },
  mask?: () => Mask,
  signal?: AbortSignal,
): AsyncGenerator<LogLine[], void> {
  const lines = { stdout: new Lines(mask), stderr: new Lines(mask) };
  let batch: LogLine[] = [];
  const add = (stream: OutputStream, texts: string[]) =>
    batch.push(...texts.map((text) => ({ stream, text })));
  const demux = new Demux((stream, text) => add(stream, lines[stream].push(text)));
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
  add('stdout', lines.stdout.end());
  add('stderr', lines.stderr.end());
  if (batch.length > 0) yield batch;
}

/** For a log that isn't followed, dockerode itself reads the whole of it into memory. */
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
