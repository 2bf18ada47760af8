import { Slices } from './slices.ts';
import {
  bytesText,
  fixedLength,
  hashedSlot,
  namespaceSlot,
  packedValue,
  perSlot,
  type StorageLayout,
  type StorageType,
  type StorageTypes,
  slotsOf,
  storedLength,
} from './storage-layout.ts';
import { type Preimages, StorageNames, type StoredPart } from './storage-names.ts';
import type { StoredPlace } from './stored-place.ts';

/** A variable of a contract, or a part of one, as it is stored. */
export interface StoredVariable {
  /** `owner`, `spot.to`, `list.length`, `list[0]`, `balances[0x…]` */
  name: string;
  type: string;
  /** null: it has none of its own, as a mapping, or it is too long to be read here. */
  value: string | null;
  /** Hex. */
  slot: string;
  /** Bytes from the right of its slot. */
  offset: number;
  /** Of a list how many elements it has, of a mapping how many keys are known; decimal. */
  total: string | null;
}

export interface StoredVariables {
  variables: StoredVariable[];
  /** Lists, mappings or strings are not there as a whole. */
  isCut: boolean;
}

/** Reads words, hex, of slots in their order. */
export type ReadSlots = (slots: readonly bigint[]) => Promise<string[]>;

/** Elements of one list, or keys of one mapping, from one on. */
export interface Page {
  from: bigint;
  limit: bigint;
}

/** What is read at most of fixed places, of each list, and of each string; in slots. */
const MOST_FIXED = 1000;
const MOST_OF_LIST = 50n;
const MOST_OF_BYTES = 128;
/** Of a string that is asked for by itself. */
const MOST_OF_ASKED_BYTES = 4096;
/** Lists that are followed: those of structs in a list have lists, too. */
const MOST_LISTS = 100;
/** Of each mapping, and what the value at one of them takes at most. */
const MOST_KEYS = 50n;
const MOST_OF_VALUE = 100n;

/**
 * The variables that a layout has, with elements of lists and known keys of mappings, in the order of
 * their slots.
 *
 * @param preimages what was hashed to find values of mappings
 */
export async function storedVariables(
  layout: StorageLayout,
  preimages: Preimages,
  read: ReadSlots,
): Promise<StoredVariables> {
  const names = await StorageNames.of(layout, preimages);
  const { slots, isCut } = fixedSlots(layout);
  const reading = new VariableReader(names, layout.types ?? {}, read);
  await reading.all(slots);
  return { variables: reading.found, isCut: isCut || reading.isCut };
}

/**
 * One variable, or a part of one, with all that it consists of.
 *
 * @returns also the element or key to go on with; null: there are no more
 */
