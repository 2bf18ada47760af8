import { keccak256 } from 'viem';
import type { Snapshot } from '../../eth/inside/frame-tracer.ts';
import { firstPart } from '../../eth/inside/frame-values.ts';
import type { SourceFrame } from '../../eth/inside/running-code.ts';
import type { StackedFunction } from '../../eth/inside/source-stack.ts';
import type { SourceStructs, SourceType } from '../../eth/inside/source-types.ts';
import type { StorageLayout } from '../../eth/inside/storage-layout.ts';
import { type Preimages, StorageNames } from '../../eth/inside/storage-names.ts';
import { NoSuchVariable, storedPlace } from '../../eth/inside/stored-place.ts';
import { storedAt } from '../../eth/inside/stored-variables.ts';
import type { RanAgain } from './source-runs.ts';
import type { SourceVariables } from './source-variables.ts';

/** Elements of a list, and of all that is told of one value, characters. */
const MOST_ELEMENTS = 20n;
const MOST_TEXT = 1000;

interface KnownStorage {
  layout: StorageLayout;
  names: StorageNames;
}

type StoredAt = Awaited<ReturnType<typeof storedAt>>;

/** The value that a slot had is no longer known. */
class UnknownWord extends Error {}

/** What pointers into storage lead to, by the names of the variables there. */
export class StoredNames {
  readonly #ran: RanAgain;
  readonly #variables: SourceVariables;
  readonly #hashed: readonly string[];
  readonly #known = new Map<number, Promise<KnownStorage | null>>();
  #preimages: Preimages | undefined;

  /** @param hashed until then, hex */
  constructor(ran: RanAgain, variables: SourceVariables, hashed: readonly string[]) {
    this.#ran = ran;
    this.#variables = variables;
    this.#hashed = hashed;
  }

  /** `markets[1] { debt: 5 }`, without the value where that isn't known, or the slot without a name. */
  async at(
    { frame, call }: StackedFunction,
    slot: bigint,
    { type, structs, snapshot }: { type: SourceType; structs: SourceStructs; snapshot: Snapshot },
  ): Promise<string> {
    const end = firstPart(type, structs);
    for (const artifact of this.#artifactsOf(frame, call)) {
      const known = await this.#knownOf(artifact);
      const [first] = known?.names.partsAt(slot) ?? [];
      if (known && first?.name.endsWith(end) && first.offset === 0) {
        const name = first.name.slice(0, first.name.length - end.length);
        const value = await this.#valueOf(known.layout, name, slot, snapshot);
        return value === null ? name : `${name} ${value}`;
      }
    }
    return `slot 0x${slot.toString(16)}`;
  }

  /** null: a slot of it isn't known. */
  async #valueOf(
    layout: StorageLayout,
    name: string,
    slot: bigint,
    { address, written }: Snapshot,
  ): Promise<string | null> {
    const wordAt = async (at: bigint): Promise<string> => {
      const word = written[at.toString(16)];
      if (word !== undefined) return `0x${word.padStart(64, '0')}`;
      const before = await this.#ran.wordBefore(address, at);
      if (before === null) throw new UnknownWord();
      return `0x${BigInt(before).toString(16).padStart(64, '0')}`;
    };
    try {
      const place = await storedPlace(layout, name, {
        addressOf: () => null,
        wordAt: async (at) => BigInt(await wordAt(at)),
      });
      if (place.slot !== slot) return null;
      const read = (slots: readonly bigint[]) => Promise.all(slots.map(wordAt));
      const page = { from: 0n, limit: MOST_ELEMENTS };
      const found = await storedAt(place, layout, this.#hashes(), read, page);
      return storedText(name, found);
    } catch (error) {
      if (error instanceof UnknownWord || error instanceof NoSuchVariable) return null;
      throw error;
    }
  }

  /** Of the code itself, and of what has it work on its storage: a library has none of its own. */
  *#artifactsOf(frame: SourceFrame, call: number): Generator<number> {
    let at: SourceFrame | null = frame;
    for (let number: number | null = call; at; number = at?.call ?? null) {
      const code = number === null ? null : this.#ran.codeOf(number);
      if (code) yield code.artifact;
      if (number === null || this.#ran.calls[number]?.type !== 'DELEGATECALL') return;
      while (at && at.call === number) at = at.caller;
    }
  }

  #knownOf(artifact: number): Promise<KnownStorage | null> {
    const known = this.#known.get(artifact) ?? this.#read(artifact);
    this.#known.set(artifact, known);
    return known;
  }

  async #read(artifact: number): Promise<KnownStorage | null> {
    const layout = await this.#variables.layoutOf(artifact);
    return layout && { layout, names: await StorageNames.of(layout, this.#hashes()) };
  }

  #hashes(): Preimages {
    this.#preimages ??= new Map(
      this.#hashed.map((input) => [keccak256(input as `0x${string}`), input]),
    );
    return this.#preimages;
  }
}

/** `{ debt: 5 }` of a struct, `{ length: 1, [0]: 7 }` of a list, `= 5` of a single value. */
function storedText(name: string, { variables, isCut, next }: StoredAt): string | null {
  const parts = variables.flatMap((one) => {
    const isMapping = one.value === null && one.total !== null;
    const part = one.name.slice(name.length).replace(/^\./, '');
    return isMapping ? [] : [{ part, value: one.value ?? '…' }];
  });
  const [only] = parts;
  if (!only) return null;
  if (parts.length === 1 && only.part === '') return `= ${only.value}`;
  const all = parts.map(({ part, value }) => `${part || 'length'}: ${value}`);
  if (isCut || next !== null) all.push('…');
  const text = `{ ${all.join(', ')} }`;
  return text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text;
}
