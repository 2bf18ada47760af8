import type Docker from 'dockerode';
import type { ImageUser, OwnImage } from '../images.ts';
import type { Daemon } from './daemon.ts';
import { ifThere, statusOf } from './fault.ts';
import { labels } from './labels.ts';

/** Whether an image has our label, and under that tag is ours: labels are inherited. */
export function isOurImage(tag: string, all: Record<string, string> | null | undefined): boolean {
  return all?.[labels.kind] === 'image' && tag.startsWith('drydock/');
}

const filters = { label: [`${labels.kind}=image`] };

export async function ownImages({ docker }: Daemon): Promise<OwnImage[]> {
  const [images, containers] = await Promise.all([
    // Its types don't know the option; daemons of an API before 1.42 leave it out.
    docker.listImages({ filters, 'shared-size': true } as Docker.ListImagesOptions),
    docker.listContainers({ all: true }),
  ]);
  return images.flatMap((image) => {
    const tags = image.RepoTags?.filter((tag) => isOurImage(tag, image.Labels)) ?? [];
    const shared = tags.length > 1 ? image.Size : Math.max(0, image.SharedSize);
    const about = {
      kind: image.Labels[labels.name] ?? 'other',
      version: image.Labels[labels.version] ?? '',
      bytes: image.Size,
      ownBytes: image.Size - shared,
      createdAt: image.Created * 1000,
    };
    const users = containers.filter(({ ImageID }) => ImageID === image.Id);
    return tags.map((tag) => ({
      ...about,
      tag,
      // A container holds the tag that it was made by; one without a name holds them all.
      usedBy: users.filter(({ Image }) => !tags.includes(Image) || Image === tag).map(userOf),
    }));
  });
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
 * Removes an image of ours by its tag. Answers `used` when the daemon keeps it for a
 * container, also one that has only just come, and `gone` when there is none of ours.
 */
export async function removeOwnImage(
  { docker }: Daemon,
  tag: string,
): Promise<'removed' | 'used' | 'gone'> {
  const image = docker.getImage(tag);
  const found = await ifThere(image.inspect());
  return found && isOurImage(tag, found.Config.Labels) ? removed(image) : 'gone';
}

/** Removes an image of ours that has lost its tag to a newer one, unless something still holds it. */
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
