import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Daemon } from './daemon.ts';
import { labels } from './labels.ts';

/** What a command prints in a container of its own, which has no network. */
export async function askImage(
  { docker }: Daemon,
  image: string,
  [program, ...args]: readonly [string, ...string[]],
  dataFolder: string,
): Promise<string> {
  const output = new PassThrough();
  const said = text(output);
  await docker.run(image, args, output, {
    Entrypoint: [program],
    // A single stream, without frames.
    Tty: true,
    Labels: { [labels.data]: dataFolder },
    HostConfig: { AutoRemove: true, NetworkMode: 'none', CapDrop: ['ALL'], ReadonlyRootfs: true },
  });
  output.end();
  return said;
}
