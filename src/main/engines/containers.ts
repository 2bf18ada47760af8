import type { Mask } from '../lib/secrets/mask.ts';

/** What a container is for. */
export type ContainerKind = 'workspace' | 'chain' | 'app';

export type ContainerState =
  | 'created'
  | 'running'
  | 'paused'
  | 'restarting'
  | 'removing'
  | 'exited'
  | 'dead';

/** A container that Drydock made, for this data folder or another one. */
export interface OurContainer {
  id: string;
  name: string;
  kind: ContainerKind;
  /** Id of the project, or name of the chain or app. */
  subject: string;
  /** Id of the project that an app belongs to. */
  project: number | null;
  dataFolder: string;
  /** Whether that folder would be on this machine; a daemon may serve several machines. */
  here: boolean;
  state: ContainerState;
  /** In the daemon's words, e.g. `Up 3 minutes`. */
  status: string;
  image: string;
  /** Unix time, ms. */
  createdAt: number;
  /** Published on 127.0.0.1 of the host. */
  ports: { host: number; container: number }[];
}

/** A container's resource use. Rates and CPU are averages since the previous sample. */
export interface Usage {
  id: string;
  /** Unix time, ms. */
  at: number;
  /** 100 is one core, as `docker stats` counts. */
  cpuPercent: number;
  /** Without the page cache that can be freed immediately, as `docker stats` counts. */
  memoryBytes: number;
  memoryLimitBytes: number;
  /** Bytes per second. */
  received: number;
  sent: number;
  /** Bytes since the container's start. */
  diskRead: number;
  diskWritten: number;
  pids: number;
}

/** A volume that Drydock made. */
export interface OurVolume {
  name: string;
  /** The project whose home it is; null: from an earlier version, in which projects shared it. */
  project: number | null;
  dataFolder: string;
  here: boolean;
  /** null: the daemon doesn't know. */
  bytes: number | null;
  /** How many containers use it. */
  used: number;
}

/** A network that Drydock made. */
export interface OurNetwork {
  id: string;
  name: string;
  /** null: from an earlier version, in which all shared it. */
  dataFolder: string | null;
  here: boolean;
  /** What it is for; `all`: from an earlier version, in which everything shared one. */
  use: 'workspaces' | 'chain' | 'app' | 'all';
  /** Name of the chain or app. */
  subject: string;
  /** How many running containers are in it. */
  used: number;
}

export interface Space {
  count: number;
  bytes: number;
  /** What would be freed if everything that is not needed now were removed. */
  freeableBytes: number;
}

/**
 * Drydock's share of a daemon's disk use; the build cache, untagged images included, belongs to all
 * users of the daemon.
 */
export interface DiskUse {
  images: Space;
  containers: Space;
  volumes: Space;
  buildCache: Space;
}

export interface LogOptions {
  /** The number of last lines to start with. */
  tail: number;
  follow: boolean;
  /** Masks secrets that a program may print. */
  mask?: () => Mask;
  signal?: AbortSignal;
}

/**
 * Drydock's containers in a daemon: they carry its labels and the name that matches them. All other
 * containers are out of reach here. Everything rejects with ENGINE_UNAVAILABLE when no daemon
 * responds.
 */
export interface Containers {
  list(): Promise<OurContainer[]>;
  volumes(): Promise<OurVolume[]>;
  /** The current use. Containers without an earlier sample, and ended ones, are not included. */
  sampler(): (ids: readonly string[]) => Promise<Usage[]>;
  /** Whether a command can be run in it. */
  accepts(id: string): Promise<boolean>;
  /**
   * Yields the container's lines in batches, starting with the last `tail` ones. With `follow` it
   * continues, across restarts of the container and the daemon, until the container is removed or
   * the signal is aborted.
   */
  log(id: string, options: LogOptions): AsyncGenerator<string[], void>;
  stop(id: string): Promise<void>;
  /** Removes a container even while it runs. Its named volumes stay. */
  remove(id: string): Promise<void>;
  /** Leaves a volume alone that is in use or missing. Returns whether it was removed. */
  removeVolume(name: string): Promise<boolean>;
  networks(): Promise<OurNetwork[]>;
  /** Disconnects every container first. Returns whether it was removed. */
  removeNetwork(id: string): Promise<boolean>;
  diskUse(): Promise<DiskUse>;
}
