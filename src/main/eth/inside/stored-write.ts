import {
  fixedLength,
  hashedSlot,
  keyDigits,
  type StorageLayout,
  type StorageType,
  storedLength,
  wordDigits,
} from './storage-layout.ts';
import { StorageNames } from './storage-names.ts';
import {
  NoSuchVariable,
  type PlaceOptions,
  type StoredPlace,
  storedPlace,
} from './stored-place.ts';

/** A slot, and the word that it is to hold; hex, 32 bytes. */
export interface SlotWrite {
  slot: bigint;
  word: string;
}

/** What has to be written so that a variable has another value. */
export interface VariableWrite {
  /** As the layout and its keys have it. */
  name: string;
  /** As its source has it. */
  type: string;
  writes: SlotWrite[];
}

/** A text that is no value of the variable; the message says what it takes, in a sentence. */
export class NoSuchValue extends Error {}

/** Of a string, in bytes. */
const MOST_BYTES = 16_384;
const LENGTH = /\.length\s*$/;

/**
 * What to write for a path like `owner`, `balances[0x…]` or `list.length`: what shares a slot with it
 * stays. Throws NoSuchVariable, NoSuchValue.
 */
export async function storedWrite(
  layout: StorageLayout,
  path: string,
  text: string,
  options: PlaceOptions,
): Promise<VariableWrite> {
  const length = LENGTH.test(path) ? await lengthOf(layout, path, options) : null;
  const place = length ?? (await storedPlace(layout, path, options));
  const { name, type, slot } = place;
  const told = { name, type: type.label };
  if (type.encoding === 'bytes') {
    return { ...told, writes: await bytesWrites(place, text, options) };
  }
  if (!isSingle(type)) throw new NoSuchVariable(whole(place));
  const digits = valueDigits(place, text, options);
  if (digits.length === 64) return { ...told, writes: [{ slot, word: `0x${digits}` }] };
  const offset = length ? 0 : await offsetOf(layout, place);
  const before = wordDigits(await options.wordAt(slot));
  const end = 64 - offset * 2;
  const word = before.slice(0, end - digits.length) + digits + before.slice(end);
  return { ...told, writes: [{ slot, word: `0x${word}` }] };
}

const isSingle = (type: StorageType): boolean =>
  type.encoding === 'inplace' && !type.members && fixedLength(type) === null;

/** A list's own slot holds its length; null: a member has that name. */
async function lengthOf(
  layout: StorageLayout,
  path: string,
  options: PlaceOptions,
): Promise<StoredPlace | null> {
  const list = await storedPlace(layout, path.replace(LENGTH, ''), options);
  if (list.type.encoding !== 'dynamic_array') return null;
  const type = { encoding: 'inplace', label: 'uint256', numberOfBytes: '32' };
  return { ...list, name: `${list.name}.length`, type };
}

async function offsetOf(
  layout: StorageLayout,
  { name, slot, known }: StoredPlace,
): Promise<number> {
  const parts = (await StorageNames.of(layout, known)).partsAt(slot);
  const part = parts.find((one) => one.name === name);
  if (part) return part.offset;
  throw new NoSuchVariable(`The layout doesn't say where in its slot ${name} is.`);
}

/** As many as its type has. */
function valueDigits(
  { name, type }: StoredPlace,
  text: string,
  { addressOf }: PlaceOptions,
): string {
  const word = keyDigits(type, text.trim(), addressOf);
  if (word === undefined) {
    throw new NoSuchValue(`${name} is of type ${type.label}: "${text.slice(0, 80)}" is none.`);
  }
  const size = Number(type.numberOfBytes) * 2;
  return /^bytes\d+$/.test(type.label) ? word.slice(0, size) : word.slice(-size);
}

/** Short ones lie in their own slot, longer ones behind its hash; what is left of a longer one is cleared. */
async function bytesWrites(
  { name, type, slot }: StoredPlace,
  text: string,
  { addressOf, wordAt }: PlaceOptions,
): Promise<SlotWrite[]> {
  const digits = keyDigits(type, text, addressOf);
  if (digits === undefined) throw new NoSuchValue(`${name} is ${type.label}: give bytes in hex.`);
  const length = digits.length / 2;
  if (length > MOST_BYTES) {
    throw new NoSuchValue(`${name} is given ${length} bytes: at most ${MOST_BYTES} are set here.`);
  }
  const before = storedLength(`0x${wordDigits(await wordAt(slot))}`);
  const chunksBefore = before > 31 ? Math.ceil(Math.min(before, MOST_BYTES) / 32) : 0;
  const chunks = length > 31 ? Math.ceil(length / 32) : 0;
  const head =
    length > 31
      ? wordDigits(BigInt(length * 2 + 1))
      : digits.padEnd(62, '0') + (length * 2).toString(16).padStart(2, '0');
  const base = hashedSlot(slot);
  const behind = Array.from({ length: Math.max(chunks, chunksBefore) }, (_, i) => ({
    slot: base + BigInt(i),
    word: `0x${(i < chunks ? digits.slice(i * 64, (i + 1) * 64) : '').padEnd(64, '0')}`,
  }));
  return [{ slot, word: `0x${head}` }, ...behind];
}

const whole = ({ name, type }: StoredPlace): string =>
  type.encoding === 'mapping'
    ? `${name} is a mapping: give a key, as in ${name}[…].`
    : `${name} (${type.label}) is set part by part: give a member or an element of it.`;
