import type { CompilerStorageLayout } from '../../eth/artifact.ts';
import { messageOf } from '../../shared/errors.ts';
import type { CompileAgain, CompiledAgain } from '../../solidity/compiler/compile-again.ts';
import type { StoredOf } from './storage-check.ts';

interface StoredDependencies {
  layoutOf: (
    artifact: number,
  ) => Promise<{ layout: CompilerStorageLayout | null; problem: string | null }>;
  recompile: (
    artifact: number,
    ask: CompileAgain,
  ) => Promise<CompiledAgain | { problem: string } | null>;
}

const NAMESPACES = { outputs: ['storageLayout'], namespaces: true, as: 'plain' } as const;

const MOST_KEPT = 200;

/** What compiled contracts store: their variables, and structs at places of their own. */
export class StoredContracts {
  readonly #deps: StoredDependencies;
  /** An artifact never changes. */
  readonly #known = new Map<number, StoredOf>();

  constructor(deps: StoredDependencies) {
    this.#deps = deps;
  }

  async of(artifact: number): Promise<StoredOf> {
    const known = this.#known.get(artifact);
    if (known) return known;
    const found = await this.#told(artifact);
    if (this.#known.size >= MOST_KEPT) this.#known.clear();
    if (!('problem' in found)) this.#known.set(artifact, found);
    return found;
  }

  async #told(artifact: number): Promise<StoredOf> {
    const { layout, problem } = await this.#deps.layoutOf(artifact);
    if (!layout) return { problem: problem ?? 'The layout of its storage is not known.' };
    try {
      const again = await this.#deps.recompile(artifact, NAMESPACES);
      if (!again)
        return unknown('it is in no build output any more, and its sources were not kept');
      if ('problem' in again) return unknown(again.problem);
      return { layout, namespaces: again.namespaces };
    } catch (error) {
      return unknown(messageOf(error));
    }
  }
}

const unknown = (why: string) => ({ problem: `Its namespaces are not known: ${why}.` });
