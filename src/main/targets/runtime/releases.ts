import type { Preparation } from '../../engines/engine.ts';
import type { ServiceSpec, ServiceState, Services } from '../../engines/services.ts';
import { isPortFree } from '../../lib/ports.ts';
import { AppError } from '../../shared/errors.ts';

/** What a release is made from. */
export type ReleaseSpec = Pick<ServiceSpec, 'image' | 'env' | 'secrets' | 'user' | 'limits'> & {
  /** Ids of its project and its deployment, and the deployment's number within the project. */
  project: number;
  deployment: number;
  number: number;
  /** The port on which it listens in its container. */
  port: number;
};

/**
 * The first port of releases, and how many each project has; when those are taken, any free port
 * after them.
 */
const FIRST_PORT = 20_000;
const PORTS_EACH = 4;
const PROJECTS = 2000;
const LAST_PORT = 31_999;
const ATTEMPTS = 10;

/** The time a release has to finish its work. */
const GRACE_MS = 10_000;

/**
 * The releases of projects, as containers: each deployment has its own container and address,
 * beside those of earlier deployments. Only the record of the deployments decides which one serves;
 * a container whose deployment isn't recorded as serving can be stopped or removed at any time.
 */
export class Releases {
  readonly #services: Services;

  constructor(services: Services) {
    this.#services = services;
  }

  /**
   * Starts a release beside those that run, replacing what an earlier attempt of the same
   * deployment left. Rejects with ENGINE_UNAVAILABLE, PORT_TAKEN, or the reason of the signal.
   */
  async start(spec: ReleaseSpec, preparation: Preparation = {}): Promise<ServiceState> {
    const before = await this.#services.list({ use: 'app', deployment: spec.deployment });
    for (const { ref } of before) await this.#services.remove(ref.container);
    const others = await this.of(spec.project);
    const taken = new Set(others.map(hostPort).filter((port) => port !== undefined));
    for (let attempt = 1; ; attempt++) {
      const host = await freePort(spec.project, taken);
      try {
        return await this.#services.start(serviceOf(spec, host), preparation);
      } catch (error) {
        // Another program has taken the port meanwhile.
        const retry = error instanceof AppError && error.code === 'PORT_TAKEN';
        if (!retry || attempt === ATTEMPTS) throw error;
        taken.add(host);
      }
    }
  }

  /** Those of a project, newest first; includes stopped ones. */
  async of(project: number): Promise<ServiceState[]> {
    const all = await this.#services.list({ use: 'app', project });
    return all.sort((a, b) => (b.deployment ?? 0) - (a.deployment ?? 0));
  }

  /** The releases of all projects. */
  all(): Promise<ServiceState[]> {
    return this.#services.list({ use: 'app' });
  }

  /** Removes a deployment's release, with its image. */
  async discard(deployment: number): Promise<void> {
    for (const one of await this.#services.list({ use: 'app', deployment })) {
      await this.#remove(one);
    }
  }

  /**
   * Stops every release of a project except that of one deployment, and keeps the one that ran
   * beside it, so that it can run again immediately. Removes the rest.
   */
  async retireOthers(project: number, serving: number): Promise<void> {
    const others = (await this.of(project)).filter(({ deployment }) => deployment !== serving);
    const previous = others.find(({ state }) => state === 'running') ?? others[0];
    for (const one of others) {
      if (one === previous) await this.#services.stop(one.ref.container, GRACE_MS);
      else await this.#remove(one);
    }
  }

  /** Stops a deployment's release; it stays and can run again. */
  async stop(deployment: number): Promise<void> {
    for (const { ref } of await this.#services.list({ use: 'app', deployment })) {
      await this.#services.stop(ref.container, GRACE_MS);
    }
  }

  /** Removes every release of a project. */
  async removeAll(project: number): Promise<void> {
    for (const one of await this.of(project)) await this.#remove(one);
  }

  /** Restarts a stopped release, at the same address. null: it no longer exists. */
  startAgain(container: string): Promise<ServiceState | null> {
    return this.#services.startAgain(container);
  }

  async #remove({ ref, image }: ServiceState): Promise<void> {
    await this.#services.stop(ref.container, GRACE_MS);
    await this.#services.remove(ref.container);
    await this.#services.removeImage(image.reference);
  }
}

/** Label with a release's port of 127.0.0.1, also while it doesn't run. */
const HOST_PORT = 'dev.drydock.release-port';

const hostPort = ({ labels }: ServiceState): number | undefined =>
  Number(labels[HOST_PORT]) || undefined;

const serviceOf = (spec: ReleaseSpec, host: number): ServiceSpec => ({
  name: `${spec.project}-${spec.number}`,
  use: 'app',
  project: spec.project,
  deployment: spec.deployment,
  image: spec.image,
  command: null,
  env: spec.env,
  secrets: spec.secrets,
  user: spec.user,
  limits: spec.limits,
  ports: [{ port: spec.port, host }],
  labels: { [HOST_PORT]: `${host}` },
});

/** A project prefers a few ports of its own, so that its addresses change little. */
async function freePort(project: number, taken: ReadonlySet<number>): Promise<number> {
  const own = FIRST_PORT + (project % PROJECTS) * PORTS_EACH;
  const spare = FIRST_PORT + PROJECTS * PORTS_EACH;
  for (const [first, last] of [
    [own, own + PORTS_EACH - 1],
    [spare, LAST_PORT],
  ] as const) {
    for (let port = first; port <= last; port++) {
      if (!taken.has(port) && (await isPortFree(port))) return port;
    }
  }
  throw new AppError(
    'PORT_TAKEN',
    `None of the ports ${spare} to ${LAST_PORT} is free. Stop what listens there, then deploy again.`,
  );
}
