import type { Project } from '#main/features/projects/contract.ts';
import type { Candidate } from '#main/shared/kind.ts';

/** One way to add a folder. */
export interface Way {
  candidate: Candidate;
  /** Its problems, as sentences; empty: it can be chosen. */
  problems: readonly string[];
}

/** A folder that could be added. It becomes one project: at most one of its ways is chosen. */
export interface Place {
  path: string;
  /** The last part of the given folder, and the paths of those below it relative to it. */
  name: string;
  ways: readonly Way[];
  /** The existing project in this folder. */
  known: Project | undefined;
}

/** The kind that each folder is added as; null: not at all. */
export type Chosen = Readonly<Record<string, string | null>>;

/** @param folder the given one, as typed */
export function placesOf(
  candidates: readonly Candidate[],
  folder: string,
  projects: readonly Project[],
): Place[] {
  return [...Map.groupBy(candidates, ({ path }) => path)].map(([path, some]) => {
    const known = projects.find((project) => project.path === path);
    return {
      ...{ path, known, name: nameBelow(path, folder) },
      ways: some.map((candidate) => ({ candidate, problems: problemsOf(candidate, known) })),
    };
  });
}

function nameBelow(path: string, folder: string): string {
  const above = folder.replace(/[\\/]+$/, '');
  if (path === above) return /[^\\/]*$/.exec(path)?.[0] || path;
  return isIn(path, above) ? path.slice(above.length + 1) : path;
}

function problemsOf({ kind, problems }: Candidate, known: Project | undefined): readonly string[] {
  if (!known || known.kind === kind) return problems;
  return [`The folder is in Drydock as ${known.name}, and it is one project.`, ...problems];
}

/** The ways to add a folder that can be chosen. */
export const openWays = ({ ways }: Place): Way[] =>
  ways.filter(({ problems }) => problems.length === 0);

/**
 * What is added: the user's choice; by default the folder that contains all the others, where it
 * can be added in one way only.
 */
export function chosenOf(places: readonly Place[], own: Chosen): { path: string; kind: string }[] {
  const above = places.find(({ path }) => places.every((one) => isIn(one.path, path)));
  return places.flatMap((place) => {
    const open = openWays(place).map(({ candidate }) => candidate.kind);
    const usual = place === above && open.length === 1 ? open[0] : undefined;
    const kind = own[place.path] === undefined ? usual : own[place.path];
    return kind && open.includes(kind) ? [{ path: place.path, kind }] : [];
  });
}

const isIn = (path: string, folder: string): boolean =>
  path === folder || (path.startsWith(folder) && /^[\\/]/.test(path.slice(folder.length)));
