import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type Docker from 'dockerode';
import { mountedFolder } from '../../lib/git/mounted-folder.ts';
import type { ContainerSpec, Wanted } from './container.ts';
import { containerPath } from './container-path.ts';
import type { Daemon } from './daemon.ts';
import { gitMounts } from './git-mounts.ts';
import { hash, labels, machine, named } from './labels.ts';
import { projectsNetwork } from './network.ts';
import { variables } from './variables.ts';

/** HOME in Drydock's images; any user may write to it. */
export const HOME = '/home/drydock';

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
  /** Absolute paths of this machine. */
  ownFolders: readonly string[];
  limits: Limits;
}

export const workspaceName = (homeId: string, project: number, once?: string): string =>
  named(homeId, 'project', `${project}`, ...(once ? [once] : []));

export function workspaceContainer(
  daemon: Daemon,
  project: { id: number; path: string },
  deps: WorkspaceDependencies,
): Omit<Wanted, 'prepare'> {
  const { homeId, dataFolder, image, imageId, once, env, mounts, ownFolders, limits } = deps;
  const folder = mountedFolder(project.path);
  const user = userOf(daemon, project.path);
  const spec: ContainerSpec = {
    Image: image,
    Entrypoint: ['sleep', 'infinity'],
    Cmd: [],
    // Not the project's folder: nothing must keep it in use while nothing runs.
    WorkingDir: HOME,
    Env: variables(env),
    Labels: workspaceLabels(project.id, deps),
    ...(user ? { User: user } : {}),
    HostConfig: {
      ...confined(daemon, limits, projectsNetwork(dataFolder).name),
      Mounts: [
        { Type: 'bind', Source: folder, Target: containerPath(folder) },
        ...gitMounts(folder),
        volumeOf(project.id, deps, HOME, 'home', user ?? 'default'),
        ...ownVolumes(daemon, project, deps),
        ...mounts,
      ],
      Tmpfs: { '/tmp': 'rw,exec,nosuid,nodev,mode=1777' },
    },
  };
  return {
    name: workspaceName(homeId, project.id, once),
    spec,
    also: [...[folder, ...ownFolders].map(identityOf), imageId].join(' '),
  };
}

export const workspaceLabels = (
  project: number,
  { homeId, dataFolder, once }: Pick<WorkspaceDependencies, 'homeId' | 'dataFolder' | 'once'>,
): Record<string, string> => ({
  [labels.home]: homeId,
  [labels.data]: dataFolder,
  [labels.machine]: machine,
  [labels.kind]: 'workspace',
  [labels.name]: `${project}`,
  ...(once ? { [labels.once]: once } : {}),
});

/** The volumes over the folders that a project's containers have for themselves. */
export const ownVolumes = (
  daemon: Daemon,
  project: { id: number; path: string },
  deps: WorkspaceDependencies,
): Docker.MountSettings[] =>
  deps.ownFolders.map((folder) => {
    const name = hash(path.relative(project.path, folder));
    const user = userOf(daemon, project.path) ?? 'default';
    return volumeOf(project.id, deps, containerPath(folder), 'folder', name, user);
  });

/**
 * One per project: it holds programs, and no project may run those that another one wrote. Its name
 * contains the user, who has to be able to write to it.
 */
const volumeOf = (
  project: number,
  { homeId, dataFolder }: WorkspaceDependencies,
  Target: string,
  ...words: string[]
): Docker.MountSettings => ({
  Type: 'volume',
  Source: named(homeId, 'project', `${project}`, ...words),
  Target,
  VolumeOptions: {
    NoCopy: false,
    Labels: {
      [labels.home]: homeId,
      [labels.data]: dataFolder,
      [labels.machine]: machine,
      [labels.kind]: 'volume',
      [labels.name]: `${project}`,
    },
    DriverConfig: { Name: 'local', Options: {} },
  },
});

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
