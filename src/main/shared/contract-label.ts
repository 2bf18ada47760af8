interface Named {
  name: string | null;
  label: string | null;
}

/** What the project calls a contract, where that says more than its name; else null. */
export const ownLabel = ({ name, label }: Named): string | null => (label === name ? null : label);

/** The names that several of these contracts have. */
export function sharedNames(contracts: readonly Pick<Named, 'name'>[]): Set<string | null> {
  const seen = new Set<string | null>();
  return new Set(
    contracts.flatMap(({ name }) => (seen.size === seen.add(name).size ? [name] : [])),
  );
}

/** A contract's name, or where others share it what the project calls it. */
export const tellingName = (one: Named, shared: ReadonlySet<string | null>): string | null =>
  shared.has(one.name) ? (one.label ?? one.name) : (one.name ?? one.label);
