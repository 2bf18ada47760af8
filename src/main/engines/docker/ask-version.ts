import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { versionIn } from '../../lib/version-in.ts';
import type { Daemon } from './daemon.ts';
import { unavailable } from './daemon.ts';
import { labels } from './labels.ts';

/** The version that a tool in an image reports. Rejects with ENGINE_UNAVAILABLE. */
export async function askVersion(
  { docker }: Daemon,
  image: string,
  [tool, ...args]: [string, ...string[]],
  dataFolder: string,
): Promise<string> {
  const output = new PassThrough();
  const said = text(output);
  await docker.run(image, args, output, {
    Entrypoint: [tool],
    // A single stream, without frames.
    Tty: true,
    Labels: { [labels.data]: dataFolder },
    HostConfig: { AutoRemove: true, NetworkMode: 'none', CapDrop: ['ALL'], ReadonlyRootfs: true },
  });
  output.end();
  const version = versionIn(await said);
  if (version) return version;
  throw unavailable(`The image ${image} has no ${tool} that runs.`);
}
