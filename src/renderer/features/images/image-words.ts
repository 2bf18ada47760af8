import type { BuildInput, Image, ImagesStatus } from '#main/features/images/contract.ts';
import type { Tone } from '../../ui/state-dot.tsx';

/** The percentage of uses that found their image; null before the first use. */
export function hitRate({ hits, misses }: ImagesStatus['cache']): number | null {
  return hits + misses === 0 ? null : Math.floor((100 * hits) / (hits + misses));
}

/** An image's purpose. */
export const imageName = ({ label, projects }: Image): string =>
  label ?? (projects.join(', ') || 'A project’s own');

/** An image's state, and whether it needs attention. */
export function imageState({ present, current }: Image): { word: string; tone: Tone } {
  if (!present) return { word: 'not built', tone: 'idle' };
  return current ? { word: 'current', tone: 'ok' } : { word: 'outdated', tone: 'idle' };
}

/** The input to build it; null for an image that nothing would build any more. */
export function sourceOf({ current, kind, projects }: Image): Partial<BuildInput> | null {
  if (!current) return null;
  const [project] = projects;
  if (project !== undefined) return { project };
  return { kind };
}
