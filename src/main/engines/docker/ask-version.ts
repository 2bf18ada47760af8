import { versionIn } from '../../lib/version-in.ts';
import { askImage } from './ask-image.ts';
import type { Daemon } from './daemon.ts';
import { unavailable } from './daemon.ts';

/** The version that a tool in an image reports. Rejects with ENGINE_UNAVAILABLE. */
export async function askVersion(
  daemon: Daemon,
  image: string,
  command: readonly [string, ...string[]],
  dataFolder: string,
): Promise<string> {
  const version = versionIn(await askImage(daemon, image, command, dataFolder));
  if (version) return version;
  throw unavailable(`The image ${image} has no ${command[0]} that runs.`);
}
