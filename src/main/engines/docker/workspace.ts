import { existsSync, realpathSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type Docker from 'dockerode';
import type { ContainerSpec, Wanted } from './container.ts';
import type { Daemon } from './daemon.ts';
import { inside } from './inside.ts';
import { labels, machine, NETWORK, named } from './labels.ts';
import { variables } from './variables.ts';

/** HOME in our images; any user may write to it. */
export const HOME = '/home/drydock';

const local = { Name: 'local', Options: {} };

export interface Limits {
  cpus?: number;
  memoryBytes?: number;
  pids?: number;
}

/** What a workspace is made from. */
export interface WorkspaceParts {
  homeId: string;
  dataFolder: string;
  image: string;
  /** A tag stays with an image that is built again; a container doesn't follow. */
  imageId: string;
  /** Tells the container of a single run from all others. */
  once: string | undefined;
  env: Record<string, string>;
  mounts: Docker.MountConfig;
  limits: Limits;
}

export const workspaceName = (homeId: string, project: number, once?: string): string =>
  named(homeId, 'project', `${project}`, ...(once ? [once] : []));

/**
 * The folder that a workspace sees: the repository that the project is in, because imports often
 * lead to packages further up; never the user's whole home.
 */
export function mountedFolder(project: string, home = os.homedir()): string {
  for (let folder = project; ; folder = path.dirname(folder)) {
    const isWhole = folder === path.parse(folder).root || isWithin(home, folder);
    if (isWhole) return project;
    if (existsSync(path.join(folder, '.git'))) return folder;
  }
}

/** Whether `file` is `folder` or in it. */
export const isWithin = (file: string, folder: string): boolean =>
  file === folder || file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);

export function workspaceContainer(
  daemon: Daemon,
  project: { id: number; path: string },
  parts: WorkspaceParts,
): Omit<Wanted, 'prepare'> {
  const { homeId, dataFolder, image, imageId, once, env, mounts, limits } = parts;
  const folder = mountedFolder(project.path);
  const user = userOf(daemon, project.path);
  const spec: ContainerSpec = {
    Image: image,
    Entrypoint: ['sleep', 'infinity'],
    Cmd: [],
    // Not the project: nothing holds its folder while nothing runs.
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
      ...confined(daemon, limits),
      Mounts: [
        { Type: 'bind', Source: folder, Target: inside(folder) },
        {
          Type: 'volume',
          Source: named(homeId, 'home', user ?? 'default'),
          Target: HOME,
          VolumeOptions: {
            NoCopy: false,
            Labels: {
              [labels.home]: homeId,
              [labels.data]: dataFolder,
              [labels.machine]: machine,
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

/** What all our containers have in common. */
export function confined(daemon: Daemon, limits: Limits): Docker.HostConfig {
  const { cpus, memoryBytes, pids = 4096 } = limits;
  const memory = memoryBytes ?? Math.max(2 ** 30, Math.floor(daemon.memoryBytes * 0.75));
  return {
    Init: true,
    NetworkMode: NETWORK,
    ExtraHosts: ['host.docker.internal:host-gateway'],
    // Ours to start: after a restart of the machine nothing runs that nobody has asked for.
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
 * The user that files on a mount shall belong to. Where the kernel is the host's, that is the
 * folder's owner when we are root, otherwise ourselves; of a rootless daemon its root is ourselves;
 * elsewhere the sharing of folders takes care of it.
 */
export function userOf(daemon: Daemon, folder: string): string | undefined {
  if (daemon.rootless) return '0:0';
  const uid = process.getuid?.();
  if (uid === undefined) return undefined;
  if (uid !== 0) return `${uid}:${process.getgid?.() ?? uid}`;
  const owner = statSync(folder, { throwIfNoEntry: false });
  return owner ? `${owner.uid}:${owner.gid}` : '0:0';
}

/** Differs between two folders that had the same path: a mount stays with the one that is gone. */
function identityOf(folder: string): string {
  const stat = statSync(folder, { throwIfNoEntry: false });
  const real = stat ? realpathSync(folder) : folder;
  return `${real}:${stat?.dev}:${stat?.ino}`;
}
