import path from 'node:path';
import { pack } from 'tar-stream';
import { realPathWithin } from '../../lib/path-within.ts';
import { projectFiles, RefusedFile } from '../../lib/project-files.ts';
import { version } from '../../lib/version.ts';
import { AppError } from '../../shared/errors.ts';
import type { ImageBuild } from '../images.ts';
import { type BuildOptions, npmRegistry } from './build.ts';
import { type BuildContext, readContext } from './build-context.ts';
import { follow } from './build-progress.ts';
import { explained } from './container.ts';
import type { Daemon } from './daemon.ts';
import { errorText, isLost } from './docker-errors.ts';
import { labels } from './labels.ts';

const USUALLY_IGNORED = ['**/.git', '**/node_modules'];

/**
 * Builds an image from a project's own Dockerfile, and returns its id. Rejects with
 * DOCKERFILE_UNUSABLE, IMAGE_BUILD_FAILED, ENGINE_UNAVAILABLE, or the reason of the signal.
 */
export async function buildProjectImage(
  { docker, buildKit }: Daemon,
  wanted: ImageBuild,
  options: Pick<BuildOptions, 'proxies' | 'network'>,
): Promise<string> {
  const { signal, note } = wanted;
  const { context, dockerfile, text } = await contextOf(wanted);
  signal?.throwIfAborted();
  const archive = pack();
  // An error of the archive ends the request, which reports it below.
  fill(archive, context).catch((error: Error) => archive.destroy(error));
  try {
    const stream = await docker.buildImage(archive, {
      t: wanted.tag,
      dockerfile,
      target: wanted.stage,
      rm: true,
      forcerm: true,
      nocache: wanted.fresh ?? false,
      version: buildKit ? '2' : '1',
      networkmode: options.network || undefined,
      buildargs: { ...options.proxies, ...registryFor(text), ...wanted.args },
      labels: {
        ...wanted.labels,
        [labels.kind]: 'image',
        [labels.name]: wanted.kind,
        [labels.version]: version(),
      },
      // The daemon ends a build when its request is closed.
      abortSignal: signal,
    });
    const id = await follow(docker, stream, note);
    if (id === undefined) throw new Error('the build ended without an image');
    return id;
  } catch (error) {
    signal?.throwIfAborted();
    if (isLost(error)) throw explained(error);
    throw failed(wanted, errorText(error));
  } finally {
    archive.destroy();
  }
}

async function fill(archive: ReturnType<typeof pack>, context: BuildContext): Promise<void> {
  await context.packInto(archive);
  archive.finalize();
}

async function contextOf({ folder, dockerfile }: ImageBuild) {
  const [root, file] = await Promise.all([
    realPathWithin(folder, '.'),
    realPathWithin(folder, dockerfile).catch(() => undefined),
  ]);
  if (root === undefined || file === undefined) {
    throw unusable(dockerfile, 'is gone, or leads out of the folder');
  }
  const text = projectFiles(root).textIfAny(file);
  if (text === undefined) throw unusable(dockerfile, "can't be read");
  const name = path.relative(root, file).replaceAll('\\', '/');
  const context = await readContext(root, {
    usuallyIgnored: USUALLY_IGNORED,
    dockerfile: name,
  }).catch((error: unknown) => {
    if (!(error instanceof RefusedFile)) throw error;
    throw unusable(dockerfile, `can't be built: ${error.message}`);
  });
  return { context, dockerfile: name, text };
}

/** Only for a Dockerfile that declares it: the classic builder warns about unused arguments. */
function registryFor(dockerfile: string): Record<string, string> {
  const registry = npmRegistry();
  const wanted = /^\s*ARG\s+NPM_CONFIG_REGISTRY\b/im.test(dockerfile);
  return registry && wanted ? { NPM_CONFIG_REGISTRY: registry } : {};
}

const unusable = (file: string, why: string) =>
  new AppError('DOCKERFILE_UNUSABLE', `${file} ${why}. Correct it, then deploy again.`, {
    field: 'dockerfile',
  });

function failed({ dockerfile }: ImageBuild, said: string): AppError {
  if (/no space left on device/i.test(said)) {
    return new AppError(
      'IMAGE_BUILD_FAILED',
      'The image could not be built: the disk that Docker keeps its images on is full. Free some space there, then try again.',
      { fix: { label: 'Remove unused images', command: 'drydock image cleanup' } },
    );
  }
  const why = said.trim().split('\n').at(-1)?.replace(/\.$/, '');
  const buildKit = /--mount|BuildKit/i.test(said)
    ? 'It needs BuildKit, which this daemon does not use; "features": {"buildkit": true} in its daemon.json turns it on.'
    : 'Correct it, or check the connection to the registries; then deploy again.';
  return new AppError(
    'IMAGE_BUILD_FAILED',
    `${dockerfile} could not be built: ${why}. ${buildKit}`,
  );
}
