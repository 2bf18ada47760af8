import type Docker from 'dockerode';
import { AppError } from '../../shared/errors.ts';
import type { LogOptions } from '../containers.ts';
import type { Preparation } from '../engine.ts';
import type { ServiceSpec, ServiceState, Services } from '../services.ts';
import { ask, refusal } from './ask.ts';
import { explained, remove, stop } from './container.ts';
import { containerLog } from './container-log.ts';
import type { Daemon, DockerDaemon } from './daemon.ts';
import { errorText, ifThere, isLost, statusOf } from './docker-errors.ts';
import type { HostEnvironment } from './host-environment.ts';
import { imageFacts } from './image-facts.ts';
import { hasImage, type Images } from './images.ts';
import { homeId, labels } from './labels.ts';
import { removeOwnedImage } from './owned-images.ts';
import { removeNetworksOf } from './owned-networks.ts';
import { isOwned } from './ownership.ts';
import { pull } from './pull.ts';
import { startService } from './service.ts';
import { serviceState } from './service-state.ts';
import type { Limits } from './workspace.ts';

interface ServicesDependencies {
  dataFolder: string;
  daemon: DockerDaemon;
  images: Images;
  surroundings: HostEnvironment;
  limits: () => Limits;
}

export function dockerServices(deps: ServicesDependencies): Services {
  const { dataFolder, daemon: daemons, images } = deps;
  const home = homeId(dataFolder);
  const asked = <T>(deed: string, work: (daemon: Daemon) => Promise<T>) => ask(daemons, work, deed);

  /** A service of this data folder; undefined for any other container. */
  async function find(
    docker: Docker,
    container: string,
  ): Promise<Docker.ContainerInspectInfo | undefined> {
    const found = await ifThere(docker.getContainer(container).inspect());
    if (!found) return undefined;
    const { Labels } = found.Config;
    const own = Labels[labels.home] === home && Labels[labels.kind] !== 'workspace';
    return own && isOwned({ Names: [found.Name], Labels }) ? found : undefined;
  }

  const stateOf = async (docker: Docker, container: string): Promise<ServiceState | null> => {
    const found = await find(docker, container);
    return found ? serviceState(found) : null;
  };

  async function imageFor(spec: ServiceSpec, preparation: Preparation): Promise<string> {
    if (spec.image === null) {
      return images.ensure(images.specWith(spec.command?.[0] ?? '').id, preparation);
    }
    const reference = spec.image;
    const daemon = await daemons.require();
    if (!(await hasImage(daemon, reference))) await fetched(daemon, reference, preparation);
    return reference;
  }

  return {
    build: (build) => images.buildOf(build),

    image: (reference) =>
      asked('look at an image', async ({ docker }) => {
        const found = await ifThere(docker.getImage(reference).inspect());
        return found ? imageFacts(found) : null;
      }),

    removeImage: (tag) =>
      asked('remove an image', async (daemon) => {
        await removeOwnedImage(daemon, tag);
      }),

    async start(spec, preparation = {}) {
      const image = await imageFor(spec, preparation);
      preparation.signal?.throwIfAborted();
      return asked('start a container', async (daemon) => {
        const id = await startService(daemon, spec, image, {
          dataFolder,
          limits: deps.limits(),
          // A user's program doesn't get what a workspace takes over from this machine.
          ...(spec.image === null ? await deps.surroundings.all() : { env: {}, mounts: [] }),
        });
        return serviceState(await daemon.docker.getContainer(id).inspect());
      });
    },

    startAgain: (container) =>
      asked('start a container', async ({ docker }) => {
        const found = await find(docker, container);
        if (!found) return null;
        // 304: it runs.
        await docker
          .getContainer(found.Id)
          .start()
          .catch((error: unknown) => {
            if (statusOf(error) !== 304) throw error;
          });
        return stateOf(docker, found.Id);
      }),

    state: (container) => asked('look at a container', ({ docker }) => stateOf(docker, container)),

    list: ({ use, project, deployment } = {}) =>
      asked('list the containers', async ({ docker }) => {
        const label = [
          `${labels.home}=${home}`,
          use === undefined ? labels.kind : `${labels.kind}=${use}`,
          ...(project === undefined ? [] : [`${labels.project}=${project}`]),
          ...(deployment === undefined ? [] : [`${labels.deployment}=${deployment}`]),
        ];
        const found = await docker.listContainers({ all: true, filters: { label } });
        const states = await Promise.all(found.map(({ Id }) => stateOf(docker, Id)));
        return states.filter((state) => state !== null);
      }),

    stop: (container, graceMs) =>
      asked('stop a container', async ({ docker }) => {
        const found = await find(docker, container);
        if (!found) return;
        await stop(docker, found.Id, graceMs);
      }),

    remove: (container) =>
      asked('remove a container', async ({ docker }) => {
        const found = await find(docker, container);
        if (!found) return;
        await remove(docker, found.Id);
        const { name, use } = serviceState(found);
        await removeNetworksOf(docker, dataFolder, use, name);
      }),

    async *log(container: string, options: LogOptions) {
      const found = await asked('show a log', ({ docker }) => find(docker, container));
      if (!found) return;
      try {
        yield* containerLog(daemons, found.Id, options);
      } catch (error) {
        throw refusal(daemons, error, 'show a log');
      }
    },
  };
}

async function fetched(
  daemon: Daemon,
  reference: string,
  { note = () => undefined, signal }: Preparation,
): Promise<void> {
  try {
    await pull(daemon, reference, note, signal);
  } catch (error) {
    signal?.throwIfAborted();
    if (isLost(error)) throw explained(error);
    throw new AppError(
      'IMAGE_BUILD_FAILED',
      `The image ${reference} can't be pulled: ${errorText(error).split('\n').at(-1)?.replace(/\.$/, '')}. Check the reference and the connection to its registry, then try again.`,
    );
  }
}
