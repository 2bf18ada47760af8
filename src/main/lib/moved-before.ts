/**
 * A list with one of its members before another one. @param next null, or none of the list: behind all
 */
export function movedBefore<Item>(all: readonly Item[], moved: Item, next: Item | null): Item[] {
  if (moved === next) return [...all];
  const others = all.filter((one) => one !== moved);
  const at = next === null ? -1 : others.indexOf(next);
  return others.toSpliced(at < 0 ? others.length : at, 0, moved);
}
