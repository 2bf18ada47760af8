import { existsSync } from 'node:fs';
import type Docker from 'dockerode';
import { remove } from './container.ts';
import { ifThere } from './fault.ts';
import { labels } from './labels.ts';

/** What was made for data folders that are gone; containers before the volumes that they hold. */
export interface Leftovers {
  /** Ids. */
  containers: string[];
  /** Names. */
  volumes: string[];
}

/** Only what carries our labels; a folder counts as gone when this machine has none of that path. */
export async function findLeftovers(docker: Docker): Promise<Leftovers> {
  const filters = { label: [labels.data] };
  const [containers, { Volumes }] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listVolumes({ filters }),
  ]);
  const isGone = (folder: string | undefined) => folder !== undefined && !existsSync(folder);
  return {
    containers: containers.filter((c) => isGone(c.Labels[labels.data])).map((c) => c.Id),
    volumes: (Volumes ?? []).filter((v) => isGone(v.Labels?.[labels.data])).map((v) => v.Name),
  };
}

export async function removeLeftovers(docker: Docker, found: Leftovers): Promise<void> {
  for (const id of found.containers) await remove(docker, id);
  for (const name of found.volumes) await ifThere(docker.getVolume(name).remove());
}
