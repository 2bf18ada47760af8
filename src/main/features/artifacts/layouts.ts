import type { CompilerStorageLayout } from '../../eth/artifact.ts';
import { readLayout } from '../../eth/artifact-schemas.ts';
import { messageOf } from '../../shared/errors.ts';
import { type PackedDetail, packDetail, unpackJson } from './packed.ts';
import type { Recompiler } from './recompiler.ts';
import type { ArtifactsStore } from './store.ts';

/** `problem`: why it isn't known, and what to do. */
export interface LayoutOf {
  layout: CompilerStorageLayout | null;
  problem: string | null;
}

export interface LayoutsDependencies {
  store: Pick<ArtifactsStore, 'byId' | 'putDetail'>;
  recompiler: Pick<Recompiler, 'of'>;
}

const LAYOUT = { outputs: ['storageLayout'], as: 'plain' } as const;

/** What can't be told is not tried again for so long. */
const AGAIN_MS = 30_000;

/**
 * How contracts lay out their storage. Where builds have not kept it, the compiler is run for it
 * once, and what it says is kept.
 */
export class Layouts {
  readonly #deps: LayoutsDependencies;
  readonly #asked = new Map<number, Promise<LayoutOf>>();

  constructor(deps: LayoutsDependencies) {
    this.#deps = deps;
  }

  /** null: there is no such artifact. */
  async of(id: number): Promise<LayoutOf | null> {
    const row = this.#deps.store.byId(id);
    if (!row) return null;
    const { storageLayout } = unpackJson<PackedDetail>(row.detail);
    // It may be of a version that took more from files.
    const kept = readLayout(storageLayout);
    if (kept) return { layout: kept, problem: null };
    const asked = this.#asked.get(id) ?? this.#compile(id, row.name);
    this.#asked.set(id, asked);
    return asked;
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
    try {
      const found = await this.#deps.recompiler.of(id, LAYOUT);
      if (!found) {
        return { layout: null, problem: `${missing}: it is in no build output any more.` };
      }
      if ('problem' in found) {
        const { problem, layoutSetting } = found;
        return {
          layout: null,
          problem: `${missing}: its build has not kept that, and ${problem}.${layoutSetting === null ? '' : ` Set ${layoutSetting}, and build again.`}`,
        };
      }
      const layout = readLayout(found.output.storageLayout);
      if (layout) return { layout, problem: null };
      return { layout: null, problem: `${missing}: its compiler tells none.` };
    } catch (error) {
      return { layout: null, problem: `${missing}: ${messageOf(error)}` };
    }
  }
}
