import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { resource } from '../../lib/app-root.ts';
import { realPathWithin } from '../../lib/path-within.ts';
import { projectFiles, RefusedFile } from '../../lib/project-files.ts';
import { AppError } from '../../shared/errors.ts';
import type { ImageProbe, ImageSpec } from '../images.ts';
import { type BuildContext, readContext } from './build-context.ts';
import { hash } from './labels.ts';

/** All inputs of an image. Two recipes with the same tag make the same image. */
export interface Recipe {
  /** Id of a standard image, or `project`. */
  kind: string;
  tag: string;
  dockerfile: string;
  args: Record<string, string>;
  /** What is checked in an image that isn't Drydock's. */
  probes: readonly ImageProbe[];
  /** The base image, if it has to be pulled when it is missing. */
  base?: string;
  /** What else the Dockerfile can copy from. */
  context?: BuildContext;
  /** The Dockerfile's path in the project's folder, as the user knows it. */
  file?: string;
}

const tagOf = (kind: string, ...parts: string[]): string => `drydock/${kind}:${hash(...parts)}`;

/** `args` replace the defaults of the Dockerfile, e.g. `BASE_IMAGE`. */
export async function recipe(spec: ImageSpec, args: Record<string, string> = {}): Promise<Recipe> {
  const { id: kind } = spec;
  const dockerfile = await readFile(spec.dockerfile, 'utf8');
  const sorted = Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1));
  const tag = tagOf(kind, dockerfile, JSON.stringify(sorted));
  return { kind, tag, dockerfile, args, probes: [] };
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
  return { kind, tag: tagOf(kind, dockerfile), dockerfile, args: {}, probes, base };
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
    tag: tagOf('project', whole, context.digest),
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
export function argument({ dockerfile, args }: Recipe, name: string): string | undefined {
  return args[name] ?? new RegExp(`^ARG ${name}=(\\S+)`, 'm').exec(dockerfile)?.[1];
}
