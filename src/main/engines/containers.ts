/** What a container is for. */
export type ContainerKind = 'workspace' | 'chain';

export type ContainerState =
  | 'created'
  | 'running'
  | 'paused'
  | 'restarting'
  | 'removing'
  | 'exited'
  | 'dead';

/** A container that Drydock made, for this data folder or for another one. */
export interface OurContainer {
  id: string;
  name: string;
  kind: ContainerKind;
  /** Id of the project, or name of the chain. */
  subject: string;
  dataFolder: string;
  /** Whether that folder would be on this machine; a daemon may serve several. */
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

/** What a container uses. Rates and CPU are averages since the sample before. */
export interface Usage {
  id: string;
  /** Unix time, ms. */
  at: number;
  /** 100 is one core, as `docker stats` counts. */
  cpuPercent: number;
  /** Without the page cache that can be given back at once, as `docker stats` counts. */
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
  dataFolder: string;
  here: boolean;
  /** null: the daemon doesn't know. */
  bytes: number | null;
  /** How many containers have it. */
  used: number;
}

export interface Space {
  count: number;
  bytes: number;
  /** What would come free if everything went that nothing needs now. */
  freeableBytes: number;
}

/** What a daemon has that is ours; its build cache, nameless images among it, belongs to everybody who builds there. */
export interface DiskUse {
  images: Space;
  containers: Space;
  volumes: Space;
  buildCache: Space;
}

/**
 * The containers of a daemon that are ours: they carry our labels and the name that goes with
 * them. All other containers are out of reach here. Everything rejects with ENGINE_UNAVAILABLE
 * when no daemon answers.
 */
export interface Containers {
  list(): Promise<OurContainer[]>;
  volumes(): Promise<OurVolume[]>;
  /** What is used right now. A container that has no earlier sample, or has ended, isn't in it. */
  sampler(): (ids: readonly string[]) => Promise<Usage[]>;
  /** Whether a command can be run in it. */
  accepts(id: string): Promise<boolean>;
  /**
   * The lines that it has written, from the last `tail` ones on, in batches. With `follow` it goes
   * on, over restarts of the container and the daemon, until the container is removed or the signal
   * is aborted.
   */
  log(
    id: string,
    options: { tail: number; follow: boolean; signal?: AbortSignal },
  ): AsyncGenerator<string[], void>;
  stop(id: string): Promise<void>;
  /** Also one that runs. Its volumes stay, if they have a name. */
  remove(id: string): Promise<void>;
  /** One that is in use, or gone, is left alone. Answers whether it was removed. */
  removeVolume(name: string): Promise<boolean>;
  diskUse(): Promise<DiskUse>;
}
