import type { ImageEngine, ImageSource, OwnImage } from '../../engines/images.ts';
import type { Entry, ImageCache } from './cache.ts';
import type { Image, ImageUser } from './contract.ts';

export interface Project {
  id: number;
  name: string;
  path: string;
  kind: 'foundry' | 'hardhat';
  dockerfile: string | null;
}

export interface ListingParts {
  engine: ImageEngine;
  cache: ImageCache;
  /** Marks the containers of this data folder. */
  homeId: string;
  projects: () => Project[];
}

/** Joins what Docker has, what was used, and what would be taken now; those first that would be. */
export function imageListing(
  parts: ListingParts,
): (own: OwnImage[] | undefined) => Promise<Image[]> {
  const { engine, cache } = parts;

  /** What the next uses would take, by tag. */
  async function current(): Promise<Map<string, { kind: string; projects: string[] }>> {
    const projects = parts.projects();
    const standard = new Set(['foundry' as const, ...projects.map(({ kind }) => kind)]);
    const own = projects.filter(({ dockerfile }) => dockerfile !== null);
    const sources: { source: ImageSource; name?: string }[] = [
      ...[...standard].map((source) => ({ source })),
      ...own.map((project) => ({ source: project, name: project.name })),
    ];
    const found = new Map<string, { kind: string; projects: string[] }>();
    for (const { source, name } of sources) {
      // Of a Dockerfile that can't be used there is no image.
      const recipe = await engine.recipe(source).catch(() => undefined);
      if (!recipe) continue;
      const one = found.get(recipe.tag) ?? { kind: recipe.kind, projects: [] };
      if (name !== undefined) one.projects.push(name);
      found.set(recipe.tag, one);
    }
    return found;
  }

  function presentUser(user: OwnImage['usedBy'][number]): ImageUser {
    const { kind, of, home, container, running } = user;
    const ours = home === parts.homeId && kind !== 'other';
    if (!ours) return { kind: 'other', name: container, running };
    const project = parts.projects().find(({ id }) => `${id}` === of);
    return { kind, name: kind === 'chain' ? of : (project?.name ?? container), running };
  }

  return async (own) => {
    const [entries, wanted] = await Promise.all([cache.entries(own), current()]);
    const known = new Map(entries.map(({ tag, ...entry }) => [tag, entry]));
    return [...new Set([...wanted.keys(), ...known.keys()])]
      .map((tag): Image => {
        const needed = wanted.get(tag);
        const users = own?.find((image) => image.tag === tag)?.usedBy ?? [];
        return {
          ...(known.get(tag) ?? { ...never, kind: needed?.kind ?? 'other' }),
          tag,
          projects: needed?.projects ?? [],
          current: needed !== undefined,
          usedBy: users.map(presentUser),
        };
      })
      .filter((image) => image.present || image.current)
      .sort((a, b) => Number(b.current) - Number(a.current) || a.tag.localeCompare(b.tag));
  };
}

const never: Omit<Entry, 'tag' | 'kind'> = {
  present: false,
  version: null,
  bytes: 0,
  ownBytes: 0,
  createdAt: null,
  hits: 0,
  misses: 0,
  lastUsedAt: null,
  buildMs: null,
};
