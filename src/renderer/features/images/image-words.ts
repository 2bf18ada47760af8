import type { BuildInput, Image, ImagesStatus } from '#main/features/images/contract.ts';
import type { Tone } from '../../ui/state-dot.tsx';

const kinds: Record<string, string> = { foundry: 'Foundry', hardhat: 'Hardhat' };

/** How many of 100 uses found their image there; null before the first use. */
export function hitRate({ hits, misses }: ImagesStatus['cache']): number | null {
  return hits + misses === 0 ? null : Math.floor((100 * hits) / (hits + misses));
}

/** What an image is for. */
export const imageName = ({ kind, projects }: Image): string =>
  kinds[kind] ?? (projects.join(', ') || 'A project’s own');

/** How an image stands, and whether that needs a look. */
export function imageState({ present, current }: Image): { word: string; tone: Tone } {
  if (!present) return { word: 'not built', tone: 'idle' };
  return current ? { word: 'current', tone: 'ok' } : { word: 'outdated', tone: 'idle' };
}

/** What builds it; null for one that nothing would build any more. */
export function sourceOf({ current, kind, projects }: Image): Partial<BuildInput> | null {
  if (!current) return null;
  const [project] = projects;
  if (project !== undefined) return { project };
  return kind === 'hardhat' ? { kind } : { kind: 'foundry' };
}
