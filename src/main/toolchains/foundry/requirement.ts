import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Range, satisfies } from 'semver';
import { look } from '../../kit/look.ts';
import type { FoundryConfig } from './config.ts';
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
  const resolve = await importResolver(folder, config);
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
        return Promise.all(imports.map((match) => resolve(source, match[1] ?? '')));
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

interface CachedFile {
  lastModificationDate: number;
  imports: string[];
  versionRequirement: string | null;
  artifacts: Record<string, Record<string, unknown>>;
}

/**
 * Remembers what forge compiled (`cache/solidity-files-cache.json`). Answers undefined when it knows
 * nothing of the script, or when more than one compiler has been at work.
 */
export function compiledReader() {
  const kept = new Map<string, { stamp: string; files: Record<string, CachedFile> }>();

  async function cachedFiles(file: string): Promise<Record<string, CachedFile>> {
    const { mtimeMs, size } = statSync(file);
    const stamp = `${mtimeMs}:${size}`;
    const known = kept.get(file);
    if (known?.stamp === stamp) return known.files;
    const { files } = JSON.parse(await readFile(file, 'utf8')) as {
      files: Record<string, CachedFile>;
    };
    if (kept.size >= 100) kept.clear();
    kept.set(file, { stamp, files });
    return files;
  }

  return async (
    folder: string,
    config: FoundryConfig,
    script: string,
  ): Promise<Compiled | undefined> => {
    try {
      const files = await cachedFiles(
        path.resolve(folder, config.cache, 'solidity-files-cache.json'),
      );
      const needed = closure(files, script);
      const entries = needed.map((name) => files[name]);
      const versions = new Set(entries.flatMap((entry) => compilersOf(entry)));
      const [version] = versions;
      if (version === undefined || versions.size > 1) return undefined;
      const unchanged = needed.every((name) => {
        const found = look(path.resolve(folder, name));
        return found && Math.floor(found.mtimeMs) === files[name]?.lastModificationDate;
      });
      const pragmas = entries.map((entry) => entry?.versionRequirement).filter(isText);
      return {
        version,
        requirement: requirementOf(pragmas),
        unchanged,
      };
    } catch {
      // No cache yet, or one of another version of forge.
      return undefined;
    }
  };
}

function closure(files: Record<string, CachedFile>, script: string): string[] {
  const found = new Set([script]);
  for (const name of found) {
    for (const imported of files[name]?.imports ?? []) found.add(imported);
  }
  return [...found];
}

const compilersOf = (entry: CachedFile | undefined): string[] =>
  Object.values(entry?.artifacts ?? {}).flatMap((versions) => Object.keys(versions));

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
