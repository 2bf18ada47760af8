import { realpathSync, statSync } from 'node:fs';
import type Docker from 'dockerode';
import { mountedFolder } from '../../lib/git/mounted-folder.ts';
import type { ContainerSpec, Wanted } from './container.ts';
import { containerPath } from './container-path.ts';
import type { Daemon } from './daemon.ts';
import { gitMounts } from './git-mounts.ts';
import { labels, machine, named } from './labels.ts';
import { projectsNetwork } from './network.ts';
import { variables } from './variables.ts';

/** HOME in Drydock's images; any user may write to it. */
export const HOME = '/home/drydock';

const local = { Name: 'local', Options: {} };

export interface Limits {
  cpus?: number;
  memoryBytes?: number;
  pids?: number;
}

/** The specification of a workspace. */
export interface WorkspaceDependencies {
  homeId: string;
  dataFolder: string;
  image: string;
  /** A rebuilt image keeps its tag; a container stays with the old image. */
  imageId: string;
  /** Distinguishes the container of a single run from all others. */
  once: string | undefined;
  env: Record<string, string>;
  mounts: Docker.MountConfig;
  limits: Limits;
}

export const workspaceName = (homeId: string, project: number, once?: string): string =>
  named(homeId, 'project', `${project}`, ...(once ? [once] : []));

export function workspaceContainer(
  daemon: Daemon,
  project: { id: number; path: string },
  deps: WorkspaceDependencies,
): Omit<Wanted, 'prepare'> {
  const { homeId, dataFolder, image, imageId, once, env, mounts, limits } = deps;
  const folder = mountedFolder(project.path);
  const user = userOf(daemon, project.path);
  const spec: ContainerSpec = {
    Image: image,
    Entrypoint: ['sleep', 'infinity'],
    Cmd: [],
    // Not the project's folder: nothing must keep it in use while nothing runs.
    WorkingDir: HOME,
    Env: variables(env),
    Labels: {
      [labels.home]: homeId,
      [labels.data]: dataFolder,
      [labels.machine]: machine,
      [labels.kind]: 'workspace',
      [labels.name]: `${project.id}`,
      ...(once ? { [labels.once]: once } : {}),
    },
    ...(user ? { User: user } : {}),
    HostConfig: {
      ...confined(daemon, limits, projectsNetwork(dataFolder).name),
      Mounts: [
        { Type: 'bind', Source: folder, Target: containerPath(folder) },
        ...gitMounts(folder),
        {
          Type: 'volume',
          // One per project: it holds programs, and no project may run those that another one
          // wrote.
          Source: named(homeId, 'project', `${project.id}`, 'home', user ?? 'default'),
          Target: HOME,
          VolumeOptions: {
            NoCopy: false,
            Labels: {
              [labels.home]: homeId,
              [labels.data]: dataFolder,
              [labels.machine]: machine,
              [labels.kind]: 'volume',
              [labels.name]: `${project.id}`,
            },
            DriverConfig: local,
          },
        },
        ...mounts,
      ],
      Tmpfs: { '/tmp': 'rw,exec,nosuid,nodev,mode=1777' },
    },
  };
  return {
    name: workspaceName(homeId, project.id, once),
    spec,
    also: `${identityOf(folder)} ${imageId}`,
  };
}

/** What all of Drydock's containers have in common. */
export function confined(daemon: Daemon, limits: Limits, network: string): Docker.HostConfig {
  const { cpus, memoryBytes, pids = 4096 } = limits;
  const memory = memoryBytes ?? Math.max(2 ** 30, Math.floor(daemon.memoryBytes * 0.75));
  return {
    Init: true,
    NetworkMode: network,
    ExtraHosts: ['host.docker.internal:host-gateway'],
    // Drydock starts it: after a restart of the machine nothing runs that wasn't requested.
    RestartPolicy: { Name: 'no' },
    ReadonlyRootfs: true,
    CapDrop: ['ALL'],
    SecurityOpt: ['no-new-privileges'],
    ...(daemon.limits.memory ? { Memory: memory } : {}),
    ...(daemon.limits.cpu ? { NanoCpus: Math.round((cpus ?? daemon.cpus) * 1e9) } : {}),
    ...(daemon.limits.pids ? { PidsLimit: pids } : {}),
  };
}

/**
 * The user that files on a mount should belong to. Where the kernel is the host's, that is the
 * folder's owner when Drydock runs as root, otherwise this user; a rootless daemon's root is this
 * user; elsewhere the sharing of folders maps users.
 */
export function userOf(daemon: Daemon, folder: string): string | undefined {
  if (daemon.rootless) return '0:0';
  const uid = process.getuid?.();
  if (uid === undefined) return undefined;
  if (uid !== 0) return `${uid}:${process.getgid?.() ?? uid}`;
  const owner = statSync(folder, { throwIfNoEntry: false });
  return owner ? `${owner.uid}:${owner.gid}` : '0:0';
}

/** Differs between two folders that had the same path: a mount stays with the old one. */
function identityOf(folder: string): string {
  const stat = statSync(folder, { throwIfNoEntry: false });
  const real = stat ? realpathSync(folder) : folder;
  return `${real}:${stat?.dev}:${stat?.ino}`;
}
