import { type Hex, keccak256 } from 'viem';
import { Slices } from './slices.ts';
import {
  fixedLength,
  hashedSlot,
  keyText,
  namespaceSlot,
  perSlot,
  type StorageItem,
  type StorageLayout,
  type StorageType,
  type StorageTypes,
  slotsOf,
  wordDigits,
} from './storage-layout.ts';
import { type StorageRoot, wellKnownStorage } from './well-known-storage.ts';

/** What was hashed by hash, both hex in lower case. */
export type Preimages = ReadonlyMap<string, string>;

/** A value that is kept in a slot, or a part of one. */
export interface StoredPart {
  /** `balances[0x…].amount` */
  name: string;
  type: StorageType;
  /** Bytes from the right of the slot. */
  offset: number;
  slot: bigint;
  /**
   * `value`: a whole one; `length`: of a list; `bytes`: a short string, or the length of a long one;
   * `chunk`: 32 bytes of the long string whose own slot is `owner`; `mapping`: nothing is kept there.
   */
  kind: 'value' | 'length' | 'bytes' | 'chunk' | 'mapping';
  owner: bigint;
}

/** Slots in a row, of which it is known what they hold. */
interface Region {
  base: bigint;
  slots: bigint;
  types: StorageTypes;
  holds:
    | { items: readonly StorageItem[]; prefix: string }
    | { type: StorageType; name: string }
    | { elements: StorageType; name: string }
    | { chunksOf: StoredPart };
}

/** The value of a mapping at a key. */
export interface MappingEntry {
  base: bigint;
  slots: bigint;
}

/** Lists have no end that is known; no hash lies so near to another one. */
const NO_END = 1n << 64n;
/** How far what the layout has in fixed places is looked through for lists and strings. */
const MOST_FIXED = 500;
const MOST_NESTING = 16;
const LIKELY_KEYS = 16n;
/** Regions that are put in their places one by one. */
const FEW = 4;

/** What the slots of one contract hold. */
export class StorageNames {
  #regions: Region[] = [];
  /** By the slots of their mappings. */
  readonly #entries = new Map<bigint, MappingEntry[]>();

  private constructor(layout: StorageLayout | null) {
    const types = layout?.types ?? {};
    const named = Object.entries(layout?.namespaces ?? {}).map(
      ([id, items]): StorageRoot => ({
        base: namespaceSlot(id),
        prefix: `${id.split('.').at(-1)}.`,
        ...{ items, types },
      }),
    );
    const known = new Set(named.map(({ base }) => base));
    const roots = [
      ...(layout ? [{ base: 0n, prefix: '', items: layout.storage, types }] : []),
      ...named,
      ...wellKnownStorage().filter(({ base }) => !known.has(base)),
    ];
    this.#add(roots.map(regionOf));
  }

  /**
   * @param layout null: nothing but what is well known has a name
   * @param preimages what was hashed to find the values of mappings and lists
   */
  static async of(layout: StorageLayout | null, preimages: Preimages): Promise<StorageNames> {
    const names = new StorageNames(layout);
    await names.#follow(preimages);
    return names;
  }

  /** Every part that a slot holds, from the right; empty: it is of nothing that is known. */
  partsAt(slot: bigint): StoredPart[] {
    const region = this.#regionAt(slot);
    if (!region) return [];
    const { holds, types } = region;
    const at = slot - region.base;
    if ('chunksOf' in holds) {
      const { name, type, slot: owner } = holds.chunksOf;
      const from = at * 32n;
      const chunk = `${name}[${from}…${from + 31n}]`;
      return [{ name: chunk, type, offset: 0, slot, kind: 'chunk', owner }];
    }
    const reading = new Parts(types, slot);
    if ('items' in holds) reading.members(holds.items, holds.prefix, at);
    else if ('type' in holds) reading.one(holds.type, holds.name, at, 0);
    else reading.elements(holds.elements, holds.name, at, null);
    return reading.found;
  }

  /**
   * Tries small numbers as keys of the mappings in fixed places: the compiler hashes those that it
   * knows, and the code has nothing but the hash.
   */
  async tryLikelyKeys(): Promise<void> {
    const likely = new Map<string, string>();
    for (const region of this.#regions.filter(({ holds }) => 'items' in holds)) {
      for (const slot of slotsHolding(region)) {
        if (!this.partsAt(slot).some(({ kind }) => kind === 'mapping')) continue;
        for (let key = 0n; key < LIKELY_KEYS; key++) {
          const input: Hex = `0x${wordDigits(key)}${wordDigits(slot)}`;
          likely.set(keccak256(input), input);
        }
      }
    }
    await this.#follow(likely);
  }

  /** The values of the mapping in a slot whose keys are known, in the order in which they were found. */
  entriesOf(slot: bigint): readonly MappingEntry[] {
    return this.#entries.get(slot) ?? [];
  }

  /** Takes the slot of a list or of a string for known, so that what lies behind its hash has names. */
  lookBehind(slot: bigint): void {
    const base = hashedSlot(slot);
    if (this.#regionAt(base)?.base === base) return;
    this.#add(this.#behind(slot, () => base));
  }

  #regionAt(slot: bigint): Region | null {
    const region = this.#regions[this.#placeOf(slot) - 1];
    return region && slot < region.base + region.slots ? region : null;
  }

