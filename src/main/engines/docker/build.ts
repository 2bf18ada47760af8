import { pack } from 'tar-stream';
import { version } from '../../kit/version.ts';
import type { Daemon } from './daemon.ts';
import { faultText } from './fault.ts';
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
  await follow(stream, options.onProgress);
}

/** What the classic builder says of its layers. */
const housekeeping = /^( ---> |Removing intermediate container )/;

/** What the daemon says while it builds, in both of its ways. */
interface Progress {
  stream?: string;
  error?: string;
  status?: string;
  id?: string;
}

async function follow(
  stream: NodeJS.ReadableStream,
  onProgress: (line: string) => void,
): Promise<void> {
  const { followProgress } = (await import('dockerode/lib/buildkit.js')).default;
  const last: string[] = [];
  let failure: string | undefined;
  const say = (text: string) => {
    for (const line of text.split(/[\r\n]+/).map((part) => part.trimEnd())) {
      if (!line || housekeeping.test(line)) continue;
      last.push(line);
      if (last.length > 20) last.shift();
      onProgress(line);
    }
  };
  await new Promise<void>((resolve, reject) => {
    followProgress(
      stream,
      (error: Error | null) => (error ? reject(new Error(faultText(error))) : resolve()),
      ({ stream: said, error, status, id }: Progress) => {
        if (said) say(said);
        // Of a pull; its bars would come in hundreds.
        if (status && id && /complete|exists/i.test(status)) say(`${id}: ${status}`);
        if (error) failure = error;
      },
    );
  });
  if (failure !== undefined) throw new Error([...last.slice(-5), failure].join('\n'));
}
