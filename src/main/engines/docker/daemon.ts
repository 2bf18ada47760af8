import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import { Mask } from '../../lib/secrets/mask.ts';
import { maskUrl, urlSecrets } from '../../lib/secrets/secret-url.ts';
import { AppError } from '../../shared/errors.ts';
import { connect } from './connect.ts';
import { errorText } from './docker-errors.ts';
import { type Endpoint, endpoints, isLocal } from './endpoint.ts';
import { labels } from './labels.ts';

/** Docker 20.10: the first with `host-gateway`. */
const OLDEST_API = [1, 41] as const;
const ANSWER_MS = 3000;
/** How long to wait before looking again for a missing daemon, unless a caller forces it. */
const ABSENT_MS = 2000;
const LONGEST_PAUSE_MS = 10_000;

/** Events about containers; not about what runs in them. */
const EVENTS = ['create', 'start', 'die', 'destroy', 'pause', 'unpause', 'oom'];

export type DaemonStatus = 'unknown' | 'missing' | 'denied' | 'unsupported' | 'ready';

/** The known state of the daemon. */
export interface DaemonState {
  status: DaemonStatus;
  /** Where it listens, without secrets. */
  endpoint: string | null;
  /** Where that address was found, in words. */
  source: string | null;
  version: string | null;
  rootless: boolean;
  /** The system it runs on, e.g. `Docker Desktop`, `Debian GNU/Linux 12 (bookworm)`. */
  os: string | null;
  /** The problem and what to do, as sentences; null when it's ready. */
  problem: string | null;
  /** It was ready and is no longer available; it is looked for until it returns. */
  lost: boolean;
}

/** A daemon that responds, and its capabilities. */
export interface Daemon {
  docker: Docker;
  /** On this machine, or in a virtual machine on it that shares its folders and ports. */
  local: boolean;
  rootless: boolean;
  /** Containers run on this machine's kernel, so users, sockets and addresses are the host's. */
  native: boolean;
  buildKit: boolean;
  cpus: number;
  memoryBytes: number;
  /** The limits that this kernel supports. */
  limits: { cpu: boolean; memory: boolean; pids: boolean };
}

export interface DaemonDependencies {
  /** The address from the settings; empty: look for it. */
  dockerHost: () => string;
  /** Called when the state has changed. */
  changed: () => void;
  /** Called on every event of one of Drydock's containers. */
  containersChanged?: () => void;
  env?: NodeJS.ProcessEnv;
  home?: string;
}

const unknown: DaemonState = {
  status: 'unknown',
  endpoint: null,
  source: null,
  version: null,
  rootless: false,
  os: null,
  problem: null,
  lost: false,
};

/** Finds the daemon, keeps the connection, and tracks its state. */
export class DockerDaemon {
  readonly #deps: DaemonDependencies;
  #state: DaemonState = unknown;
  #daemon: Daemon | undefined;
  #looking: Promise<Daemon | undefined> | undefined;
  #lookedAt = 0;
  #lookedFor = '';
  #watching: AbortController | undefined;

  constructor(deps: DaemonDependencies) {
    this.#deps = deps;
  }

  /** The last known state. */
  get state(): DaemonState {
    return this.#state;
  }

