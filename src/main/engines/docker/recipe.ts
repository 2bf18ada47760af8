import { readFile } from 'node:fs/promises';
import { resource } from '../../kit/resources.ts';
import { hash } from './labels.ts';

export type ImageKind = 'foundry' | 'hardhat';

/** All that goes into an image. Two recipes with the same tag make the same image. */
export interface Recipe {
  kind: ImageKind;
  tag: string;
  dockerfile: string;
  args: Record<string, string>;
}

/** `args` replace the defaults of the Dockerfile, e.g. `BASE_IMAGE` or `FOUNDRY_VERSION`. */
export async function recipe(kind: ImageKind, args: Record<string, string> = {}): Promise<Recipe> {
  const dockerfile = await readFile(resource('docker', `${kind}.Dockerfile`), 'utf8');
  const sorted = Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1));
  const tag = `drydock/${kind}:${hash(dockerfile, JSON.stringify(sorted))}`;
  return { kind, tag, dockerfile, args };
}

/** The value that a build argument has in a recipe. */
export function argument({ dockerfile, args }: Recipe, name: string): string | undefined {
  return args[name] ?? new RegExp(`^ARG ${name}=(\\S+)`, 'm').exec(dockerfile)?.[1];
}
