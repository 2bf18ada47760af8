import type { StorageLayout } from '../../eth/artifact.ts';
import { messageOf } from '../../shared/errors.ts';
import { type PackedDetail, packDetail, unpackJson } from './packed.ts';
import { ArtifactReader } from './reader.ts';
import type { Folder } from './reader-messages.ts';
import type { ArtifactsStore } from './store.ts';

/** `problem`: why it isn't known, and what to do. */
export interface LayoutOf {
  layout: StorageLayout | null;
  problem: string | null;
}

export interface LayoutsDependencies {
  store: Pick<ArtifactsStore, 'byId' | 'filesOf' | 'putDetail'>;
  /** Where a project is; null: there is nothing to read now. */
  folder: (project: number) => Folder | null;
}

/** What can't be told is not tried again for so long. */
const AGAIN_MS = 30_000;

/**
 * How contracts lay out their storage. Where builds have not kept it, the compiler is run for it
 * once, in another process than the one that reads build output, and what it says is kept.
 */
export class Layouts {
  readonly #deps: LayoutsDependencies;
  readonly #reader = new ArtifactReader();
  readonly #asked = new Map<number, Promise<LayoutOf>>();

  constructor(deps: LayoutsDependencies) {
    this.#deps = deps;
  }

  /** null: there is no such artifact. */
  async of(id: number): Promise<LayoutOf | null> {
    const row = this.#deps.store.byId(id);
    if (!row) return null;
    const { storageLayout } = unpackJson<PackedDetail>(row.detail);
    if (storageLayout) return { layout: storageLayout, problem: null };
    const asked = this.#asked.get(id) ?? this.#compile(id, row.name);
    this.#asked.set(id, asked);
    return asked;
  }

  close(): void {
    this.#reader.close();
  }

  async #compile(id: number, name: string): Promise<LayoutOf> {
    const found = await this.#compiled(id, name);
    setTimeout(() => this.#asked.delete(id), AGAIN_MS).unref();
    const row = this.#deps.store.byId(id);
    if (!found.layout || !row) return found;
    const detail = { ...unpackJson<PackedDetail>(row.detail), storageLayout: found.layout };
    this.#deps.store.putDetail(id, packDetail(detail));
    return found;
  }

  async #compiled(id: number, name: string): Promise<LayoutOf> {
    const missing = `How ${name} lays out its storage isn't known`;
    for (const { projectId, path } of this.#deps.store.filesOf(id)) {
      const folder = this.#deps.folder(projectId);
      if (!folder) continue;
      try {
        const found = await this.#reader.layout(folder, path);
        if (found && 'layout' in found) return { layout: found.layout, problem: null };
        if (found) return { layout: null, problem: found.problem };
      } catch (error) {
        return { layout: null, problem: `${missing}: ${messageOf(error)}` };
      }
    }
    return { layout: null, problem: `${missing}: it is in no build output any more.` };
  }
}
