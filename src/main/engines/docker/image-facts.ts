import type Docker from 'dockerode';
import type { ImageFacts } from '../images.ts';

/** What an inspection says about an image. */
export function imageFacts({ Id, Config }: Docker.ImageInspectInfo): ImageFacts {
  const exposed = Object.keys(Config?.ExposedPorts ?? {});
  return {
    id: Id,
    ports: exposed
      .filter((key) => !/\/(udp|sctp)$/.test(key))
      .map((key) => Number.parseInt(key, 10))
      .sort((a, b) => a - b),
    isRoot: isRootUser(Config?.User ?? ''),
  };
}

/** Of an image's `USER`, e.g. `node`, `0:0`; empty: it names none. */
export const isRootUser = (user: string): boolean =>
  ['', '0', 'root'].includes(user.split(':')[0] ?? '');
