import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Workspace } from '../../engines/engine.ts';
import { look } from '../../kit/look.ts';
import { sha256 } from '../../kit/sha256.ts';
import type { CompileCache, ToKeep } from '../toolchain.ts';
import type { CompileFacts, KeptCompile } from './compile-facts.ts';
import type { FoundryConfig } from './config.ts';
import {
  compilersOf,
  namesOfProducts,
  productsOf,
  type ReadForgeCache,
  scopeOf,
  stampOf,
} from './forge-cache.ts';

export interface CompileQuestion {
  folder: string;
  config: FoundryConfig;
  /** The script, relative. */
  file: string;
  workspace: Workspace;
}

const MOST_REMEMBERED = 20_000;

/**
 * Finds what an earlier compile of the very same sources and settings has made, as ccache's direct
 * mode does it: settings, script and tools make a group, and an entry of it fits when each source
 * that forge had read then has the same content now. No import needs to be resolved for that.
 *
 * Whether there is something to compile stays forge's own judgement: it compares every source with
 * its notes, so an entry that doesn't fit after all costs a compile and nothing else.
 */
export function keptCompiles(cache: CompileCache, read: ReadForgeCache) {
  const hashOf = rememberedHashes();

  const groupOf = async ({ config, file, workspace }: CompileQuestion): Promise<string> =>
    sha256(JSON.stringify(['foundry 1', config.fingerprint, file, await workspace.tools()]));

  async function fits(folder: string, sources: CompileFacts['sources']): Promise<boolean> {
    for (const [name, wanted] of Object.entries(sources)) {
      const file = path.resolve(folder, name);
      if ((hashOf.remembered(file) ?? (await hashOf.read(file))) !== wanted) return false;
    }
    return true;
  }

  return {
    /** The last used that fits, whatever compiler it is from; undefined when there is none. */
    async find(question: CompileQuestion): Promise<KeptCompile | undefined> {
      for (const kept of cache.find(await groupOf(question)) as KeptCompile[]) {
        if (await fits(question.folder, kept.facts.sources)) return kept;
      }
      return undefined;
    },

    /** What a run of forge has left, that began at `since`; undefined when it can't be told. */
    async collect(question: CompileQuestion, since: number): Promise<ToKeep | undefined> {
      const { folder, config, file } = question;
      const notes = read(folder, config);
      const scope = notes && scopeOf(notes, file);
      if (!scope) return undefined;
      const names = Object.keys(scope).sort();
      // What was written while forge ran may not be what it has compiled.
      const inputs = [...names, 'foundry.toml', 'remappings.txt', '.env'];
      if (inputs.some((name) => isNewer(path.resolve(folder, name), since))) return undefined;
      const sources: CompileFacts['sources'] = {};
      for (const name of names) {
        const hash = await hashOf.read(path.resolve(folder, name));
        if (hash === undefined) return undefined;
        sources[name] = hash;
      }
      const products: CompileFacts['products'] = [];
      const files: Buffer[] = [];
      for (const name of namesOfProducts(scope)) {
        const content = await contentIn(path.resolve(folder, config.out), name);
        if (!content) return undefined;
        products.push({ path: name, sha256: sha256(content) });
        files.push(content);
      }
      // Another forge may have been at it meanwhile.
      if (read(folder, config) !== notes) return undefined;
      const group = await groupOf(question);
      const key = sha256(JSON.stringify([group, sources, compilersOf(scope)]));
      const { builds } = productsOf(scope);
      const facts: CompileFacts = { sources, notes: { ...notes, files: scope, builds }, products };
      return { group, key, facts, files };
    },
  };
}

/** SHA-256 of files, known as long as they aren't touched. */
function rememberedHashes() {
  const known = new Map<string, { stamp: string; hash: string }>();

  function remembered(file: string): string | undefined {
    const before = known.get(file);
    return before && before.stamp === stampOf(file) ? before.hash : undefined;
  }

  async function read(file: string): Promise<string | undefined> {
    const stamp = stampOf(file);
    const content = stamp && (await readFile(file).catch(() => undefined));
    if (!stamp || !content) return undefined;
    if (known.size >= MOST_REMEMBERED) known.clear();
    const hash = sha256(content);
    known.set(file, { stamp, hash });
    return hash;
  }

  return { remembered, read };
}

/** `ctime`, which nobody can set back. */
function isNewer(file: string, since: number): boolean {
  const found = look(file);
  return found !== undefined && found.ctimeMs >= since;
}

/** Names come from a file of the project: nothing outside of the folder is read, or written later. */
async function contentIn(folder: string, name: string): Promise<Buffer | undefined> {
  const file = path.resolve(folder, name);
  if (!file.startsWith(folder + path.sep)) return undefined;
  return readFile(file).catch(() => undefined);
}
