import type Docker from 'dockerode';
import type { ServiceHealth, ServiceSpec, ServiceUse, ServiceVolume } from '../services.ts';
import { containerPath } from './container-path.ts';
import type { Daemon } from './daemon.ts';
import { isRootUser } from './image-facts.ts';
import { homeId, labels, machine, named } from './labels.ts';
import { serviceNetwork } from './network.ts';
import { script } from './script.ts';
import { variables } from './variables.ts';
import { confined, HOME, type Limits, userOf } from './workspace.ts';

export interface ServiceDependencies {
  dataFolder: string;
  /** What a container takes over from this machine. */
  env: Record<string, string>;
  mounts: Docker.MountConfig;
  limits: Limits;
}

const writable = { '/tmp': 'rw,exec,nosuid,nodev,mode=1777' };

/** Keeps the log of a long-running service from filling the disk. */
const boundedLog = { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '3' } };

export const serviceName = (home: string, use: ServiceUse, name: string): string =>
  named(home, use, name);

/**
 * The specification of a service's container.
 *
 * @param image the image, and the user that it declares; empty: root
 * @param secrets the file with the variables of `spec.folder`
 */
export function serviceContainer(
  daemon: Daemon,
  spec: ServiceSpec,
  deps: ServiceDependencies,
  image: { reference: string; user: string },
  secrets?: string,
): Docker.ContainerCreateOptions {
  const { dataFolder } = deps;
  const { folder, use, name } = spec;
  const user = userFor(daemon, spec, image.user);
  const network = serviceNetwork(dataFolder, use, name).name;
  return {
    name: serviceName(homeId(dataFolder), use, name),
    Image: image.reference,
    ...commandOf(spec, secrets),
    ...(folder ? { WorkingDir: containerPath(folder.path) } : {}),
    Env: variables({ ...deps.env, ...spec.env }),
    Labels: { ...spec.labels, ...labelsOf(spec, dataFolder) },
    ...(user ? { User: user } : {}),
    ...(spec.health === undefined ? {} : { Healthcheck: healthCheck(spec.health) }),
    ExposedPorts: Object.fromEntries(spec.ports.map(({ port }) => [`${port}/tcp`, {}])),
    HostConfig: {
      ...confined(daemon, { ...deps.limits, ...spec.limits }, network),
      ReadonlyRootfs: spec.readOnly ?? false,
      RestartPolicy: restartPolicy(spec.restart),
      PortBindings: Object.fromEntries(
        spec.ports
          .filter(({ host }) => host !== 'unpublished')
          .map(({ port, host }) => [
            `${port}/tcp`,
            [{ HostIp: '127.0.0.1', HostPort: host === null ? '' : `${host}` }],
          ]),
      ),
      Mounts: [
        ...(folder ? [bound(folder.path)] : []),
        ...(spec.volumes ?? []).map((volume) => mountOf(volume, spec, dataFolder)),
        ...deps.mounts,
      ],
      ...(spec.readOnly
        ? { Tmpfs: { ...writable, ...(folder ? { [HOME]: writable['/tmp'] } : {}) } }
        : {}),
      ...(folder ? {} : { LogConfig: boundedLog }),
    },
  };
}

function commandOf(
  { command, folder }: ServiceSpec,
  secrets: string | undefined,
): Docker.ContainerCreateOptions {
  if (!folder || secrets === undefined) return command ? { Cmd: [...command] } : {};
  const [program = '', ...args] = command ?? [];
  return {
    // `docker inspect` shows a container's environment and command line to all users of the daemon.
    Entrypoint: ['/bin/sh', '-c', script('start-service'), 'drydock'],
    Cmd: [
      containerPath(secrets),
      containerPath(folder.logFile),
      program,
      ...args.map((a) => containerPath(a)),
    ],
  };
}

function labelsOf(spec: ServiceSpec, dataFolder: string): Record<string, string> {
  const { use, name, project, deployment, folder, ports } = spec;
  const fixed = ports.map(({ host }) => host).find((host) => typeof host === 'number');
  return {
    [labels.home]: homeId(dataFolder),
    [labels.data]: dataFolder,
    [labels.machine]: machine,
    [labels.kind]: use,
    [labels.name]: name,
    ...(project === undefined ? {} : { [labels.project]: `${project}` }),
    ...(deployment === undefined ? {} : { [labels.deployment]: `${deployment}` }),
    ...(fixed ? { [labels.port]: `${fixed}` } : {}),
    ...(folder ? { [labels.folder]: folder.path } : {}),
  };
}

function userFor(daemon: Daemon, spec: ServiceSpec, ofImage: string): string | undefined {
  const { folder, user = folder ? undefined : 'unprivileged' } = spec;
  if (user === undefined) return folder && userOf(daemon, folder.path);
  if (user === 'image') return undefined;
  if (user !== 'unprivileged') return user;
  return isRootUser(ofImage) ? '1000:1000' : undefined;
}

const bound = (folder: string, target = containerPath(folder), readOnly = false) =>
  ({ Type: 'bind', Source: folder, Target: target, ReadOnly: readOnly }) as const;

function mountOf(
  volume: ServiceVolume,
  { use, name, project }: ServiceSpec,
  dataFolder: string,
): Docker.MountSettings {
  if ('folder' in volume) return bound(volume.folder, volume.target, volume.readOnly);
  const home = homeId(dataFolder);
  // Belongs to the project, so a later release finds it again, and it is removed with the project.
  const owner = project === undefined ? [use, name] : ['project', `${project}`];
  return {
    Type: 'volume',
    Source: named(home, ...owner, 'volume', volume.volume),
    Target: volume.target,
    ReadOnly: volume.readOnly ?? false,
    VolumeOptions: {
      NoCopy: false,
      Labels: {
        [labels.home]: home,
        [labels.data]: dataFolder,
        [labels.machine]: machine,
        [labels.kind]: 'volume',
        [labels.name]: `${project ?? name}`,
      },
      DriverConfig: { Name: 'local', Options: {} },
    },
  };
}

function restartPolicy(restart: ServiceSpec['restart']): Docker.HostRestartPolicy {
  if (restart === undefined) return { Name: 'no' };
  if (restart === 'unless-stopped') return { Name: restart };
  return { Name: 'on-failure', MaximumRetryCount: restart.onFailure };
}

function healthCheck(health: ServiceHealth | null): Docker.HealthConfig {
  if (!health) return { Test: ['NONE'] };
  const nanoseconds = (ms: number) => ms * 1e6;
  return {
    Test: ['CMD', ...health.command],
    Interval: nanoseconds(health.intervalMs),
    Timeout: nanoseconds(health.timeoutMs),
    StartPeriod: nanoseconds(health.startMs),
    Retries: health.retries,
  };
}
