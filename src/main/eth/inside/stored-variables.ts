import { Slices } from './slices.ts';
import {
  bytesText,
  hashedSlot,
  namespaceSlot,
  packedValue,
  perSlot,
  type StorageLayout,
  type StorageTypes,
  slotsOf,
  storedLength,
} from './storage-layout.ts';
import { StorageNames, type StoredPart } from './storage-names.ts';

/** A variable of a contract, or a part of one, as it is stored. */
export interface StoredVariable {
  /** `owner`, `spot.to`, `list.length`, `list[0]` */
  name: string;
  type: string;
  /** null: it has none of its own, as a mapping, or it is too long to be read here. */
  value: string | null;
  /** Hex. */
  slot: string;
  /** Bytes from the right of its slot. */
  offset: number;
}

/** Reads words, hex, of slots in their order. */
export type ReadSlots = (slots: readonly bigint[]) => Promise<string[]>;

/** What is read at most of fixed places, of each list, and of each string; in slots. */
const MOST_FIXED = 1000;
const MOST_OF_LIST = 50n;
const MOST_OF_BYTES = 128;
/** Lists that are followed: those of structs in a list have lists, too. */
const MOST_LISTS = 100;

/** The variables that a layout has, with elements of lists, in the order of their slots. */
export async function storedVariables(
  layout: StorageLayout,
  read: ReadSlots,
): Promise<{ variables: StoredVariable[]; isCut: boolean }> {
  const names = await StorageNames.of(layout, new Map());
  const { slots, isCut } = fixedSlots(layout);
  const reading = new VariableReader(names, layout.types ?? {}, read);
  await reading.all(slots);
  return { variables: reading.found, isCut: isCut || reading.isCut };
}

function fixedSlots(layout: StorageLayout): { slots: bigint[]; isCut: boolean } {
  const types = layout.types ?? {};
  const places = [
    { base: 0n, items: layout.storage },
    ...Object.entries(layout.namespaces ?? {}).map(([id, items]) => ({
      ...{ base: namespaceSlot(id), items },
    })),
  ];
  const slots = new Set<bigint>();
  for (const { base, items } of places) {
    for (const { slot, type } of items) {
      const known = types[type];
      const size = known ? slotsOf(known) : 1n;
      for (let i = 0n; i < size; i++) {
        if (slots.size >= MOST_FIXED) return { slots: [...slots], isCut: true };
        slots.add(base + BigInt(slot) + i);
      }
    }
  }
  return { slots: [...slots], isCut: false };
}

class VariableReader {
  readonly found: StoredVariable[] = [];
  isCut = false;
  #lists = 0;
  readonly #names: StorageNames;
  readonly #types: StorageTypes;
  readonly #read: ReadSlots;
  readonly #slices = new Slices();

  constructor(names: StorageNames, types: StorageTypes, read: ReadSlots) {
    this.#names = names;
    this.#types = types;
    this.#read = read;
  }

  async all(slots: readonly bigint[]): Promise<void> {
    const words = await this.#read(slots);
    for (const [i, slot] of slots.entries()) {
      for (const part of this.#names.partsAt(slot)) await this.#part(part, words[i] ?? '0x');
      if (this.#slices.isOver()) await this.#slices.next();
    }
  }

  async #part(part: StoredPart, word: string): Promise<void> {
    const { kind, type, offset } = part;
    if (kind === 'mapping') this.#add(part, null);
    else if (kind === 'bytes') this.#add(part, await this.#bytes(part, word));
    else if (kind === 'value') this.#add(part, packedValue(type, word, offset));
    else if (kind === 'length') await this.#list(part, BigInt(word));
  }

  async #bytes({ type, slot }: StoredPart, word: string): Promise<string | null> {
    const length = storedLength(word);
    if (length <= 31) return bytesText(type, word.slice(2, 2 + length * 2));
    const count = Math.ceil(length / 32);
    if (count > MOST_OF_BYTES) {
      this.isCut = true;
      return null;
    }
    const chunks = await this.#read(following(hashedSlot(slot), count));
    const digits = chunks.map((chunk) => chunk.slice(2)).join('');
    return bytesText(type, digits.slice(0, length * 2));
  }

  async #list(part: StoredPart, length: bigint): Promise<void> {
    this.#add({ ...part, type: { ...part.type, label: 'uint256' } }, String(length));
    if (length === 0n) return;
    const name = part.name.replace(/\.length$/, '');
    this.#lists += 1;
    if (this.#lists > MOST_LISTS) {
      this.isCut = true;
      return;
    }
    const before = this.found.length;
    const whole = this.#slotsOfList(part, length);
    const most = whole < MOST_OF_LIST ? whole : MOST_OF_LIST;
    await this.all(following(hashedSlot(part.slot), Number(most)));
    if (most < whole) this.isCut = true;
    // The last slot has room, and names, for more elements than there are.
    const isOf = (one: StoredVariable) => {
      const index = /^\d+/.exec(one.name.slice(name.length + 1))?.[0];
      return index !== undefined && BigInt(index) < length;
    };
    this.found.push(...this.found.splice(before).filter(isOf));
  }

  #slotsOfList({ type }: StoredPart, length: bigint): bigint {
    const element = this.#types[type.base ?? ''];
    if (!element) return 0n;
    const together = perSlot(element);
    return together > 1n ? (length + together - 1n) / together : length * slotsOf(element);
  }

  #add({ name, type, slot, offset }: StoredPart, value: string | null): void {
    this.found.push({ name, type: type.label, value, slot: `0x${slot.toString(16)}`, offset });
  }
}

const following = (first: bigint, count: number): bigint[] =>
  Array.from({ length: count }, (_, i) => first + BigInt(i));
