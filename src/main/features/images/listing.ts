import type { ImageEngine, ImageSource, OwnImage } from '../../engines/images.ts';
import type { ToolPin } from '../../engines/tools.ts';
import type { Entry, ImageCache } from './cache.ts';
import type { Image, ImageUser } from './contract.ts';

export interface Project {
  id: number;
  name: string;
  path: string;
  kind: string;
  dockerfile: string | null;
}

export interface ListingDependencies {
  engine: ImageEngine;
  cache: ImageCache;
  /** Marks the containers of this data folder. */
  homeId: string;
  projects: () => Project[];
  /** The versions of tools that a project asks for. */
  pinnedTools: (project: number) => Promise<{ pins: ToolPin[] }>;
}

/** Joins Docker's images, their uses, and the next images to use; the last of these come first. */
export function imageListing(
  deps: ListingDependencies,
): (own: OwnImage[] | undefined) => Promise<Image[]> {
  const { engine, cache } = deps;

  /** The images that the next uses would take, by tag. */
  async function current(): Promise<Map<string, { kind: string; projects: string[] }>> {
    const projects = deps.projects();
    const kinds = new Set(projects.map(({ kind }) => kind));
    // Chains need the first one, whatever projects exist.
    const standard = engine.standard.filter(({ id }, n) => n === 0 || kinds.has(id));
    const pinned = await Promise.all(
      projects.map(async (one) => ({ ...one, pins: (await deps.pinnedTools(one.id)).pins })),
    );
    const own = pinned.filter(({ dockerfile, pins }) => dockerfile !== null || pins.length > 0);
    const sources: { source: ImageSource; name?: string }[] = [
      ...standard.map(({ id }) => ({ source: id })),
      ...own.map((project) => ({ source: project, name: project.name })),
    ];
    const found = new Map<string, { kind: string; projects: string[] }>();
    for (const { source, name } of sources) {
      // An unusable Dockerfile has no image.
      const recipe = await engine.recipe(source).catch(() => undefined);
      if (!recipe) continue;
      const one = found.get(recipe.tag) ?? { kind: recipe.kind, projects: [] };
      if (name !== undefined) one.projects.push(name);
      found.set(recipe.tag, one);
    }
    return found;
  }

  const labelOf = (kind: string | undefined): string | null =>
    engine.standard.find(({ id }) => id === kind)?.label ?? null;

  function presentUser(user: OwnImage['usedBy'][number]): ImageUser {
    const { kind, of, home, container, running } = user;
    const ours = home === deps.homeId && kind !== 'other';
    if (!ours) return { kind: 'other', name: container, running };
    const project = deps.projects().find(({ id }) => `${id}` === of);
    return { kind, name: kind === 'workspace' ? (project?.name ?? container) : of, running };
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
          label: labelOf(known.get(tag)?.kind ?? needed?.kind),
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
