import { readFile } from 'node:fs/promises';
import { AppError } from '../../kit/errors.ts';
import { realPathWithin } from '../../kit/path-within.ts';
import { resource } from '../../kit/resources.ts';
import type { ImageKind } from '../images.ts';
import { type BuildContext, readContext } from './build-context.ts';
import { hash } from './labels.ts';

/** All that goes into an image. Two recipes with the same tag make the same image. */
export interface Recipe {
  kind: ImageKind | 'project';
  tag: string;
  dockerfile: string;
  args: Record<string, string>;
  /** The image that it stands on, if that is to be pulled when it isn't there. */
  base?: string;
  /** What else the Dockerfile can copy from. */
  context?: BuildContext;
  /** Its own Dockerfile in the project's folder, as the user knows it. */
  file?: string;
}

const shipped = (name: string): Promise<string> =>
  readFile(resource('docker', `${name}.Dockerfile`), 'utf8');

const tagOf = (kind: Recipe['kind'], ...parts: string[]): string =>
  `drydock/${kind}:${hash(...parts)}`;

/** `args` replace the defaults of the Dockerfile, e.g. `BASE_IMAGE` or `FOUNDRY_VERSION`. */
export async function recipe(kind: ImageKind, args: Record<string, string> = {}): Promise<Recipe> {
  const dockerfile = await shipped(kind);
  const sorted = Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1));
  return { kind, tag: tagOf(kind, dockerfile, JSON.stringify(sorted)), dockerfile, args };
}

/** Foundry from an image of somebody else's, e.g. `ghcr.io/foundry-rs/foundry:v1.7.1`. */
export async function foundryFrom(base: string): Promise<Recipe> {
  const dockerfile = `FROM ${base}\n${await shipped('layer')}`;
  return { kind: 'foundry', tag: tagOf('foundry', dockerfile), dockerfile, args: {}, base };
}

/** From a Dockerfile in a project's folder, relative to it. Rejects with DOCKERFILE_UNUSABLE. */
export async function projectRecipe(folder: string, dockerfile: string): Promise<Recipe> {
  const file = await realPathWithin(folder, dockerfile).catch(() => undefined);
  if (file === undefined) throw unusable(dockerfile, 'is gone, or leads out of the project');
  const [text, layer, context] = await Promise.all([
    readFile(file, 'utf8').catch(() => {
      throw unusable(dockerfile, "can't be read");
    }),
    shipped('layer'),
    readContext(file),
  ]);
  const whole = `${text}\n${layer}`;
  return {
    kind: 'project',
    tag: tagOf('project', whole, context.digest),
    dockerfile: whole,
    args: {},
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

/** The value that a build argument has in a recipe. */
export function argument({ dockerfile, args }: Recipe, name: string): string | undefined {
  return args[name] ?? new RegExp(`^ARG ${name}=(\\S+)`, 'm').exec(dockerfile)?.[1];
}
