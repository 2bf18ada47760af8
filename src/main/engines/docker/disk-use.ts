import type Docker from 'dockerode';
import pRetry from 'p-retry';
import type { DiskUse, Space } from '../containers.ts';
import { errorText } from './docker-errors.ts';
import { isOwnedImage } from './owned-images.ts';
import { isOwned, isOwnedVolume } from './ownership.ts';

/** The response to `GET /system/df`: https://docs.docker.com/reference/api/engine/#tag/System. */
interface Df {
  Images: Image[] | null;
  Containers: { Names: string[]; SizeRw?: number; State: string; Labels: Labels }[] | null;
  Volumes:
    | { Name: string; Labels: Labels; UsageData?: { Size: number; RefCount: number } | null }[]
    | null;
  BuildCache: { Size: number; InUse: boolean; Shared: boolean }[] | null;
}
interface Image {
  RepoTags: string[] | null;
  RepoDigests: string[] | null;
  Size: number;
  SharedSize: number;
  Containers: number;
  Labels: Labels;
}
type Labels = Record<string, string> | null;

/** How long to wait for another client's disk use request. */
const OTHERS_MS = 10_000;
const PAUSE_MS = 200;

/** The pending request of each daemon. */
const underWay = new WeakMap<Docker, Promise<Df>>();

/**
 * The daemon's disk use, requested once at a time: Docker 20.10 refuses a second request while one
 * is pending, even another client's, so this waits for it.
 */
export function df(docker: Docker): Promise<Df> {
  const asked = underWay.get(docker);
  if (asked) return asked;
  const asking = patientDf(docker).finally(() => underWay.delete(docker));
  underWay.set(docker, asking);
  return asking;
}

const patientDf = (docker: Docker): Promise<Df> =>
  pRetry(async () => (await docker.df()) as Df, {
    retries: OTHERS_MS / PAUSE_MS,
    minTimeout: PAUSE_MS,
    factor: 1,
    shouldRetry: ({ error }) => /disk usage operation is already running/.test(errorText(error)),
  });

/** Includes stages of a build: the classic builder keeps them as untagged images. */
const isNameless = ({ RepoTags, RepoDigests }: Image): boolean =>
  [...(RepoTags ?? []), ...(RepoDigests ?? [])].every((name) => name.startsWith('<none>'));

/**
 * `Containers.diskUse`. Untagged images count as build cache. Layers shared by Drydock's images are
 * counted once for all of them, as part of the largest share.
 */
export async function diskUse(docker: Docker): Promise<DiskUse> {
  const { Images, Containers, Volumes, BuildCache } = await df(docker);
  const images = (Images ?? []).filter((i) =>
    i.RepoTags?.some((tag) => isOwnedImage(tag, i.Labels)),
  );
  const containers = (Containers ?? []).filter(isOwned);
  const volumes = (Volumes ?? []).filter(isOwnedVolume);
  const shared = Math.max(0, ...images.map((i) => Math.max(0, i.SharedSize)));
  const own = (i: Image) => i.Size - Math.max(0, i.SharedSize);
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
    buildCache: together(
      space(
        BuildCache ?? [],
        (c) => (c.Shared ? 0 : c.Size),
        (c) => !c.InUse,
      ),
      space((Images ?? []).filter(isNameless), own, (i) => i.Containers <= 0),
    ),
  };
}

function space<T>(all: T[], size: (one: T) => number, isFree: (one: T) => boolean): Space {
  const sum = (some: T[]) => some.reduce((total, one) => total + size(one), 0);
  return { count: all.length, bytes: sum(all), freeableBytes: sum(all.filter(isFree)) };
}

const together = (a: Space, b: Space): Space => ({
  count: a.count + b.count,
  bytes: a.bytes + b.bytes,
  freeableBytes: a.freeableBytes + b.freeableBytes,
});

const withBase = (one: Space, bytes: number): Space => ({ ...one, bytes: one.bytes + bytes });
