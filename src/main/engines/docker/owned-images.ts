import type Docker from 'dockerode';
import { clampedInteger } from '../../shared/safe-integer.ts';
import type { ImageUser, OwnImage } from '../images.ts';
import type { Daemon } from './daemon.ts';
import { ifThere, statusOf } from './docker-errors.ts';
import { labels } from './labels.ts';

/** Whether an image has Drydock's label, and matches it under that tag: labels are inherited. */
export function isOwnedImage(tag: string, all: Record<string, string> | null | undefined): boolean {
  return all?.[labels.kind] === 'image' && tag.startsWith('drydock/');
}

const filters = { label: [`${labels.kind}=image`] };

export async function ownedImages({ docker }: Daemon): Promise<OwnImage[]> {
  const [images, containers] = await Promise.all([
    // Its types lack the option; daemons with an API before 1.42 ignore it.
    docker.listImages({ filters, 'shared-size': true } as Docker.ListImagesOptions),
    docker.listContainers({ all: true }),
  ]);
  return images.flatMap((image) => {
    const tags = image.RepoTags?.filter((tag) => isOwnedImage(tag, image.Labels)) ?? [];
    const shared = tags.length > 1 ? image.Size : Math.max(0, image.SharedSize);
    const about = {
      kind: image.Labels[labels.name] ?? 'other',
      version: image.Labels[labels.version] ?? '',
      bytes: image.Size,
      ownBytes: image.Size - shared,
      createdAt: clampedInteger(image.Created * 1000),
    };
    const users = containers.filter(({ ImageID }) => ImageID === image.Id);
    return tags.map((tag) => ({
      ...about,
      tag,
      // A container keeps the tag that it was made with; one without a tag keeps all of them.
      usedBy: users.filter(({ Image }) => !tags.includes(Image) || Image === tag).map(userOf),
    }));
  });
}

function userOf({ Names, Labels, State }: Docker.ContainerInfo): ImageUser {
  const kind = Labels[labels.kind];
  return {
    container: Names[0]?.replace(/^\//, '') ?? '',
    kind: kind === 'workspace' || kind === 'chain' || kind === 'app' ? kind : 'other',
    of: Labels[labels.name] ?? '',
    home: Labels[labels.home],
    running: State === 'running',
  };
}

/**
 * Removes one of Drydock's images by its tag. Returns `used` when the daemon keeps it for a
 * container, even one made just now, and `gone` when Drydock has no such image.
 */
export async function removeOwnedImage(
  { docker }: Daemon,
  tag: string,
): Promise<'removed' | 'used' | 'gone'> {
  const image = docker.getImage(tag);
  const found = await ifThere(image.inspect());
  return found && isOwnedImage(tag, found.Config.Labels) ? removed(image) : 'gone';
}

/**
 * Removes one of Drydock's images that lost its tag to a newer one, unless something still uses it.
 */
export async function removeNameless(docker: Docker, id: string): Promise<void> {
  const image = docker.getImage(id);
  const found = await ifThere(image.inspect());
  const nameless = found && (found.RepoTags ?? []).length === 0;
  if (nameless && found.Config.Labels?.[labels.kind] === 'image') await removed(image);
}

/** Without force: whatever a container needs stays. */
async function removed(image: Docker.Image): Promise<'removed' | 'used' | 'gone'> {
  try {
    await image.remove();
    return 'removed';
  } catch (error) {
    if (statusOf(error) === 404) return 'gone';
    if (statusOf(error) === 409) return 'used';
    throw error;
  }
}
