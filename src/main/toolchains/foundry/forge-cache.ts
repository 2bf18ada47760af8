import path from 'node:path';
import { look, textOf } from '../../kit/look.ts';
import type { FoundryConfig } from './config.ts';

/** What forge notes of a source; names are relative to the project. */
interface CompiledFile {
  lastModificationDate: number;
  contentHash: string;
  imports: string[];
  versionRequirement: string | null;
  /** Contract → version of the compiler → profile. `path` is relative to `out`. */
  artifacts: Record<string, Record<string, Record<string, { path: string; build_id: string }>>>;
}

export type CompiledFiles = Record<string, CompiledFile>;

/**
 * `solidity-files-cache.json`, by which forge knows what it need not compile again
 * (https://github.com/foundry-rs/compilers, `cache.rs`). Seen with forge 1.7.1: it compares each
 * source by `contentHash` (times are noted and not looked at), the settings in `profiles`, the
 * folders in `paths`, and whether the artifacts and `build-info` are there (not what is in them).
 * All names are relative, so the file is good for another clone too.
 */
export interface ForgeCache {
  files: CompiledFiles;
  builds: string[];
  /** `paths`, `profiles` and whatever else holds for all files. */
  [more: string]: unknown;
}

export type ReadForgeCache = (folder: string, config: FoundryConfig) => ForgeCache | undefined;

const MOST_KEPT = 100;

export const forgeCacheFile = (folder: string, config: FoundryConfig): string =>
  path.resolve(folder, config.cache, 'solidity-files-cache.json');

/** Answers the same object as long as the file doesn't change; undefined when there is none. */
export function forgeCacheReader(): ReadForgeCache {
  const kept = new Map<string, { stamp: string; cache: ForgeCache }>();
  return (folder, config) => {
    const file = forgeCacheFile(folder, config);
    const stamp = stampOf(file);
    if (stamp === undefined) return undefined;
    const known = kept.get(file);
    if (known?.stamp === stamp) return known.cache;
    const cache = parse(textOf(file) ?? '');
    if (!cache) return undefined;
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(file, { stamp, cache });
    return cache;
  };
}

/** Half written, or of another version of forge: as if it weren't there. */
function parse(text: string): ForgeCache | undefined {
  try {
    const cache = JSON.parse(text) as ForgeCache;
    const known = Object.values(cache.files).every(({ imports }) => Array.isArray(imports));
    const { paths, builds } = productsOf(cache.files);
    const named = [...paths, ...builds, ...cache.builds].every((name) => typeof name === 'string');
    return known && named ? cache : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Differs between two states of a file; undefined when there is none. Synchronous: a look at a file
 * takes microseconds, a trip through the thread pool many times as long, and there are many files.
 */
export function stampOf(file: string): string | undefined {
  const found = look(file);
  return found?.isFile() ? `${found.mtimeMs}:${found.ctimeMs}:${found.size}` : undefined;
}

/** The script and all that it imports, with what forge knows of them; undefined: not all of it. */
export function scopeOf({ files }: ForgeCache, script: string): CompiledFiles | undefined {
  const names = new Set([script]);
  for (const name of names) {
    for (const imported of files[name]?.imports ?? []) names.add(imported);
  }
  const scope: CompiledFiles = {};
  for (const name of names) {
    const file = files[name];
    if (!file) return undefined;
    scope[name] = file;
  }
  return scope;
}

/** The compilers that made the artifacts of these files. */
export const compilersOf = (scope: CompiledFiles): string[] => [
  ...new Set(
    Object.values(scope).flatMap(({ artifacts }) =>
      Object.values(artifacts).flatMap((versions) => Object.keys(versions)),
    ),
  ),
];

/** Where the artifacts of these files lie, and the builds that made them. */
export function productsOf(scope: CompiledFiles): { paths: string[]; builds: string[] } {
  const all = Object.values(scope)
    .flatMap(({ artifacts }) => Object.values(artifacts))
    .flatMap((versions) => Object.values(versions))
    .flatMap((profiles) => Object.values(profiles));
  return {
    paths: [...new Set(all.map((artifact) => artifact.path))],
    builds: [...new Set(all.map((artifact) => artifact.build_id))],
  };
}

/** Everything that forge needs to be there for these files, relative to `out`. */
export function namesOfProducts(scope: CompiledFiles): string[] {
  const { paths, builds } = productsOf(scope);
  return [...paths, ...builds.map((id) => path.join('build-info', `${id}.json`))];
}