  /** The daemon, if a usable one responds. Connects only when nothing is known yet. */
  async find(): Promise<Daemon | undefined> {
    const asked = this.#deps.dockerHost();
    const same = asked === this.#lookedFor;
    if (this.#daemon && same) return this.#daemon;
    if (same && !this.#looking && Date.now() - this.#lookedAt < ABSENT_MS) return undefined;
    return this.look();
  }

  /** Looks again, even if the state is known. */
  look(): Promise<Daemon | undefined> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** Rejects with ENGINE_UNAVAILABLE. */
  async require(): Promise<Daemon> {
    const daemon = (await this.find()) ?? (await this.look());
    if (daemon) return daemon;
    throw unavailable(this.#state.problem ?? 'No Docker daemon answers.');
  }

  /** The connection broke: what was known about the daemon is no longer valid. */
  lost(): void {
    this.#daemon = undefined;
    this.#lookedAt = 0;
  }

  /** Follows the daemon, and finds it again when it returns, until `close`. */
  watch(): void {
    if (this.#watching) return;
    this.#watching = new AbortController();
    void this.#follow(this.#watching.signal);
  }

  close(): void {
    this.#watching?.abort();
    this.#watching = undefined;
  }

  async #follow(signal: AbortSignal): Promise<void> {
    for (let pause = 250; !signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const daemon = await this.look();
      if (daemon) {
        pause = 125;
        await ended(daemon.docker, signal, this.#deps.containersChanged ?? (() => undefined));
        if (signal.aborted) return;
        this.lost();
        continue;
      }
      await sleep(pause, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async #look(): Promise<Daemon | undefined> {
    const dockerHost = this.#deps.dockerHost();
    let found: Daemon | undefined;
    let state: DaemonState;
    try {
      const { env, home } = this.#deps;
      [state, found] = await firstOf(endpoints({ dockerHost, env, home }));
    } catch (error) {
      state = {
        ...unknown,
        status: 'missing',
        problem: `Docker can't be looked for: ${errorText(error)}. Choose a context with "docker context use", or set the address in the settings.`,
      };
    }
    this.#daemon = found;
    this.#lookedAt = Date.now();
    this.#lookedFor = dockerHost;
    const before = this.#state;
    const lost = state.status !== 'ready' && (before.status === 'ready' || before.lost);
    this.#state = { ...state, lost: lost && this.#watching !== undefined };
    if (JSON.stringify(before) !== JSON.stringify(this.#state)) this.#deps.changed();
    return found;
  }
}

export function unavailable(message: string): AppError {
  return new AppError('ENGINE_UNAVAILABLE', message, {
    fix: { label: 'Run the doctor', command: 'drydock doctor' },
  });
}

/** The first usable one; otherwise the state of the closest to usable. */
async function firstOf(all: Endpoint[]): Promise<[DaemonState, Daemon | undefined]> {
  let nearest: DaemonState = {
    ...unknown,
    status: 'missing',
    problem:
      'No Docker daemon was found. Start Docker, or set its address in the settings if it listens somewhere unusual.',
  };
  for (const endpoint of all) {
    const [state, daemon] = await ask(endpoint);
    if (daemon) return [state, daemon];
    if (nearest.endpoint === null || nearest.status === 'missing') nearest = state;
  }
  return [nearest, undefined];
}

async function ask(endpoint: Endpoint): Promise<[DaemonState, Daemon | undefined]> {
  const about = {
    ...unknown,
    endpoint: shown(endpoint.host),
    source: endpoint.source,
  };
  try {
    const docker = await connect(endpoint);
    const [ping, version, info] = await inTime(
      Promise.all([builderOf(docker), docker.version(), docker.info()]),
    );
    const rootless = (info.SecurityOptions ?? []).some((o: string) => o.includes('rootless'));
    const state = { ...about, version: version.Version, rootless, os: info.OperatingSystem };
    if (info.OSType !== 'linux') {
      const problem = `Docker runs ${info.OSType} containers. Switch it to Linux containers.`;
      return [{ ...state, status: 'unsupported', problem }, undefined];
    }
    if (!isNewEnough(version.ApiVersion)) {
      const problem = `Docker ${version.Version} is too old (API ${version.ApiVersion}; ${OLDEST_API.join('.')} is needed). Update it to 20.10 or newer.`;
      return [{ ...state, status: 'unsupported', problem }, undefined];
    }
    const local = isLocal(endpoint);
    const daemon: Daemon = {
      docker,
      local,
      rootless,
      native: process.platform === 'linux' && local && !/desktop/i.test(info.OperatingSystem),
      buildKit: ping === '2',
      cpus: info.NCPU,
      memoryBytes: info.MemTotal,
      limits: { cpu: info.CpuCfsQuota, memory: info.MemoryLimit, pids: info.PidsLimit !== false },
    };
    return [{ ...state, status: 'ready' }, daemon];
  } catch (error) {
    const denied = /EACCES|EPERM|permission denied|401|403/i.test(
      `${(error as NodeJS.ErrnoException).code} ${(error as Error).message}`,
    );
    return [
      {
        ...about,
        status: denied ? 'denied' : 'missing',
        problem: denied
          ? `You may not use the Docker daemon at ${about.endpoint} (${endpoint.source}). Add yourself to the group "docker" and log in again, or use rootless Docker.`
          : `No Docker daemon answers at ${about.endpoint} (${endpoint.source}): ${new Mask(urlSecrets(endpoint.host)).apply(errorText(error))}. Start Docker, or correct the address.`,
      },
      undefined,
    ];
  }
}

/** The builder that the daemon prefers: `2` is BuildKit. Only the ping's headers tell. */
function builderOf(docker: Docker): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    docker.modem.dial(
      { path: '/_ping', method: 'GET', isStream: true, statusCodes: { 200: true, 500: 'fault' } },
      (error: unknown, answer: unknown) => {
        if (error) return reject(error);
        const response = answer as NodeJS.ReadableStream & { headers: NodeJS.Dict<string> };
        response.resume();
        resolve(response.headers['builder-version']);
      },
    );
  });
}

/**
 * Resolves when the connection to the daemon has ended, which an open stream of events reports at
 * once. Its events are those of Drydock's containers.
 */
async function ended(docker: Docker, signal: AbortSignal, onEvent: () => void): Promise<void> {
  try {
    const events = (await docker.getEvents({
      abortSignal: signal,
      filters: { type: ['container'], label: [labels.home], event: EVENTS },
    })) as NodeJS.ReadableStream;
    await new Promise<void>((resolve) => {
      events
        .on('end', resolve)
        .on('error', () => resolve())
        .on('close', resolve);
      events.on('data', onEvent);
    });
  } catch {
    // The daemon disappeared during the request.
  }
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  const timer = new AbortController();
  const late = sleep(ANSWER_MS, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`no answer within ${ANSWER_MS / 1000} s`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort();
    late.catch(() => undefined);
    work.catch(() => undefined);
  }
}

function isNewEnough(api: string): boolean {
  const [major = 0, minor = 0] = api.split('.').map(Number);
  return major > OLDEST_API[0] || (major === OLDEST_API[0] && minor >= OLDEST_API[1]);
}

const shown = (host: string): string => (/^(unix|npipe):/.test(host) ? host : maskUrl(host));
