import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { changedAt, statOf } from '../../lib/fs-sync.ts';
import { filesToRun } from '../../lib/project-files.ts';
import type { ProjectWriter } from '../../lib/project-writer.ts';
import { sha256 } from '../../lib/sha256.ts';
import type { KeptCompile } from './compile-facts.ts';
import type { FoundryConfig } from './config.ts';
import {
  type CompiledFiles,
  compilersOf,
  type ForgeCache,
  forgeCacheFile,
  namesOfProducts,
  productsOf,
} from './forge-cache.ts';

/**
 * Restores what forge would miss of a compile, and changes nothing when nothing is missing. forge's
 * records never stand beside artifacts that they don't match, even when this is killed midway: the
 * old records are removed first. Returns how many files were written; throws when what is kept is
 * damaged.
 *
 * @param now the current records
 * @param writer of the project's folder
 */
export async function restoreArtifacts(
  folder: string,
  config: FoundryConfig,
  kept: KeptCompile,
  now: ForgeCache | undefined,
  writer: ProjectWriter,
): Promise<number> {
  const { notes, products } = kept.facts;
  const out = path.resolve(folder, config.out);
  if (now && isWhole(now, notes, out)) return 0;
  const inProject = filesToRun(folder);
  const missing: { file: string; content: Buffer }[] = [];
  for (const [index, product] of products.entries()) {
    const file = path.resolve(out, product.path);
    const content = await readFile(path.join(kept.folder, `${index}`));
    if (sha256(content) !== product.sha256) throw new Error(`The kept ${product.path} is damaged.`);
    const there = await inProject.bytes(file, content.length).catch(() => undefined);
    if (there?.equals(content)) continue;
    missing.push({ file, content });
  }
  const noted = forgeCacheFile(folder, config);
  {
    using cache = writer.make(path.dirname(noted));
    await rm(path.join(cache.path, path.basename(noted)), { force: true });
  }
  for (const { file, content } of missing) await writer.put(file, content);
  await writer.put(noted, JSON.stringify(together(folder, now, notes)));
  return missing.length + 1;
}

/** Whether forge will find nothing to compile; like forge, it doesn't read artifacts. */
function isWhole(now: ForgeCache, kept: ForgeCache, out: string): boolean {
  if (!sameSettings(now, kept)) return false;
  const scope: CompiledFiles = {};
  for (const [name, file] of Object.entries(kept.files)) {
    const own = now.files[name];
    if (own?.contentHash !== file.contentHash) return false;
    scope[name] = own;
  }
  return (
    `${compilersOf(scope)}` === `${compilersOf(kept.files)}` &&
    namesOfProducts(scope).every((name) => statOf(path.join(out, name)))
  );
}

function sameSettings(one: ForgeCache, other: ForgeCache): boolean {
  const settings = ({ files: _, builds: __, ...rest }: ForgeCache) => JSON.stringify(rest);
  return settings(one) === settings(other);
}

/**
 * The kept records, and the valid ones of other files: tests and scripts outside of the scope need
 * not be compiled again because of this. Times are those of the files as they are.
 */
function together(folder: string, now: ForgeCache | undefined, kept: ForgeCache): ForgeCache {
  const files = Object.fromEntries(
    Object.entries(kept.files).map(([name, file]) => {
      const lastModificationDate = changedAt(path.resolve(folder, name));
      if (lastModificationDate === undefined) throw new Error(`${name} is gone.`);
      return [name, { ...file, lastModificationDate }];
    }),
  );
  if (!now || !sameSettings(now, kept)) return { ...kept, files };
  const taken = new Set(productsOf(kept.files).paths);
  const others = Object.entries(now.files).filter(
    ([name, file]) => !files[name] && !productsOf({ [name]: file }).paths.some((p) => taken.has(p)),
  );
  return {
    ...kept,
    files: { ...Object.fromEntries(others), ...files },
    builds: [...new Set([...now.builds, ...kept.builds])],
  };
}
