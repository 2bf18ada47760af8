import path from 'node:path';
import { statOf } from '../../lib/fs-sync.ts';
import { filesToRun } from '../../lib/project-files.ts';
import type { FoundryConfig } from './config.ts';

/** forge's record of a source; names are relative to the project. */
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
 * `solidity-files-cache.json`, by which forge knows what is already compiled
 * (https://github.com/foundry-rs/compilers, `cache.rs`). Seen with forge 1.7.1: it compares the
 * `contentHash` of each source (times are recorded but ignored), the settings in `profiles`, the
 * folders in `paths`, and whether the artifacts and `build-info` exist (not their contents). All
 * names are relative, so the file is valid in another clone too.
 */
export interface ForgeCache {
  files: CompiledFiles;
  builds: string[];
  /** `paths`, `profiles` and everything else that applies to all files. */
  [more: string]: unknown;
}

export type ReadForgeCache = (folder: string, config: FoundryConfig) => ForgeCache | undefined;

const MOST_KEPT = 100;
/** Enough for about ten thousand sources. */
export const MOST_CACHE_BYTES = 64_000_000;

export const forgeCacheFile = (folder: string, config: FoundryConfig): string =>
  path.resolve(folder, config.cache, 'solidity-files-cache.json');

/** Returns the same object while the file is unchanged; undefined when there is none. */
export function forgeCacheReader(): ReadForgeCache {
  const kept = new Map<string, { stamp: string; cache: ForgeCache }>();
  return (folder, config) => {
    const file = forgeCacheFile(folder, config);
    const stamp = stampOf(file);
    if (stamp === undefined) return undefined;
    const known = kept.get(file);
    if (known?.stamp === stamp) return known.cache;
    const cache = parseForgeCache(filesToRun(folder).textIfAny(file, MOST_CACHE_BYTES) ?? '');
    if (!cache) return undefined;
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(file, { stamp, cache });
    return cache;
  };
}

/** A half-written file, or one of another version of forge, counts as missing. */
export function parseForgeCache(text: string): ForgeCache | undefined {
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
 * Differs between two states of a file; undefined when there is none. Synchronous: a stat takes
 * microseconds, the thread pool many times as long, and there are many files.
 */
export function stampOf(file: string): string | undefined {
  const found = statOf(file);
  return found?.isFile() ? `${found.mtimeMs}:${found.ctimeMs}:${found.size}` : undefined;
}

/** The script and all of its imports, with forge's records of them; undefined when incomplete. */
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

/** The compilers that built the artifacts of these files. */
export const compilersOf = (scope: CompiledFiles): string[] => [
  ...new Set(
    Object.values(scope).flatMap(({ artifacts }) =>
      Object.values(artifacts).flatMap((versions) => Object.keys(versions)),
    ),
  ),
];

/** The paths of these files' artifacts, and the builds that made them. */
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

/** Everything that forge requires to exist for these files, relative to `out`. */
export function namesOfProducts(scope: CompiledFiles): string[] {
  const { paths, builds } = productsOf(scope);
  return [...paths, ...builds.map((id) => path.join('build-info', `${id}.json`))];
}
