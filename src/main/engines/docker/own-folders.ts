import { statSync } from 'node:fs';
import type Docker from 'dockerode';
import { linuxPlatform, ownPlatform, type Platform } from '../../lib/platform.ts';
import { projectWriter } from '../../lib/project-writer.ts';
import { askImage } from './ask-image.ts';
import { remove } from './container.ts';
import type { Daemon } from './daemon.ts';
import { ifThere } from './docker-errors.ts';
import type { Recipe } from './image-spec.ts';
import type { Images } from './images.ts';

/** Names of architectures as images have them, and as Node has them. */
const ARCHITECTURES: Record<string, string> = { amd64: 'x64', '386': 'ia32', ppc64le: 'ppc64' };

export interface OwnFoldersDependencies {
  dataFolder: string;
  /** Of this machine's programs; absent: as it is. */
  platform?: Platform;
  images: Images;
}

/**
 * Which folders of a project its containers have for themselves: those that hold programs for this
 * machine, where the image is of another platform.
 */
export class OwnFolders {
  readonly #deps: OwnFoldersDependencies;
  /** By ids of images. */
  readonly #platforms = new Map<string, Promise<Platform>>();

  constructor(deps: OwnFoldersDependencies) {
    this.#deps = deps;
  }

  /** Absolute paths of this machine. The image is built if needed. */
  async of(
    daemon: Daemon,
    project: { id: number; path: string },
    recipe: Recipe,
  ): Promise<readonly string[]> {
    const { images, platform = ownPlatform() } = this.#deps;
    const { machineFolders } = images.specOf(project);
    if (!machineFolders || (await this.#platformOf(daemon, recipe)) === platform) return [];
    return machineFolders(project.path);
  }

  async #platformOf(daemon: Daemon, recipe: Recipe): Promise<Platform> {
    const id = await this.#deps.images.idOf(recipe);
    const asking = this.#platforms.get(id) ?? this.#ask(daemon, recipe);
    this.#platforms.set(id, asking);
    asking.catch(() => this.#platforms.delete(id));
    return asking;
  }

  async #ask(daemon: Daemon, { tag, base, file }: Recipe): Promise<Platform> {
    const { Architecture } = await daemon.docker.getImage(tag).inspect();
    const arch = ARCHITECTURES[Architecture] ?? Architecture;
    // Drydock's own are Debian.
    if (base === undefined && file === undefined) return linuxPlatform(arch, 'glibc');
    const libraries = await askImage(daemon, tag, ['ls', '/lib'], this.#deps.dataFolder);
    return linuxPlatform(arch, libraries.includes('ld-musl-') ? 'musl' : 'glibc');
  }
}

/**
 * Makes a folder that a volume is to be mounted over, unless it is there: Docker would make it as
 * root.
 */
export async function ensureMountPoints(
  project: { path: string },
  folders: readonly string[],
): Promise<void> {
  for (const folder of folders) {
    if (statSync(folder, { throwIfNoEntry: false })) continue;
    projectWriter(project.path).make(folder)[Symbol.dispose]();
  }
}

/**
 * Makes those of the volumes that are missing, so that any user may write to them: a new volume gets
 * the mode of the folder of the image that it is mounted over first.
 *
 * @param home a folder of the image that any user may write to
 * @param making the container of no use that mounts them there, without its mounts
 */
export async function ensureVolumes(
  docker: Docker,
  mounts: readonly Docker.MountSettings[],
  home: string,
  making: Docker.ContainerCreateOptions & { name: string },
): Promise<void> {
  // Left by a core that was killed.
  if (mounts.length > 0) await remove(docker, making.name);
  for (const mount of mounts) {
    if (await ifThere(docker.getVolume(mount.Source).inspect())) continue;
    const Mounts = [{ ...mount, Target: home }];
    await docker.createContainer({ ...making, HostConfig: { NetworkMode: 'none', Mounts } });
    await remove(docker, making.name);
  }
}
