import type Docker from 'dockerode';
import { pack } from 'tar-stream';
import { version } from '../../kit/version.ts';
import { BuildProgress } from './build-progress.ts';
import type { Daemon } from './daemon.ts';
import { labels } from './labels.ts';
import type { Recipe } from './recipe.ts';

export interface BuildOptions {
  /** PEM of authorities to trust besides the usual ones. */
  certificates: string;
  /** Not kept in the image, nor in its history. */
  proxies: Record<string, string>;
  /** `host`, or empty for the daemon's default. */
  network: string;
  onProgress: (line: string) => void;
}

/**
 * Builds an image; with BuildKit when the daemon prefers that. Rejects with the last lines of the
 * build in the message.
 */
export async function build(
  { docker, buildKit }: Daemon,
  recipe: Recipe,
  options: BuildOptions,
): Promise<void> {
  const context = pack();
  context.entry({ name: 'Dockerfile' }, recipe.dockerfile);
  context.entry({ name: 'ca.pem' }, options.certificates);
  context.finalize();
  const registry = process.env.NPM_CONFIG_REGISTRY ?? process.env.npm_config_registry;
  const stream = await docker.buildImage(context, {
    t: recipe.tag,
    rm: true,
    forcerm: true,
    version: buildKit ? '2' : '1',
    networkmode: options.network || undefined,
    buildargs: {
      ...options.proxies,
      ...(registry ? { NPM_CONFIG_REGISTRY: registry } : {}),
      ...recipe.args,
    },
    labels: {
      [labels.kind]: 'image',
      [labels.name]: recipe.kind,
      [labels.version]: version(),
    },
  });
  await follow(docker, stream, options.onProgress);
}

async function follow(
  docker: Docker,
  stream: NodeJS.ReadableStream,
  onProgress: (line: string) => void,
): Promise<void> {
  const last: string[] = [];
  const progress = new BuildProgress((line) => {
    last.push(line);
    if (last.length > 5) last.shift();
    onProgress(line);
  });
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(
      stream,
      (error) => (error ? reject(error) : resolve()),
      (message) => progress.add(message),
    );
  });
  if (progress.failure !== undefined) throw new Error([...last, progress.failure].join('\n'));
}
