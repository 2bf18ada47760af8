import { type Hex, keccak256 } from 'viem';
import {
  fixedLength,
  hashedSlot,
  keyDigits,
  keyText,
  namespaceSlot,
  perSlot,
  type StorageItem,
  type StorageLayout,
  type StorageType,
  slotsOf,
  wordDigits,
} from './storage-layout.ts';

/** Where a variable, or a part of one, is stored. */
export interface StoredPlace {
  /** As the layout and its keys have it: `balances[0x…].amount`. */
  name: string;
  type: StorageType;
  slot: bigint;
  /** What is hashed on the way, by hash. */
  known: ReadonlyMap<string, string>;
}

/** A path that leads nowhere; the message says where it ends, in a sentence. */
export class NoSuchVariable extends Error {}

export interface PlaceOptions {
  /** The address that a key stands for; null: for none. */
  addressOf: (text: string) => string | null;
  /** Reads a slot. */
  wordAt: (slot: bigint) => Promise<bigint>;
}

type Step = { member: string } | { key: string };

const MOST_STEPS = 32;
const MOST_LISTED = 20;

/** Finds what a path like `balances[0x…]`, `boxes[2].label` or `main.owner` means. Throws NoSuchVariable. */
export async function storedPlace(
  layout: StorageLayout,
  path: string,
  options: PlaceOptions,
): Promise<StoredPlace> {
  const [first, ...steps] = stepsOf(path);
  if (!first || !('member' in first)) throw new NoSuchVariable(`"${path}" names no variable.`);
  return new Walk(layout, options).go(first.member, steps);
}

/** Keys may be quoted, as JSON has it. */
const STEP = /\s*(?:\.?\s*([\p{L}_$][\p{L}\p{N}_$]*)|\[\s*("(?:[^"\\]|\\.)*"|[^\]"]*)\s*\])/uy;

function stepsOf(path: string): Step[] {
  const steps: Step[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.trimEnd().length) {
    const at = STEP.lastIndex;
    const found = STEP.exec(path);
    if (!found || steps.length >= MOST_STEPS) {
      throw new NoSuchVariable(
        `"${path.slice(at)}" can't be read. Write variables as in balances[0x…], boxes[2].label or named["a text"].`,
      );
    }
    const [, member, key = ''] = found;
    steps.push(member === undefined ? { key: unquoted(key.trim()) } : { member });
  }
  return steps;
}

function unquoted(key: string): string {
  if (!key.startsWith('"')) return key;
  try {
    return String(JSON.parse(key));
  } catch {
    return key.slice(1, -1);
  }
}

class Walk {
  readonly #layout: StorageLayout;
  readonly #options: PlaceOptions;
  readonly #known = new Map<string, string>();

  constructor(layout: StorageLayout, options: PlaceOptions) {
    this.#layout = layout;
    this.#options = options;
  }

  async go(variable: string, steps: readonly Step[]): Promise<StoredPlace> {
    let [at, left] = this.#variable(variable, steps);
    for (const step of left) {
      at = 'member' in step ? this.#member(at, step.member) : await this.#element(at, step.key);
    }
    return { ...at, known: this.#known };
  }

  /** One of a namespace comes after its name, as in `main.owner`. */
  #variable(variable: string, steps: readonly Step[]): [At, readonly Step[]] {
    const { storage, namespaces = {} } = this.#layout;
    const own = storage.find(({ label }) => label === variable);
    if (own) return [this.#at(own, 0n, ''), steps];
    const id = Object.keys(namespaces).find((one) => one.split('.').at(-1) === variable);
    const [next, ...rest] = steps;
    if (id !== undefined && next && 'member' in next) {
      const item = namespaces[id]?.find(({ label }) => label === next.member);
      if (item) return [this.#at(item, namespaceSlot(id), `${variable}.`), rest];
    }
    throw new NoSuchVariable(
      `There is no variable ${variable}. There is: ${listed(storage.map(({ label }) => label))}.`,
    );
  }

  #member({ name, type, slot }: At, member: string): At {
    const item = type.members?.find(({ label }) => label === member);
    if (item) return this.#at(item, slot, `${name}.`);
    const has = type.members ? ` It has: ${listed(type.members.map(({ label }) => label))}.` : '';
    throw new NoSuchVariable(`${name} (${type.label}) has no ${member}.${has}`);
  }

  #at({ label, slot, type }: StorageItem, base: bigint, prefix: string): At {
    const name = `${prefix}${label}`;
    return { name, type: this.#type(type, name), slot: base + BigInt(slot) };
  }

  async #element(at: At, key: string): Promise<At> {
    const { name, type, slot } = at;
    if (type.encoding === 'mapping') return this.#value(at, key);
    const length = fixedLength(type);
    if (length === null && type.encoding !== 'dynamic_array') {
      throw new NoSuchVariable(`${name} (${type.label}) has no elements.`);
    }
    const count = length ?? (await this.#options.wordAt(slot));
    const index = /^\d{1,78}$/.test(key) ? BigInt(key) : -1n;
    if (index < 0n || index >= count) {
      throw new NoSuchVariable(`${name} has ${count} elements: there is no [${key}].`);
    }
    const element = this.#type(type.base, name);
    const first = length === null ? this.#hashed(slot) : slot;
    const together = perSlot(element);
    const inside = together > 1n ? index / together : index * slotsOf(element);
    return { name: `${name}[${index}]`, type: element, slot: first + inside };
  }

  #value({ name, type, slot }: At, key: string): At {
    const keyType = this.#type(type.key, name);
    const digits = keyDigits(keyType, key, this.#options.addressOf);
    if (digits === undefined) {
      throw new NoSuchVariable(
        `The keys of ${name} are of type ${keyType.label}: "${key}" is none.`,
      );
    }
    const input: Hex = `0x${digits}${wordDigits(slot)}`;
    const hash = keccak256(input);
    this.#known.set(hash, input);
    const value = this.#type(type.value, name);
    return { name: `${name}[${keyText(keyType, digits)}]`, type: value, slot: BigInt(hash) };
  }

  #hashed(slot: bigint): bigint {
    const base = hashedSlot(slot);
    this.#known.set(`0x${base.toString(16).padStart(64, '0')}`, `0x${wordDigits(slot)}`);
    return base;
  }

  #type(id: string | undefined, name: string): StorageType {
    const type = this.#layout.types?.[id ?? ''];
    if (type) return type;
    throw new NoSuchVariable(`The layout doesn't say what ${name} is made of.`);
  }
}

type At = Omit<StoredPlace, 'known'>;

const listed = (names: readonly string[]): string => {
  const more = names.length > MOST_LISTED ? `, and ${names.length - MOST_LISTED} more` : '';
  return names.length === 0 ? 'none' : names.slice(0, MOST_LISTED).join(', ') + more;
};
