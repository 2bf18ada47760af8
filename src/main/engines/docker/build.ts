import type { Pack } from 'tar-stream';
import { pack } from 'tar-stream';
import { version } from '../../lib/version.ts';
import { follow } from './build-progress.ts';
import type { Daemon } from './daemon.ts';
import type { Recipe } from './image-spec.ts';
import { labels } from './labels.ts';

/** The folder of Drydock's own files in every context; a project's files can't collide with it. */
const OWN = '.drydock';

export interface BuildOptions {
  /** PEM of authorities to trust besides the usual ones. */
  certificates: string;
  /** Not kept in the image or its history. */
  proxies: Record<string, string>;
  /** `host`, or empty for the daemon's default. */
  network: string;
  /** Uses no step of an earlier build. */
  fresh?: boolean;
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
  const archive = pack();
  // An error of the archive ends the request, which reports it below.
  fill(archive, recipe, options).catch((error: Error) => archive.destroy(error));
  const registry = npmRegistry();
  const stream = await docker.buildImage(archive, {
    t: recipe.tag,
    dockerfile: `${OWN}/Dockerfile`,
    rm: true,
    forcerm: true,
    nocache: options.fresh ?? false,
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

/** The npm registry that this machine uses instead of the public one. */
export const npmRegistry = (): string | undefined =>
  process.env.NPM_CONFIG_REGISTRY ?? process.env.npm_config_registry;

async function fill(archive: Pack, recipe: Recipe, options: BuildOptions): Promise<void> {
  archive.entry({ name: `${OWN}/Dockerfile` }, recipe.dockerfile);
  archive.entry({ name: `${OWN}/ca.pem` }, options.certificates);
  await recipe.context?.packInto(archive);
  archive.finalize();
}
