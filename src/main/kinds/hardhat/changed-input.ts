import type { HardhatRun } from './input.ts';

/** See `Kind.changed`. Parameters and tags are those of their entry: another one begins without. */
export function changedInput(
  { way: _, ...before }: HardhatRun,
  changes: Record<string, unknown>,
): Record<string, unknown> {
  const { script = before.script } = changes;
  const own = script === before.script ? {} : { params: [], tags: [] };
  return { ...before, ...own, ...changes };
}
