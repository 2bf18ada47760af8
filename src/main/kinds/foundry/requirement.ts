import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Range, satisfies } from 'semver';
import { changedAt } from '../../lib/fs-sync.ts';
import type { ProjectFiles } from '../../lib/project-files.ts';
import type { FoundryConfig } from './config.ts';
import { compilersOf, type ForgeCache, scopeOf } from './forge-cache.ts';
import { importsAsForge } from './imports.ts';
import { readHead } from './source-head.ts';

/** A `pragma solidity`. */
export interface Demand {
  /** Relative to the project. */
  file: string;
  /** As written. */
  text: string;
  /** null: not understood, so not enforced. */
  range: Range | null;
}

/** A file and all of its imports: they are compiled by one compiler. */
export interface Unit {
  /** Relative to the project. */
  file: string;
  demands: Demand[];
}

/**
 * What the compilers of a run must satisfy. `forge script` compiles the script and every file of
 * `src`, imported or not (seen with 1.7.1); a unit whose demands are part of another unit's is
 * omitted.
 */
export interface Requirement {
  /** The script's first. */
  units: Unit[];
}

const MOST_FILES = 5000;
/** The most characters of a file that are searched. */
const MOST_READ = 400_000;
/** Files that are read without a pause. */
const AT_ONCE = 20;

export const fits = (version: string, { demands }: Unit): boolean =>
  demands.every(({ range }) => range === null || satisfies(version, range));

export const fitsAll = (version: string, { units }: Requirement): boolean =>
  units.every((unit) => fits(version, unit));

/** The demands as one text, without repetitions. */
export const demanded = ({ demands }: Unit): string =>
  [...new Set(demands.map(({ text }) => text))].sort().join(', ');

export function exactly(version: string): Requirement {
  const demand = { file: 'foundry.toml', text: version, range: new Range(version) };
  return { units: [{ file: 'foundry.toml', demands: [demand] }] };
}

/** What one file declares. */
interface Facts {
  demands: Demand[];
  /** Absolute paths. */
  imports: string[];
}

/**
 * Reads the script, the files of `src`, and all of their imports, as far as they can be found and
 * up to 5,000 files. Files that are unchanged since forge recorded them aren't read again.
 */
export async function readRequirement(
  files: ProjectFiles,
  config: FoundryConfig,
  script: string,
  notes: ForgeCache | undefined,
): Promise<Requirement> {
  const start = path.resolve(files.folder, script);
  const sources = [...files.below(config.src, () => true)]
    .filter((file) => file.endsWith('.sol'))
    .slice(0, MOST_FILES)
    .sort();
  const facts = await readAll([start, ...sources], factsReader(files, config, notes));
  const imported = new Set([...facts.values()].flatMap(({ imports }) => imports));
  const covered = new Set<string>();
  const units: Unit[] = [];
  const known = new Set<string>();
  // Files that nothing imports come first: they cover the others.
  const rest = [...sources.filter((one) => !imported.has(one)), ...sources];
  for (const root of [start, ...rest]) {
    if (covered.has(root)) continue;
    const unit = unitOf(files.folder, root, facts, covered);
    const key = demanded(unit);
    if (known.has(key)) continue;
    known.add(key);
    units.push(unit);
  }
  return { units };
}

async function readAll(
  starts: string[],
  factsOf: (file: string) => Facts,
): Promise<Map<string, Facts>> {
  const facts = new Map<string, Facts>();
  const waiting = new Set(starts);
  for (const file of waiting) {
    if (facts.size >= MOST_FILES) break;
    const found = factsOf(file);
    facts.set(file, found);
    for (const one of found.imports) waiting.add(one);
    if (facts.size % AT_ONCE === 0) await nextTurn();
  }
  return facts;
}

function unitOf(
  folder: string,
  root: string,
  facts: ReadonlyMap<string, Facts>,
  covered: Set<string>,
): Unit {
  const within = new Set([root]);
  const demands: Demand[] = [];
  for (const file of within) {
    covered.add(file);
    const found = facts.get(file);
    demands.push(...(found?.demands ?? []));
    for (const one of found?.imports ?? []) within.add(one);
  }
  return { file: path.relative(folder, root), demands };
}

function factsReader(
  files: ProjectFiles,
  config: FoundryConfig,
  notes: ForgeCache | undefined,
): (file: string) => Facts {
  const { folder } = files;
  const resolve = importsAsForge(files, config);
  const ranges = new Map<string, Range | null>();
  const demandOf = (file: string, text: string): Demand => {
    const range = ranges.get(text) ?? toRange(text);
    ranges.set(text, range);
    return { file: path.relative(folder, file), text, range };
  };
  return (file) => {
    const noted = notes?.files[path.relative(folder, file).split(path.sep).join('/')];
    if (noted && isUntouched(file, noted.lastModificationDate)) {
      const { versionRequirement: text, imports } = noted;
      return {
        demands: text ? [demandOf(file, text)] : [],
        imports: imports.map((one) => path.resolve(folder, one)),
      };
    }
    const head = readHead((files.textIfAny(file) ?? '').slice(0, MOST_READ));
    return {
      demands: head.pragmas.map((text) => demandOf(file, text)),
      imports: head.imports.flatMap((one) => resolve(file, one) ?? []),
    };
  };
}

function isUntouched(file: string, mtimeMs: number): boolean {
  return changedAt(file) === mtimeMs;
}

export interface Compiled {
  /** The compiler that built the artifacts. */
  version: string;
  /** No file of the script has changed since then. */
  unchanged: boolean;
}

/**
 * forge's record of the last compile of a script. Undefined when there is none, or when several
 * compilers were used.
 */
export function compiledOf(
  cache: ForgeCache | undefined,
  folder: string,
  script: string,
): Compiled | undefined {
  const scope = cache && scopeOf(cache, script);
  if (!scope) return undefined;
  const [version, another] = compilersOf(scope);
  if (version === undefined || another !== undefined) return undefined;
  return {
    version,
    unchanged: Object.entries(scope).every(([name, file]) =>
      isUntouched(path.resolve(folder, name), file.lastModificationDate),
    ),
  };
}

/** `pragma solidity` has npm's grammar, but takes `>=0.8.0<0.9.0` without a space. */
function toRange(pragma: string): Range | null {
  try {
    return new Range(
      pragma
        .slice(0, 200)
        .replace(/([<>=^~]+)/g, ' $1')
        .trim(),
    );
  } catch {
    return null;
  }
}
