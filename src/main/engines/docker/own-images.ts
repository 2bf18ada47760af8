import type Docker from 'dockerode';
import type { Daemon } from './daemon.ts';
import { ifThere, statusOf } from './fault.ts';
import { labels } from './labels.ts';

/** An image that carries our label. */
export interface OwnImage {
  id: string;
  /** Our name for it; null when another build has taken that over. */
  tag: string | null;
  kind: string;
  /** Drydock's version that made it. */
  version: string;
  bytes: number;
  /** What only this image takes; of daemons that don't tell, all of it. */
  ownBytes: number;
  /** Unix time, ms. */
  createdAt: number;
  usedBy: ImageUser[];
}

/** A container that was made from an image. */
export interface ImageUser {
  /** Name of the container. */
  container: string;
  kind: 'workspace' | 'chain' | 'other';
  /** Id of the project, or name of the chain. */
  of: string;
  /** Of this data folder; undefined for a container that isn't ours. */
  home: string | undefined;
  running: boolean;
}

const filters = { label: [`${labels.kind}=image`] };

export async function ownImages({ docker }: Daemon): Promise<OwnImage[]> {
  const [images, containers] = await Promise.all([
    // Its types don't know the option; daemons of an API before 1.42 leave it out.
    docker.listImages({ filters, 'shared-size': true } as Docker.ListImagesOptions),
    docker.listContainers({ all: true }),
  ]);
  return images.map((image) => ({
    id: image.Id,
    tag: image.RepoTags?.find((tag) => tag.startsWith('drydock/')) ?? null,
    kind: image.Labels[labels.name] ?? 'other',
    version: image.Labels[labels.version] ?? '',
    bytes: image.Size,
    ownBytes: image.SharedSize >= 0 ? image.Size - image.SharedSize : image.Size,
    createdAt: image.Created * 1000,
    usedBy: containers.filter(({ ImageID }) => ImageID === image.Id).map(userOf),
  }));
}

function userOf({ Names, Labels, State }: Docker.ContainerInfo): ImageUser {
  const kind = Labels[labels.kind];
  return {
    container: Names[0]?.replace(/^\//, '') ?? '',
    kind: kind === 'workspace' || kind === 'chain' ? kind : 'other',
    of: Labels[labels.name] ?? '',
    home: Labels[labels.home],
    running: State === 'running',
  };
}

/**
 * Removes an image of ours by its tag or id. Answers `used` when the daemon keeps it for a
 * container, also one that has only just come, and `gone` when there is none of ours.
 */
export async function removeOwnImage(
  { docker }: Daemon,
  ref: string,
): Promise<'removed' | 'used' | 'gone'> {
  const image = docker.getImage(ref);
  const found = await ifThere(image.inspect());
  if (found?.Config.Labels?.[labels.kind] !== 'image') return 'gone';
  try {
    // Without force: whatever a container needs stays.
    await image.remove();
    return 'removed';
  } catch (error) {
    if (statusOf(error) === 404) return 'gone';
    if (statusOf(error) === 409) return 'used';
    throw error;
  }
}
