import { text } from 'node:stream/consumers';
import { remove } from './container.ts';
import type { Daemon } from './daemon.ts';
import { labels } from './labels.ts';

/** What a command prints in a container of its own, which has no network. */
export async function askImage(
  { docker }: Daemon,
  image: string,
  [program, ...args]: readonly [string, ...string[]],
  dataFolder: string,
): Promise<string> {
  const container = await docker.createContainer({
    Image: image,
    Entrypoint: [program],
    Cmd: args,
    // A single stream, without frames.
    Tty: true,
    Labels: { [labels.data]: dataFolder },
    HostConfig: { AutoRemove: true, NetworkMode: 'none', CapDrop: ['ALL'], ReadonlyRootfs: true },
  });
  try {
    const output = await container.attach({ stream: true, stdout: true, stderr: true });
    await container.start();
    // Not `wait`: a short command has ended by then, and its container is gone.
    return await text(output);
  } catch (error) {
    await remove(docker, container.id);
    throw error;
  }
}
