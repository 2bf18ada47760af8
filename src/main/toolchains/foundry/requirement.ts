import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Range, satisfies } from 'semver';
import { look } from '../../kit/look.ts';
import type { FoundryConfig } from './config.ts';
import { compilersOf, type ForgeCache, scopeOf } from './forge-cache.ts';
import { importResolver } from './imports.ts';

/** What a compiler must satisfy to compile a script: the `pragma solidity` of all its files. */
export interface Requirement {
  ranges: Range[];
  /** As written, without repetitions. */
  text: string;
}

const MOST_FILES = 5000;

export const fits = (version: string, { ranges }: Requirement): boolean =>
  ranges.every((range) => satisfies(version, range));

export function exactly(version: string): Requirement {
  return { ranges: [new Range(version)], text: version };
}

export function requirementOf(pragmas: Iterable<string>): Requirement {
  const different = [...new Set(pragmas)].sort();
  return {
    ranges: different.map(toRange).filter((range) => range !== undefined),
    text: different.join(', '),
  };
}

/** Reads the script and everything that it imports, as far as it can be found. */
export async function readRequirement(
  folder: string,
  config: FoundryConfig,
  file: string,
): Promise<Requirement> {
  const resolve = importResolver(folder, config);
  const pragmas: string[] = [];
  const seen = new Set<string>();
  let wave = [path.resolve(folder, file)];
  while (wave.length > 0 && seen.size < MOST_FILES) {
    for (const one of wave) seen.add(one);
    const next = await Promise.all(
      wave.map(async (source) => {
        const text = withoutComments(await readFile(source, 'utf8').catch(() => ''));
        for (const match of text.matchAll(/\bpragma\s+solidity\s+([^;]+);/g)) {
          pragmas.push((match[1] ?? '').trim());
        }
        const imports = [...text.matchAll(/\bimport\b[^'";]*["']([^"'\n]+)["']/g)];
        return imports.map((match) => resolve(source, match[1] ?? ''));
      }),
    );
    wave = [...new Set(next.flat())].filter(
      (one) => one !== undefined && !seen.has(one),
    ) as string[];
  }
  return requirementOf(pragmas);
}

export interface Compiled {
  /** The compiler that made the artifacts. */
  version: string;
  requirement: Requirement;
  /** No file of the script has been touched since then. */
  unchanged: boolean;
}

/**
 * What forge's notes say of the last compile of a script. Undefined when they say nothing of it, or
 * when more than one compiler has been at work.
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
    requirement: requirementOf(
      Object.values(scope)
        .map((file) => file.versionRequirement)
        .filter(isText),
    ),
    unchanged: Object.entries(scope).every(([name, file]) => {
      const found = look(path.resolve(folder, name));
      return found && Math.floor(found.mtimeMs) === file.lastModificationDate;
    }),
  };
}

const isText = (value: string | null | undefined): value is string => Boolean(value);

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, ' ');

/** `pragma solidity` has npm's grammar, but takes `>=0.8.0<0.9.0` without a space. */
function toRange(pragma: string): Range | undefined {
  try {
    return new Range(pragma.replace(/([<>=^~]+)/g, ' $1').trim());
  } catch {
    return undefined;
  }
}
