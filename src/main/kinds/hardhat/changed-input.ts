import type { HardhatRun } from './input.ts';

const NOT_OF_ANOTHER = {
  ...{ params: [], tags: [] },
  ...{ args: undefined, value: undefined, libraries: undefined },
  allowUnsafeUpgrade: undefined,
};

/** See `Kind.changed`. What belongs to an entry is of no use to another one, which begins without. */
export function changedInput(
  { way: _, ...before }: HardhatRun,
  changes: Record<string, unknown>,
): Record<string, unknown> {
  const { script = before.script } = changes;
  const own = script === before.script ? {} : NOT_OF_ANOTHER;
  return { ...before, ...own, ...changes };
}
