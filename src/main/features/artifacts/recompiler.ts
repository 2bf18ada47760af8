import type { CompileAgain, CompiledAgain } from '../../solidity/compiler/compile-again.ts';
import { ArtifactReader } from './reader.ts';
import type { Folder, NotCompiled, StoredCompilation } from './reader-messages.ts';
import type { ArtifactsStore } from './store.ts';

export interface RecompilerDependencies {
  store: Pick<ArtifactsStore, 'filesOf'>;
  /** Where a project is; null: there is nothing to read now. */
  folder: (project: number) => Folder | null;
  /** What an artifact was compiled from as it is stored; null: not all of that is. */
  stored: (artifact: number) => StoredCompilation | null;
}

/**
 * Compiles contracts once more, for what their builds have not kept, in another process than the one
 * that reads build output.
 */
export class Recompiler {
  readonly #deps: RecompilerDependencies;
  readonly #reader = new ArtifactReader();

  constructor(deps: RecompilerDependencies) {
    this.#deps = deps;
  }

  /**
   * By id. null: it is in no build output any more, and its sources are not stored as a whole; or it
   * is to be compiled just as it was, for which they don't suffice. Rejects when that can't be read.
   */
  async of(artifact: number, ask: CompileAgain): Promise<CompiledAgain | NotCompiled | null> {
    for (const { projectId, path } of this.#deps.store.filesOf(artifact)) {
      const folder = this.#deps.folder(projectId);
      const found = folder && (await this.#reader.compile(folder, path, ask));
      if (found) return found;
    }
    const stored = ask.as === 'plain' ? this.#deps.stored(artifact) : null;
    return stored && this.#reader.compileStored(stored, ask);
  }

  /** What is under way rejects. */
  close(): void {
    this.#reader.close();
  }
}
