/** A heading of a list with what stands under it; empty: none. */
export interface Group<Thing> {
  name: string;
  things: Thing[];
}

/** As the sidebar shows them: those without a group first, then each group where its first one is. */
export function groupsOf<Thing extends { group: string }>(all: readonly Thing[]): Group<Thing>[] {
  const groups = new Map<string, Thing[]>([['', []]]);
  for (const thing of all) groups.set(thing.group, [...(groups.get(thing.group) ?? []), thing]);
  return [...groups]
    .map(([name, things]) => ({ name, things }))
    .filter(({ things }) => things.length > 0);
}
