import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { resource } from '../../lib/app-root.ts';
import { realPathWithin } from '../../lib/path-within.ts';
import { projectFiles, RefusedFile } from '../../lib/project-files.ts';
import { AppError } from '../../shared/errors.ts';
import type { ImageProbe, ImageSpec } from '../images.ts';
import type { ToolPin } from '../tools.ts';
import { type BuildContext, readContext } from './build-context.ts';
import { hash } from './labels.ts';

/** All inputs of an image. Two recipes with the same tag make the same image. */
export interface Recipe {
  /** Id of a standard image, or `project`. */
  kind: string;
  tag: string;
  dockerfile: string;
  args: Record<string, string>;
  /** The version that was asked for, and that is in it by its making. */
  pin?: ToolPin;
  /** What is checked in an image that isn't Drydock's. */
  probes: readonly ImageProbe[];
  /** The base image, if it has to be pulled when it is missing. */
  base?: string;
  /** What else the Dockerfile can copy from. */
  context?: BuildContext;
  /** The Dockerfile's path in the project's folder, as the user knows it. */
  file?: string;
}

/** The version of a toolchain in it, if any, shows in its tag. */
const tagOf = (kind: string, version: string | undefined, ...parts: string[]): string =>
  `drydock/${kind}:${version === undefined ? '' : `${version}-`}${hash(...parts)}`;

/**
 * `args` replace the defaults of the Dockerfile, e.g. `BASE_IMAGE`; of `pins` counts the one for
 * the image's toolchain.
 */
export async function recipe(
  spec: ImageSpec,
  args: Record<string, string> = {},
  pins: readonly ToolPin[] = [],
): Promise<Recipe> {
  const { id: kind, toolchain } = spec;
  const dockerfile = await readFile(spec.dockerfile, 'utf8');
  const usual = toolchain && argument({ dockerfile, args }, toolchain.versionArgument);
  const pin = toolchain && pins.find((one) => one.toolchain.id === toolchain.id);
  const isOther = toolchain && pin && pin.version !== usual;
  // The usual version, when it is asked for, is in the usual image.
  const all = isOther ? { ...args, [toolchain.versionArgument]: pin.version } : args;
  const sorted = Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1));
  const tag = tagOf(kind, pin?.version ?? usual, dockerfile, JSON.stringify(sorted));
  return { kind, tag, dockerfile, args: all, probes: [], ...(pin && { pin }) };
}

/** What Drydock adds to an image that isn't its own. */
async function layer({ probes }: ImageSpec): Promise<string> {
  const text = await readFile(resource('docker', 'layer.Dockerfile'), 'utf8');
  const steps = probes.map(({ command }) => `RUN ${command}`);
  return text.replace('# PROBES', steps.join('\n'));
}

/** From an image that isn't Drydock's. */
export async function recipeOn(spec: ImageSpec, base: string): Promise<Recipe> {
  const { id: kind, probes } = spec;
  const dockerfile = `FROM ${base}\n${await layer(spec)}`;
  return { kind, tag: tagOf(kind, undefined, dockerfile), dockerfile, args: {}, probes, base };
}

/** From a Dockerfile in a project's folder, relative to it. Rejects with DOCKERFILE_UNUSABLE. */
export async function projectRecipe(
  spec: ImageSpec,
  folder: string,
  dockerfile: string,
): Promise<Recipe> {
  const { probes, usuallyIgnored } = spec;
  const file = await realPathWithin(folder, dockerfile).catch(() => undefined);
  if (file === undefined) throw unusable(dockerfile, 'is gone, or leads out of the project');
  const text = projectFiles(folder).textIfAny(file);
  if (text === undefined) throw unusable(dockerfile, "can't be read");
  const [added, context] = await Promise.all([
    layer(spec),
    readContext(path.dirname(file), { usuallyIgnored }).catch((error: unknown) => {
      if (!(error instanceof RefusedFile)) throw error;
      throw unusable(dockerfile, `can't be built: ${error.message}`);
    }),
  ]);
  const whole = `${text}\n${added}`;
  return {
    kind: 'project',
    tag: tagOf('project', undefined, whole, context.digest),
    dockerfile: whole,
    args: {},
    probes,
    context,
    file: dockerfile,
  };
}

const unusable = (file: string, why: string) =>
  new AppError(
    'DOCKERFILE_UNUSABLE',
    `The project's Dockerfile ${file} ${why}. Correct its path in the project's settings, or go back to the standard image.`,
    { field: 'dockerfile' },
  );

/** The value of a build argument in a recipe. */
export function argument(
  { dockerfile, args }: Pick<Recipe, 'dockerfile' | 'args'>,
  name: string,
): string | undefined {
  return args[name] ?? new RegExp(`^ARG ${name}=(\\S+)`, 'm').exec(dockerfile)?.[1];
}
