import type { ContainerState, LogOptions } from './containers.ts';
import type { ContainerRef, OutputStream, Preparation } from './engine.ts';
import type { ImageBuild, ImageFacts } from './images.ts';

/** What a service is for: reached by users' programs and by runs, or the result of a run. */
export type ServiceUse = 'chain' | 'app';

/** A TCP port that a service listens on. */
export interface ServicePort {
  /** In the container, on all of its addresses. */
  port: number;
  /**
   * The port of 127.0.0.1 at which it is reached; null: a free port, which may change at each
   * start; `unpublished`: none, it is reached at the container's own address.
   */
  host: number | null | 'unpublished';
}

/** What a container has at a path of its own, and keeps beyond its life. */
export type ServiceVolume =
  | {
      /** Absolute, on the host; it must exist. Mounted under its own path unless `target` is given. */
      folder: string;
      target?: string;
      readOnly?: boolean;
    }
  | {
      /** A word; a volume of that name is kept for the service's project until the project is removed. */
      volume: string;
      /** Absolute, in the container. */
      target: string;
      readOnly?: boolean;
    };

/**
 * A folder of the host that a service works in, mounted under its own path. Its contents appear
 * neither in a command line nor in `docker inspect`. The image needs a shell.
 */
export interface ServiceFolder {
  /** Absolute. It is the working folder; the service's user can write to it. */
  path: string;
  /**
   * May hold secrets. Passed in a file that only the service's user can read, removed before the
   * program runs.
   */
  env: Record<string, string>;
  /** Receives stdout and stderr; emptied at the start. */
  logFile: string;
}

export interface ServiceHealth {
  /** A command in the container; 0: healthy. */
  command: readonly string[];
  intervalMs: number;
  timeoutMs: number;
  /** This many failures in a row make it unhealthy. */
  retries: number;
  /** Failures in the time after the start don't count. */
  startMs: number;
}

/**
 * A program that continues when this process ends. As a container it has no privileges and no
 * capabilities, limits of memory, processors and processes, a network of its own, and ports on
 * 127.0.0.1 alone.
 */
export interface ServiceSpec {
  /** Unique within a data folder and use. A service replaces the one with the same name. */
  name: string;
  use: ServiceUse;
  /** The project and the deployment that it belongs to, by id. */
  project?: number;
  deployment?: number;
  /** Further labels of the container. */
  labels?: Record<string, string>;
  /**
   * A reference, pulled when the daemon doesn't have it. null: Drydock's image that has the program
   * of `command`.
   */
  image: string | null;
  /** Program and arguments; null: as the image declares. Required by the process engine. */
  command: readonly string[] | null;
  /** Must hold no secrets: `docker inspect` shows it. */
  env?: Record<string, string>;
  /**
   * Texts by the names of their files in `/run/secrets`, which are in the container alone: neither
   * on this machine's disk outside of the engine, nor in `docker inspect`. As a container only.
   */
  secrets?: Record<string, string>;
  ports: readonly ServicePort[];
  volumes?: readonly ServiceVolume[];
  /** Required by the process engine. */
  folder?: ServiceFolder;
  /**
   * `image`: as the image declares, even root. `unprivileged`: as the image declares unless that is
   * root, then 1000:1000. Otherwise a uid and gid, e.g. `101:101`. Absent: the owner of `folder`;
   * without a folder, `unprivileged`.
   */
  user?: 'image' | 'unprivileged' | `${number}:${number}`;
  /** Whether the container can write only to `/tmp` and its volumes. */
  readOnly?: boolean;
  /** Absent: those of the engine's settings. */
  limits?: { memoryBytes?: number; cpus?: number; pids?: number };
  /** The check that the daemon runs; absent: that of the image; null: none. */
  health?: ServiceHealth | null;
  /**
   * What the daemon does when it ends. Absent: nothing, also after a restart of the machine.
   * `onFailure`: restarts it this many times when it ends with a failure.
   */
  restart?: { onFailure: number } | 'unless-stopped';
  /** An address returned by `Engine.reach` that it needs, e.g. to fork from. */
  reaches?: string;
}

/** A container of a service, as it is now. */
export interface ServiceState {
  ref: ContainerRef;
  /** Name of the container. */
  container: string;
  /** As in its spec. */
  name: string;
  use: ServiceUse;
  project: number | null;
  deployment: number | null;
  /** Includes those of the spec. */
  labels: Record<string, string>;
  state: ContainerState;
  /** Of the last end; null during the first run. */
  exitCode: number | null;
  /** It was ended because it exceeded its memory limit. */
  outOfMemory: boolean;
  /** How many times the daemon has restarted it. */
  restarts: number;
  /** On 127.0.0.1, until the next start; empty while it doesn't run. */
  ports: { port: number; host: number }[];
  /** The result of the daemon's check; null: there is none, or it doesn't run. */
  health: 'starting' | 'healthy' | 'unhealthy' | null;
  /** Id of the image that it was made from, and the reference that was given. */
  image: { id: string; reference: string };
}

/** A line that a service has written. */
export interface LogLine {
  stream: OutputStream;
  text: string;
}

/**
 * Services in containers, of this data folder; all others are out of reach here. Everything rejects
 * with ENGINE_UNAVAILABLE when no daemon responds or the daemon refuses. A container that no longer
 * exists is null, and removing it again does nothing.
 */
export interface Services {
  /**
   * Builds an image from a project's Dockerfile and returns its id. Rejects with DOCKERFILE_UNUSABLE,
   * IMAGE_BUILD_FAILED, or the reason of the signal, which ends the build.
   */
  build(build: ImageBuild): Promise<string>;
  /** @param reference its id, or a tag; null: the daemon doesn't have it */
  image(reference: string): Promise<ImageFacts | null>;
  /**
   * Removes one of Drydock's tags, and what only that tag keeps; not while a container needs it.
   */
  removeImage(tag: string): Promise<void>;
  /**
   * Makes and starts the container, replacing one with the same name. It may already have ended
   * when this resolves. Rejects with PORT_TAKEN, IMAGE_BUILD_FAILED when the image is unavailable,
   * or the reason of the signal.
   */
  start(spec: ServiceSpec, preparation?: Preparation): Promise<ServiceState>;
  /** Starts a stopped container again; free ports (null in the spec) may change. */
  startAgain(container: string): Promise<ServiceState | null>;
  /** @param container its id, or its name */
  state(container: string): Promise<ServiceState | null>;
  /** Includes stopped ones. */
  list(of?: { use?: ServiceUse; project?: number; deployment?: number }): Promise<ServiceState[]>;
  /** Asks it to end, and kills it after `graceMs`. The container stays, with its log. */
  stop(container: string, graceMs: number): Promise<void>;
  /** Removes a container even while it runs. Its network is removed with it; named volumes stay. */
  remove(container: string): Promise<void>;
  /** As `Containers.log`, with the stream of each line. */
  log(container: string, options: LogOptions): AsyncGenerator<LogLine[], void>;
}
