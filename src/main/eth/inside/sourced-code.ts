import type { SourceMap } from './source-map.ts';
import type { Declaration } from './source-outline.ts';
import type { SourceText } from './source-text.ts';

/** A part of a source file, in bytes. */
export interface Place {
  source: SourceText;
  start: number;
  length: number;
  /** The innermost one around it. */
  declaration: Declaration | null;
}

/** What a call runs that names no function. */
const NAMELESS = ['fallback', 'receive'];

/** Code with the sources that it comes from. Equal places are the same object. */
export class SourcedCode {
  readonly map: SourceMap;
  /** It was compiled by way of Yul, which mixes the code of functions. */
  readonly viaIr: boolean;
  readonly #entries: ReadonlyMap<string, string> | null;
  readonly #sources: ReadonlyMap<number, SourceText>;
  readonly #places: (Place | null | undefined)[] = [];
  readonly #byRange = new Map<string, Place>();
  #coded: Map<string, Declaration[]> | null = null;
  #written: Map<string, Declaration[]> | null = null;

  /**
   * @param sources by the compiler's numbers, without those that it generates itself
   * @param compiled `entries`: names of the functions that a call can go to, by their selectors;
   *   null: it is the code of a creation; absent: there are none
   */
  constructor(
    map: SourceMap,
    sources: ReadonlyMap<number, SourceText>,
    compiled: { viaIr?: boolean; entries?: ReadonlyMap<string, string> | null } = {},
  ) {
    this.map = map;
    this.viaIr = compiled.viaIr ?? false;
    this.#entries = compiled.entries === undefined ? new Map() : compiled.entries;
    this.#sources = sources;
  }

  /** The files that it comes from. */
  get sources(): SourceText[] {
    return [...this.#sources.values()];
  }

  /**
   * The functions that a call with this input, hex, may begin in: more than one has the name of the
   * function that is called. Those of which there is code go before those of the sources.
   */
  entered(input: string): readonly Declaration[] {
    const called = this.#entries?.get(input.slice(0, 10).toLowerCase());
    const names = this.#entries === null ? ['constructor'] : called ? [called] : NAMELESS;
    this.#coded ??= namedFunctions([...this.places()].map(([, { declaration }]) => declaration));
    const coded = names.flatMap((name) => this.#coded?.get(name) ?? []);
    if (coded.length > 0) return coded;
    this.#written ??= namedFunctions(this.sources.flatMap(({ declarations }) => declarations));
    return names.flatMap((name) => this.#written?.get(name) ?? []);
  }

  /** Where the instruction at a position in the code comes from; null: from no known source. */
  placeAt(pc: number): Place | null {
    const known = this.#places[pc];
    if (known !== undefined) return known;
    const place = this.#findPlace(pc);
    this.#places[pc] = place;
    return place;
  }

  /** Every instruction that comes from a known source, by its position in the code. */
  *places(): Generator<[pc: number, place: Place]> {
    for (let pc = 0; pc < this.map.length; pc++) {
      const place = this.placeAt(pc);
      if (place) yield [pc, place];
    }
  }

  #findPlace(pc: number): Place | null {
    const range = this.map.rangeAt(pc);
    const source = range && this.#sources.get(range.file);
    if (!source) return null;
    const { file, start, length } = range;
    const key = `${file}:${start}:${length}`;
    const known = this.#byRange.get(key);
    if (known) return known;
    const place = { source, start, length, declaration: source.declarationAt(start, length) };
    this.#byRange.set(key, place);
    return place;
  }
}

function namedFunctions(all: Iterable<Declaration | null>): Map<string, Declaration[]> {
  const functions = [...new Set(all)].filter((one) => one?.kind === 'function');
  return Map.groupBy(functions as Declaration[], ({ name }) => name);
}

/** Whether it lies in a function or modifier, and isn't a contract as a whole. */
export const isInFunction = ({ declaration }: Place): boolean =>
  declaration !== null && declaration.kind !== 'contract';

/** Whether it is no more than the function or modifier around it as a whole. */
export const isWholeFunction = (place: Place): boolean =>
  isInFunction(place) &&
  place.start === place.declaration?.start &&
  place.start + place.length === place.declaration.end;