  /** Behind those that begin at the slot or before it. */
  #placeOf(slot: bigint): number {
    let [low, high] = [0, this.#regions.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#regions[middle] as Region).base <= slot) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** With the lists and strings that they have in fixed places: the compiler may know their hashes. */
  #add(regions: readonly Region[]): void {
    this.#insert(regions);
    const more = regions
      .filter(({ holds }) => 'items' in holds || 'type' in holds)
      .flatMap((region) => {
        return slotsHolding(region).flatMap((slot) => this.#behind(slot, () => hashedSlot(slot)));
      });
    this.#insert(more);
  }

  #insert(regions: readonly Region[]): void {
    if (regions.length <= FEW) {
      for (const region of regions) this.#regions.splice(this.#placeOf(region.base), 0, region);
      return;
    }
    this.#regions = [...this.#regions, ...regions].sort((a, b) =>
      a.base < b.base ? -1 : a.base > b.base ? 1 : 0,
    );
  }

  /** What lies at the hash of a slot that holds a list or a string. */
  #behind(slot: bigint, hashOf: () => bigint): Region[] {
    const types = this.#regionAt(slot)?.types ?? {};
    return this.partsAt(slot).flatMap((part): Region[] => {
      if (part.kind === 'bytes') {
        return [{ base: hashOf(), slots: NO_END, types, holds: { chunksOf: part } }];
      }
      const elements = part.kind === 'length' && types[part.type.base ?? ''];
      if (!elements) return [];
      // The name of the part is that of the length.
      const name = part.name.replace(/\.length$/, '');
      return [{ base: hashOf(), slots: NO_END, types, holds: { elements, name } }];
    });
  }

  /** One level of nesting after the other. */
  async #follow(preimages: Preimages): Promise<void> {
    const slices = new Slices();
    let open = [...preimages].map(([hash, input]) => ({
      base: BigInt(hash),
      key: input.slice(2, -64),
      parent: BigInt(`0x${input.slice(-64)}`),
    }));
    for (let level = 0; level < MOST_NESTING && open.length > 0; level++) {
      const found: Region[] = [];
      const left: typeof open = [];
      for (const hashed of open) {
        const { base, key, parent } = hashed;
        const regions =
          key === '' ? this.#behind(parent, () => base) : this.#valueOf(parent, key, base);
        found.push(...regions);
        if (key !== '') this.#note(parent, regions);
        if (regions.length === 0) left.push(hashed);
        if (slices.isOver()) await slices.next();
      }
      if (found.length === 0) return;
      this.#add(found);
      open = left;
    }
  }

  #note(mapping: bigint, values: readonly Region[]): void {
    if (values.length === 0) return;
    const known = this.#entries.get(mapping) ?? [];
    this.#entries.set(mapping, known);
    known.push(...values.map(({ base, slots }) => ({ base, slots })));
  }

  #valueOf(slot: bigint, key: string, base: bigint): Region[] {
    const types = this.#regionAt(slot)?.types ?? {};
    return this.partsAt(slot).flatMap(({ kind, name, type }): Region[] => {
      const keyType = types[type.key ?? ''];
      const value = types[type.value ?? ''];
      if (kind !== 'mapping' || !keyType || !value) return [];
      if (keyType.encoding !== 'bytes' && key.length !== 64) return [];
      const holds = { type: value, name: `${name}[${keyText(keyType, key)}]` };
      return [{ base, slots: slotsOf(value), types, holds }];
    });
  }
}

function regionOf({ base, prefix, items, types }: StorageRoot): Region {
  let slots = 0n;
  for (const { slot, type } of items) {
    const known = types[type];
    const end = BigInt(slot) + (known ? slotsOf(known) : 1n);
    if (end > slots) slots = end;
  }
  return { base, slots, types, holds: { items, prefix } };
}

function slotsHolding({ base, slots }: Region): bigint[] {
  const length = slots < MOST_FIXED ? Number(slots) : MOST_FIXED;
  return Array.from({ length }, (_, i) => base + BigInt(i));
}

/** What one slot holds. */
class Parts {
  readonly found: StoredPart[] = [];
  readonly #types: StorageTypes;
  readonly #slot: bigint;
  /** Types are from a file, in which a struct may hold itself. */
  #depth = 0;

  constructor(types: StorageTypes, slot: bigint) {
    this.#types = types;
    this.#slot = slot;
  }

  /** @param at the slot, counted from the first one of the members */
  members(items: readonly StorageItem[], prefix: string, at: bigint): void {
    if (this.#depth >= MOST_NESTING) return;
    this.#depth++;
    for (const { label, slot, offset, type } of items) {
      const known = this.#types[type];
      const inside = at - BigInt(slot);
      if (!known || inside < 0n || inside >= slotsOf(known)) continue;
      this.one(known, `${prefix}${label}`, inside, offset);
    }
    this.#depth--;
  }

  /** @param at the slot, counted from the first one of the value */
  one(type: StorageType, name: string, at: bigint, offset: number): void {
    const length = fixedLength(type);
    const base = this.#types[type.base ?? ''];
    if (type.members) {
      this.members(type.members, `${name}.`, at);
    } else if (length !== null && base && base !== type) {
      this.elements(base, name, at, length);
    } else {
      const kind = KINDS[type.encoding] ?? 'value';
      const ofPart = kind === 'length' ? `${name}.length` : name;
      this.found.push({ name: ofPart, type, offset, slot: this.#slot, kind, owner: this.#slot });
    }
  }

  /** @param length null: as many as there are */
  elements(type: StorageType, name: string, at: bigint, length: bigint | null): void {
    const together = perSlot(type);
    const each = slotsOf(type);
    if (together === 1n) this.one(type, `${name}[${at / each}]`, at % each, 0);
    else {
      for (let i = 0n; i < together; i++) {
        const index = at * together + i;
        if (length !== null && index >= length) break;
        this.one(type, `${name}[${index}]`, 0n, Number(i) * Number(type.numberOfBytes));
      }
    }
  }
}

const KINDS: Record<string, StoredPart['kind']> = {
  mapping: 'mapping',
  dynamic_array: 'length',
  bytes: 'bytes',
};
