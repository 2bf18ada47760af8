import type Docker from 'dockerode';
import type { DiskUse, Space } from '../containers.ts';
import { isOurs, isOurVolume } from './ours.ts';
import { isOurImage } from './own-images.ts';

/** What `GET /system/df` answers: https://docs.docker.com/reference/api/engine/#tag/System. */
interface Df {
  Images:
    | {
        RepoTags: string[] | null;
        Size: number;
        SharedSize: number;
        Containers: number;
        Labels: Labels;
      }[]
    | null;
  Containers: { Names: string[]; SizeRw?: number; State: string; Labels: Labels }[] | null;
  Volumes:
    | { Name: string; Labels: Labels; UsageData?: { Size: number; RefCount: number } | null }[]
    | null;
  BuildCache: { Size: number; InUse: boolean; Shared: boolean }[] | null;
}
type Labels = Record<string, string> | null;

/**
 * `Containers.diskUse`. Layers that our images share are counted once for all of them, as part of
 * the largest share.
 */
export async function diskUse(docker: Docker): Promise<DiskUse> {
  const { Images, Containers, Volumes, BuildCache } = (await docker.df()) as Df;
  const images = (Images ?? []).filter((i) => i.RepoTags?.some((tag) => isOurImage(tag, i.Labels)));
  const containers = (Containers ?? []).filter(isOurs);
  const volumes = (Volumes ?? []).filter(isOurVolume);
  const shared = Math.max(0, ...images.map((i) => Math.max(0, i.SharedSize)));
  const own = (i: { Size: number; SharedSize: number }) => i.Size - Math.max(0, i.SharedSize);
  return {
    images: withBase(
      space(images, own, (i) => i.Containers <= 0),
      shared,
    ),
    containers: space(
      containers,
      (c) => c.SizeRw ?? 0,
      (c) => c.State !== 'running',
    ),
    volumes: space(
      volumes,
      (v) => Math.max(0, v.UsageData?.Size ?? 0),
      (v) => v.UsageData?.RefCount === 0,
    ),
    buildCache: space(
      BuildCache ?? [],
      (c) => (c.Shared ? 0 : c.Size),
      (c) => !c.InUse,
    ),
  };
}

function space<T>(all: T[], size: (one: T) => number, isFree: (one: T) => boolean): Space {
  const sum = (some: T[]) => some.reduce((total, one) => total + size(one), 0);
  return { count: all.length, bytes: sum(all), freeableBytes: sum(all.filter(isFree)) };
}

const withBase = (one: Space, bytes: number): Space => ({ ...one, bytes: one.bytes + bytes });
