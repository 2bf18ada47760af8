import type { KindInfo } from '../shared/kind.ts';
import type { OpenArtifacts } from './artifacts.ts';
import type { CompileCache } from './compile-cache.ts';
import type { Kind } from './kind.ts';

/** What kinds are given by the core. */
export interface KindDependencies {
  dataFolder: string;
  /** Nothing is kept without one. */
  compileCache?: CompileCache;
}

/** A kind that is loaded when it is first needed. */
export interface KindEntry {
  info: KindInfo;
  load(deps: KindDependencies): Promise<Kind>;
  /** For its projects' build output; loaded without the kind, in a process of its own. Absent: there is none. */
  artifacts?(): Promise<OpenArtifacts>;
}

/** The kinds that there are, in the order in which a folder is looked at. */
export class Kinds {
  readonly #entries: readonly KindEntry[];
  readonly #deps: KindDependencies;
  readonly #loaded = new Map<string, Promise<Kind>>();

  constructor(entries: readonly KindEntry[], deps: KindDependencies) {
    this.#entries = entries;
    this.#deps = deps;
  }

  infos(): KindInfo[] {
    return this.#entries.map(({ info }) => info);
  }

  info(id: string): KindInfo {
    return this.#entry(id).info;
  }

  /** Whether builds of its projects leave something that can be read. */
  hasArtifacts(id: string): boolean {
    return this.#entry(id).artifacts !== undefined;
  }

  async get(id: string): Promise<Kind> {
    const loaded = this.#loaded.get(id) ?? this.#entry(id).load(this.#deps);
    this.#loaded.set(id, loaded);
    return loaded;
  }

  all(): Promise<Kind[]> {
    return Promise.all(this.#entries.map(({ info }) => this.get(info.id)));
  }

  async close(): Promise<void> {
    const loaded = await Promise.allSettled(this.#loaded.values());
    for (const one of loaded) if (one.status === 'fulfilled') one.value.close();
  }

  #entry(id: string): KindEntry {
    const entry = this.#entries.find(({ info }) => info.id === id);
    if (entry) return entry;
    throw new Error(`there is no kind ${id}`);
  }
}
