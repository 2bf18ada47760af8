import type Docker from 'dockerode';
import type { Daemon } from './daemon.ts';
import { ifThere, statusOf } from './fault.ts';
import { labels } from './labels.ts';

/**
 * An image that we have made, once under each tag that we gave it. Our label alone doesn't say so:
 * what others build on our images has it, too.
 */
export interface OwnImage {
  tag: string;
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
