import path from 'node:path';
import type { Workspace } from '../../engines/engine.ts';
import { statOf } from '../../lib/fs-sync.ts';
import { filesToRun, type ProjectFiles } from '../../lib/project-files.ts';
import { sha256 } from '../../lib/sha256.ts';
import type { CompileCache, ToKeep } from '../compile-cache.ts';
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
/** Of a source or an artifact; `build-info` contains the sources of a whole compile. */
const MOST_BYTES = 500_000_000;

/**
 * Finds the result of an earlier compile of exactly the same sources and settings, as ccache's
 * direct mode does: settings, script and tools determine a group, and an entry of it fits when each
 * source that forge read then has the same content now. No import needs to be resolved for that.
 *
 * forge itself still decides whether anything has to be compiled: it compares every source with its
 * records, so an entry that doesn't fit only costs a compile.
 */
export function keptCompiles(cache: CompileCache, read: ReadForgeCache) {
  const hashOf = rememberedHashes();

  async function groupOf({ folder, config, file, workspace }: CompileQuestion): Promise<string> {
    const what = ['foundry 1', config.fingerprint, file, await workspace.toolIdentity('forge')];
    // Artifacts are written by a project, and containers keep projects apart.
    if (workspace.engine === 'docker') what.push(folder);
    return sha256(JSON.stringify(what));
  }

  async function fits(folder: string, sources: CompileFacts['sources']): Promise<boolean> {
    const files = filesToRun(folder);
    for (const [name, wanted] of Object.entries(sources)) {
      const file = path.resolve(folder, name);
      if ((hashOf.remembered(file) ?? (await hashOf.read(files, file))) !== wanted) return false;
    }
    return true;
  }

  return {
    /** The last used entry that fits, whatever its compiler; undefined when there is none. */
    async find(question: CompileQuestion): Promise<KeptCompile | undefined> {
      for (const kept of cache.find(await groupOf(question)) as KeptCompile[]) {
        if (await fits(question.folder, kept.facts.sources)) return kept;
      }
      return undefined;
    },

    /**
     * The result of a run of forge that began at `since`; undefined when that can't be determined.
     */
    async collect(question: CompileQuestion, since: number): Promise<ToKeep | undefined> {
      const { folder, config, file } = question;
      const inProject = filesToRun(folder);
      const notes = read(folder, config);
      const scope = notes && scopeOf(notes, file);
      if (!scope) return undefined;
      const names = Object.keys(scope).sort();
      // What was written while forge ran may differ from what it compiled.
      const inputs = [...names, 'foundry.toml', 'remappings.txt', '.env'];
      if (inputs.some((name) => isNewer(path.resolve(folder, name), since))) return undefined;
      const sources: CompileFacts['sources'] = {};
      for (const name of names) {
        const hash = await hashOf.read(inProject, path.resolve(folder, name));
        if (hash === undefined) return undefined;
        sources[name] = hash;
      }
      const products: CompileFacts['products'] = [];
      const files: Buffer[] = [];
      for (const name of namesOfProducts(scope)) {
        const content = await contentIn(inProject, config.out, name);
        if (!content) return undefined;
        products.push({ path: name, sha256: sha256(content) });
        files.push(content);
      }
      // Another forge may have written to it meanwhile.
      if (read(folder, config) !== notes) return undefined;
      const group = await groupOf(question);
      const key = sha256(JSON.stringify([group, sources, compilersOf(scope)]));
      const { builds } = productsOf(scope);
      const facts: CompileFacts = { sources, notes: { ...notes, files: scope, builds }, products };
      return { group, key, facts, files };
    },
  };
}

/** SHA-256 of files, cached while they are unchanged. */
function rememberedHashes() {
  const known = new Map<string, { stamp: string; hash: string }>();

  function remembered(file: string): string | undefined {
    const before = known.get(file);
    return before && before.stamp === stampOf(file) ? before.hash : undefined;
  }

  async function read(files: ProjectFiles, file: string): Promise<string | undefined> {
    const stamp = stampOf(file);
    const content = stamp && (await files.bytes(file, MOST_BYTES).catch(() => undefined));
    if (!stamp || !content) return undefined;
    if (known.size >= MOST_REMEMBERED) known.clear();
    const hash = sha256(content);
    known.set(file, { stamp, hash });
    return hash;
  }

  return { remembered, read };
}

/** `ctime`, which programs can't set back. */
function isNewer(file: string, since: number): boolean {
  const found = statOf(file);
  return found !== undefined && found.ctimeMs >= since;
}

/**
 * Names come from a file of the project: nothing outside of the folder is read or later written.
 */
async function contentIn(
  files: ProjectFiles,
  out: string,
  name: string,
): Promise<Buffer | undefined> {
  const folder = path.resolve(files.folder, out);
  const file = path.resolve(folder, name);
  if (!file.startsWith(folder + path.sep)) return undefined;
  return files.bytes(file, MOST_BYTES).catch(() => undefined);
}
