import type { HardhatRun } from './input.ts';

/** One line for lists and search. */
export function titleOf({ script, tags, params }: HardhatRun): string {
  const more = [...tags.map((tag) => `#${tag}`), ...params];
  return [script, ...more].join(' ').slice(0, 300);
}
