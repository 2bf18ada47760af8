import { AppError } from '../../shared/errors.ts';
import { type Demand, demanded, fits, type Unit } from './requirement.ts';

/** The last patch release of each minor version before 0.8; every lower patch number exists too. */
const LAST_PATCH: Record<string, number> = { '0.7': 6, '0.6': 12, '0.5': 17 };

export interface Shortage {
  unmet: Unit[];
  /** The first unit is the script's. */
  script: Unit | undefined;
  /** The available compilers, in words. */
  available: string[];
  /** The newest known release. */
  newest: string | undefined;
  /** The project already has something called `solc`, which must not be replaced. */
  hasOwn: boolean;
}

/** TOOL_MISSING: what needs a missing compiler, and which release would compile it. */
export function noCompiler({ unmet, script, available, newest, hasOwn }: Shortage): AppError {
  const [first] = unmet as [Unit, ...Unit[]];
  const conflict = conflictIn(first);
  if (conflict) return contradiction(first, conflict);
  const subject = first === script ? 'The script' : first.file;
  const why =
    first === script ? '' : ' (forge compiles all of the sources, whatever the script imports)';
  const here = available.join(', ') || 'no compiler at all';
  const versions = releasesFor(unmet, newest);
  const start = `${subject} needs Solidity ${demanded(first)}${why}, the download site can't be reached, and there is only ${here}.`;
  if (!versions) {
    return new AppError(
      'TOOL_MISSING',
      `${start} No release that Drydock knows of fits: check the pragma, or go online.`,
    );
  }
  const packages = versions.map((version) =>
    hasOwn || versions.length > 1 ? `solc-${version}@npm:solc@${version}` : `solc@${version}`,
  );
  const command = `npm i -D ${packages.join(' ')}`;
  return new AppError(
    'TOOL_MISSING',
    `${start} Go online, or install the JavaScript build in the project: ${command}`,
    { fix: { label: 'Install it in the project', command } },
  );
}

/** Two files of a unit whose demands no compiler can meet. */
function conflictIn({ demands }: Unit): [Demand, Demand] | undefined {
  const different = [...new Map(demands.map((one) => [one.text, one])).values()];
  for (const [index, one] of different.entries()) {
    const other = different
      .slice(index + 1)
      .find(({ range }) => range && one.range && !range.intersects(one.range));
    if (other) return [one, other];
  }
  return undefined;
}

const contradiction = (unit: Unit, [one, other]: [Demand, Demand]): AppError =>
  new AppError(
    'TOOL_MISSING',
    `No compiler can compile ${unit.file} with what it imports: ${one.file} needs Solidity ${one.text}, and ${other.file} ${other.text}. Change one of the two pragmas, or what is imported.`,
  );

/** One release for all units if possible, otherwise one for each; undefined where none fits. */
function releasesFor(units: readonly Unit[], newest: string | undefined): string[] | undefined {
  const known = releases(newest);
  const common = known.find((version) => units.every((unit) => fits(version, unit)));
  if (common) return [common];
  const each = units.map((unit) => known.find((version) => fits(version, unit)));
  return each.includes(undefined) ? undefined : ([...new Set(each)] as string[]);
}

/** Newest first. */
function releases(newest: string | undefined): string[] {
  const patches = { ...(newest ? { '0.8': Number(newest.split('.')[2]) } : {}), ...LAST_PATCH };
  return Object.entries(patches)
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .flatMap(([minor, last]) =>
      Array.from({ length: last + 1 }, (_, index) => `${minor}.${last - index}`),
    );
}
