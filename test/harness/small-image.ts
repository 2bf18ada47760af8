import type Docker from 'dockerode';
import { pack } from 'tar-stream';

/** Adds an image of a few bytes with these labels to a daemon. */
export async function putSmallImage(
  docker: Docker,
  tag: string,
  labels: Record<string, string> = {},
  content = tag,
): Promise<void> {
  const archive = pack();
  const lines = Object.entries(labels).map(([name, value]) => `LABEL ${name}="${value}"`);
  archive.entry({ name: 'Dockerfile' }, ['FROM scratch', 'COPY content /', ...lines].join('\n'));
  archive.entry({ name: 'content' }, content);
  archive.finalize();
  const stream = await docker.buildImage(archive, { t: tag });
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(stream, (error) => (error ? reject(error) : resolve()));
  });
}
