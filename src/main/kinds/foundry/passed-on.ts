/**
 * Why a variable that the user keeps isn't passed on to forge; undefined: it is. A setting would hold
 * for forge alone: its folders and profiles are read before a run, too.
 */
export const withholds = (name: string): string | undefined =>
  /^(FOUNDRY|DAPP)_/.test(name)
    ? `${name} is a setting of forge and not passed on: set it in foundry.toml, or choose a profile of it.`
    : undefined;

/** Those that scripts are given, and lines about the others. */
export function passedOn(variables: Readonly<Record<string, string>>): {
  variables: Record<string, string>;
  notes: string[];
} {
  const all = Object.entries(variables);
  return {
    variables: Object.fromEntries(all.filter(([name]) => withholds(name) === undefined)),
    notes: all.flatMap(([name]) => withholds(name) ?? []),
  };
}
