import type { AbiEvent, AbiFunction } from 'viem';
import { CodeIndex } from '../../eth/code-index.ts';
import type { CompiledContract } from '../../eth/compiled-contract.ts';
import type { AbiError } from '../../eth/inside/abi-index.ts';
import { bytesOf, digestOf, headOf, type PackedCode, unpackJson } from './packed.ts';
import type { ArtifactsStore, CandidateRow } from './store.ts';

/** An artifact that fits some code. */
export interface ArtifactMatch {
  id: number;
  name: string;
  source: string;
  /** The encoded arguments, hex digits without 0x; null: they are not known from this code. */
  constructorArguments: string | null;
}

/** Of those alike, what a project has is named before what others have; ids of projects. */
interface Preference {
  project?: number;
}

const digitsOf = (code: string): string => code.replace(/^0x/, '').toLowerCase();

/** Finds what compilers have left. Takes a millisecond or less, but for code that thousands share. */
export class ArtifactLookup {
  readonly #store: ArtifactsStore;

  constructor(store: ArtifactsStore) {
    this.#store = store;
  }

  /** By what stands at an address. `code`: hex. */
  byRuntime(code: string, { project }: Preference = {}): ArtifactMatch | null {
    const digits = digitsOf(code);
    const found = this.#store.byRuntime(digits.length / 2, project ?? null);
    return match(found, (index) => index.byRuntime(digits));
  }

  /** By what a transaction or a contract has created it with. `code`: hex, with its arguments. */
  byCreation(code: string, { project }: Preference = {}): ArtifactMatch | null {
    const digits = digitsOf(code);
    const bytes = Buffer.from(digits, 'hex');
    const head = headOf(digits);
    const lengths = this.#store.creationLengths(head, bytes.length).toSorted((a, b) => b - a);
    for (const length of lengths) {
      const hash = digestOf(bytes.subarray(0, length));
      const found = this.#store.byCreation(head, length, hash, project ?? null);
      const fitting = match(found, (index) => index.byCreation(digits));
      if (fitting) return fitting;
    }
    return null;
  }

  /** The likeliest first; `selector` with 0x. */
  functions(selector: string, preference?: Preference): AbiFunction[] {
    return this.#entries('function', selector, preference);
  }

  errors(selector: string, preference?: Preference): AbiError[] {
    return this.#entries('error', selector, preference);
  }

  events(topic: string, preference?: Preference): AbiEvent[] {
    return this.#entries('event', topic, preference);
  }

  /** All events of a name; it looks through those of all compilers' output. */
  eventsNamed(name: string, { project }: Preference = {}): AbiEvent[] {
    return this.#store
      .eventsNamed(name, project ?? null)
      .map((entry) => JSON.parse(entry) as AbiEvent);
  }

  #entries<T>(
    kind: 'function' | 'error' | 'event',
    hash: string,
    { project }: Preference = {},
  ): T[] {
    return this.#store
      .entries(kind, bytesOf(hash), project ?? null)
      .map((entry) => JSON.parse(entry) as T);
  }
}

/** @param rows the likeliest first */
function match(
  rows: readonly CandidateRow[],
  find: (index: CodeIndex) => ReturnType<CodeIndex['byRuntime']>,
): ArtifactMatch | null {
  const rowOf = new Map<CompiledContract, CandidateRow>();
  for (const [rank, row] of rows.entries()) {
    const code = unpackJson<PackedCode>(row.code);
    rowOf.set({ name: row.name, source: row.source, abi: [], ...code, rank }, row);
  }
  const found = find(new CodeIndex(rowOf.keys()));
  const row = found && rowOf.get(found.contract);
  if (!found || !row) return null;
  const { id, name, source } = row;
  return { id, name, source, constructorArguments: found.constructorArguments };
}