export async function storedAt(
  { name, type, slot, known }: StoredPlace,
  layout: StorageLayout,
  preimages: Preimages,
  read: ReadSlots,
  page: Page,
): Promise<StoredVariables & { next: bigint | null }> {
  const names = await StorageNames.of(layout, new Map([...preimages, ...known]));
  const types = layout.types ?? {};
  const reading = new VariableReader(names, types, read, { slot, page });
  const length = fixedLength(type);
  const element = types[type.base ?? ''];
  const isOf = (one: StoredVariable) =>
    one.name === name || (one.name.startsWith(name) && /^[.[]/.test(one.name.slice(name.length)));
  if (length !== null && element) {
    const end = least(length, page.from + page.limit);
    await reading.all(slotsOfElements(element, slot, page.from, end));
    const isShown = isBetween(name, page.from, end);
    const variables = reading.found.filter((one) => isOf(one) && isShown(one));
    return { variables, isCut: reading.isCut, next: end < length ? end : null };
  }
  const slots = slotsOf(type);
  const most = BigInt(MOST_FIXED);
  await reading.all(following(slot, Number(least(slots, most))));
  return {
    variables: reading.found.filter(isOf),
    isCut: reading.isCut || slots > most,
    next: reading.next,
  };
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

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

const following = (first: bigint, count: number): bigint[] =>
  Array.from({ length: count }, (_, i) => first + BigInt(i));

const mostElements = (element: StorageType): bigint =>
  perSlot(element) > 1n ? MOST_OF_LIST * perSlot(element) : MOST_OF_LIST / slotsOf(element) || 1n;

/** Where elements from one up to another lie in a list that begins at a slot. */
function slotsOfElements(element: StorageType, base: bigint, from: bigint, end: bigint): bigint[] {
  if (end <= from) return [];
  const together = perSlot(element);
  if (together === 1n) {
    const each = slotsOf(element);
    return following(base + from * each, Number((end - from) * each));
  }
  const first = from / together;
  return following(base + first, Number((end - 1n) / together - first + 1n));
}

/** Whether a variable is an element of a list from one up to another, or a part of one. */
const isBetween = (name: string, from: bigint, end: bigint) => (one: StoredVariable) => {
  const index = one.name.startsWith(name) && /^\[(\d+)\]/.exec(one.name.slice(name.length))?.[1];
  return Boolean(index) && BigInt(index || 0) >= from && BigInt(index || 0) < end;
};

class VariableReader {
  readonly found: StoredVariable[] = [];
  isCut = false;
  /** Of what is paged. */
  next: bigint | null = null;
  #lists = 0;
  readonly #names: StorageNames;
  readonly #types: StorageTypes;
  readonly #read: ReadSlots;
  readonly #paged: { slot: bigint; page: Page } | null;
  readonly #slices = new Slices();

  /** @param paged the list or mapping in a slot of which a page is read; of others the beginning is */
  constructor(
    names: StorageNames,
    types: StorageTypes,
    read: ReadSlots,
    paged: { slot: bigint; page: Page } | null = null,
  ) {
    this.#names = names;
    this.#types = types;
    this.#read = read;
    this.#paged = paged;
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
    if (kind === 'mapping') await this.#mapping(part);
    else if (kind === 'bytes') this.#add(part, await this.#bytes(part, word));
    else if (kind === 'value') this.#add(part, packedValue(type, word, offset));
    else if (kind === 'length') await this.#list(part, BigInt(word));
  }

  async #mapping(part: StoredPart): Promise<void> {
    const entries = this.#names.entriesOf(part.slot);
    const total = BigInt(entries.length);
    this.#add(part, null, total);
    if (total === 0n || this.#isTooMany()) return;
    const { from, end } = this.#pageOf(part, total, MOST_KEYS);
    const slots = entries
      .slice(Number(from), Number(end))
      .flatMap(({ base, slots: size }) => following(base, Number(least(size, MOST_OF_VALUE))));
    await this.all(slots);
  }

  async #bytes({ type, slot }: StoredPart, word: string): Promise<string | null> {
    const length = storedLength(word);
    if (length <= 31) return bytesText(type, word.slice(2, 2 + length * 2));
    const count = Math.ceil(length / 32);
    const most = slot === this.#paged?.slot ? MOST_OF_ASKED_BYTES : MOST_OF_BYTES;
    if (count > most) {
      this.isCut = true;
      return null;
    }
    const chunks = await this.#read(following(hashedSlot(slot), count));
    const digits = chunks.map((chunk) => chunk.slice(2)).join('');
    return bytesText(type, digits.slice(0, length * 2));
  }

  async #list(part: StoredPart, length: bigint): Promise<void> {
    const element = this.#types[part.type.base ?? ''];
    this.#add({ ...part, type: { ...part.type, label: 'uint256' } }, String(length), length);
    if (length === 0n || !element || this.#isTooMany()) return;
    const name = part.name.replace(/\.length$/, '');
    const { from, end } = this.#pageOf(part, length, mostElements(element));
    this.#names.lookBehind(part.slot);
    const before = this.found.length;
    await this.all(slotsOfElements(element, hashedSlot(part.slot), from, end));
    // The last slot has room, and names, for more elements than there are.
    this.found.push(...this.found.splice(before).filter(isBetween(name, from, end)));
  }

  #pageOf({ slot }: StoredPart, total: bigint, most: bigint): { from: bigint; end: bigint } {
    const isPaged = slot === this.#paged?.slot;
    const { from, limit } = isPaged ? this.#paged.page : { from: 0n, limit: most };
    const end = least(total, from + limit);
    if (end < total) {
      if (isPaged) this.next = end;
      else this.isCut = true;
    }
    return { from: least(from, end), end };
  }

  #isTooMany(): boolean {
    this.#lists += 1;
    if (this.#lists <= MOST_LISTS) return false;
    this.isCut = true;
    return true;
  }

  #add({ name, type, slot, offset }: StoredPart, value: string | null, total?: bigint): void {
    this.found.push({
      ...{ name, type: type.label, value, slot: `0x${slot.toString(16)}`, offset },
      total: total === undefined ? null : String(total),
    });
  }
}
