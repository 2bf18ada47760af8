import type { KindInput } from './kind.ts';

/** In place of a target: what a project's deploys begin with wherever they go. */
export const EVERY_TARGET = '*';

type Input = Record<string, unknown>;

/**
 * What deploys to a target begin with: its own, completed by what is kept for every target. A null
 * in its own means that there is none there. Where its own name another entry or call, what depends
 * on that comes from them alone.
 */
export function layeredDefaults(
  inputs: readonly Pick<KindInput, 'name' | 'of'>[],
  own: Input,
  every: Input,
): Input {
  const layered: Input = { ...own };
  const others = new Set<string>();
  for (const { name, of } of inputs) {
    if (of !== undefined && others.has(of)) others.add(name);
    else if (own[name] === undefined) {
      if (every[name] !== undefined) layered[name] = every[name];
    } else if (own[name] !== every[name]) others.add(name);
  }
  return layered;
}
