import type Docker from 'dockerode';
import { clampedInteger } from '../../shared/safe-integer.ts';
import type { ContainerKind, ContainerState, Containers, OurContainer } from '../containers.ts';
import { ask, refusal } from './ask.ts';
import { remove, stop } from './container.ts';
import { containerLog } from './container-log.ts';
import type { Daemon, DockerDaemon } from './daemon.ts';
import { df, diskUse } from './disk-use.ts';
import { isLost } from './docker-errors.ts';
import { run } from './exec.ts';
import { labels, machine, numberOf } from './labels.ts';
import { ownedNetworks, removeWithMembers } from './owned-networks.ts';
import { isOwned, isOwnedVolume } from './ownership.ts';
import { removeVolume } from './remove-volume.ts';
import { Sampler } from './usage.ts';

/** How long a container may take to run `true`. */
const ACCEPT_MS = 5000;
const STOP_MS = 5000;

export function containersOf(daemons: DockerDaemon): Containers {
  const asked = <T>(deed: string, work: (daemon: Daemon) => Promise<T>) => ask(daemons, work, deed);

  return {
    list: () =>
      asked('list the containers', async ({ docker }) => {
        const filters = { label: [labels.home, labels.data] };
        const found = await docker.listContainers({ all: true, filters });
        return found.filter(isOwned).map(present);
      }),

    volumes: () =>
      asked('list the volumes', async ({ docker }) => {
        const { Volumes } = await df(docker);
        return (Volumes ?? []).filter(isOwnedVolume).map(({ Name, Labels, UsageData }) => {
          const size = UsageData?.Size ?? -1;
          return {
            name: Name,
            dataFolder: Labels?.[labels.data] ?? '',
            project: Labels?.[labels.kind] === 'volume' ? Number(Labels[labels.name]) : null,
            here: Labels?.[labels.machine] === machine,
            bytes: size < 0 ? null : size,
            used: UsageData?.RefCount ?? 0,
          };
        });
      }),

    sampler() {
      const sampler = new Sampler();
      return (ids) => asked('measure a container', ({ docker }) => sampler.sample(docker, ids));
    },

    accepts: (id) =>
      asked('run a command in a container', async ({ docker }) => {
        const late = AbortSignal.timeout(ACCEPT_MS);
        const answer = run(docker.getContainer(id), ['true']).then(
          ({ code }) => code === 0,
          (error: unknown) => {
            if (isLost(error)) throw error;
            return false;
          },
        );
        return Promise.race([
          answer,
          new Promise<boolean>((resolve) => {
            late.addEventListener('abort', () => resolve(false), { once: true });
          }),
        ]);
      }),

    async *log(id, options) {
      await daemons.require();
      try {
        for await (const lines of containerLog(daemons, id, options)) {
          yield lines.map(({ text }) => text);
        }
      } catch (error) {
        throw refusal(daemons, error, 'show a log');
      }
    },

    stop: (id) => asked('stop a container', ({ docker }) => stop(docker, id, STOP_MS)),

    remove: (id) => asked('remove a container', ({ docker }) => remove(docker, id)),

    removeVolume: (name) => asked('remove a volume', ({ docker }) => removeVolume(docker, name)),

    networks: () =>
      asked('list the networks', async ({ docker }) =>
        (await ownedNetworks(docker)).map(({ id, name, used, use, labels: all }) => ({
          id,
          name,
          used,
          use,
          subject: all[labels.name] ?? '',
          dataFolder: all[labels.data] ?? null,
          here: all[labels.machine] === machine,
        })),
      ),

    removeNetwork: (id) => asked('remove a network', ({ docker }) => removeWithMembers(docker, id)),

    diskUse: () => asked('tell its disk use', ({ docker }) => diskUse(docker)),
  };
}

function present(found: Docker.ContainerInfo): OurContainer {
  const { Labels } = found;
  const ports = found.Ports.filter((p) => p.PublicPort !== undefined && p.Type === 'tcp');
  return {
    id: found.Id,
    name: found.Names[0]?.replace(/^\//, '') ?? '',
    kind: Labels[labels.kind] as ContainerKind,
    subject: Labels[labels.name] ?? '',
    project: numberOf(Labels[labels.project]),
    dataFolder: Labels[labels.data] ?? '',
    here: Labels[labels.machine] === machine,
    state: found.State as ContainerState,
    status: found.Status,
    image: found.Image,
    createdAt: clampedInteger(found.Created * 1000),
    ports: ports.map((p) => ({ host: p.PublicPort, container: p.PrivatePort })),
  };
}
