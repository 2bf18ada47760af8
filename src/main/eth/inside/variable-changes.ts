import type { StateChange, VariableChange } from '../../shared/decoded.ts';
import { Slices } from './slices.ts';
import type { SlotChange } from './state-changes.ts';
import {
  bytesText,
  hashedSlot,
  packedValue,
  type StorageLayout,
  storedLength,
} from './storage-layout.ts';
import type { Preimages } from './storage-names.ts';
import { StorageNames, type StoredPart } from './storage-names.ts';

/**
 * Names the changed slots of one contract by its variables, in the order of the slots.
 *
 * @param layout behind a proxy that of its logic; null: it isn't known
 * @param preimages what the transaction hashed: without them mappings have no names
 */
export async function variableChanges(
  slots: readonly SlotChange[],
  layout: StorageLayout | null,
  preimages: Preimages = new Map(),
): Promise<VariableChange[]> {
  const names = await StorageNames.of(layout, preimages);
  const isNamed = ({ slot }: SlotChange) => names.partsAt(BigInt(slot)).length > 0;
  if (!slots.every(isNamed)) await names.tryLikelyKeys();
  const words = new Map(slots.map((one) => [BigInt(one.slot), one]));
  const slices = new Slices();
  const found: VariableChange[] = [];
  for (const change of slots) {
    const parts = names.partsAt(BigInt(change.slot));
    if (parts.every(({ kind }) => kind === 'mapping')) {
      found.push({ ...change, name: null, type: null });
    } else found.push(...parts.flatMap((part) => changesOf(part, change, words)));
    if (slices.isOver()) await slices.next();
  }
  return found;
}

type Words = ReadonlyMap<bigint, SlotChange>;

function changesOf(part: StoredPart, change: SlotChange, words: Words): VariableChange[] {
  const { name, type, offset, kind, owner } = part;
  const { slot } = change;
  if (kind === 'mapping') return [];
  if (kind === 'chunk') {
    // Told together with the string, if that can be told as a whole.
    const head = words.get(owner);
    if (head && wholeBytes(head, owner, words)) return [];
    return [{ ...change, name, type: type.label }];
  }
  if (kind === 'bytes') {
    const whole = wholeBytes(change, owner, words);
    if (!whole) return [{ ...change, name: `${name}.length`, type: 'uint256', ...lengths(change) }];
    const [before, after] = [bytesText(type, whole.before), bytesText(type, whole.after)];
    return [{ name, type: type.label, before, after, slot }];
  }
  const valueType =
    kind === 'length' ? { encoding: 'inplace', label: 'uint256', numberOfBytes: '32' } : type;
  const [before, after] = [
    packedValue(valueType, change.before, offset),
    packedValue(valueType, change.after, offset),
  ];
  return before === after ? [] : [{ name, type: valueType.label, before, after, slot }];
}

const lengths = ({ before, after }: StateChange): StateChange => ({
  before: String(storedLength(before)),
  after: String(storedLength(after)),
});

const WORD_DIGITS = 64;
/** Of a string that is shown as a whole, in bytes. */
const MOST_BYTES = 100_000;

/** Digits of a string before and after; null: a part of it that did not change isn't known. */
function wholeBytes(head: SlotChange, owner: bigint, words: Words): StateChange | null {
  const [before, after] = [storedLength(head.before), storedLength(head.after)];
  if (Math.max(before, after) > MOST_BYTES) return null;
  const base = Math.max(before, after) > 31 ? hashedSlot(owner) : 0n;
  const digitsOf = (key: 'before' | 'after', length: number, otherLength: number) => {
    if (length <= 31) return head[key].slice(2, 2 + length * 2);
    let digits = '';
    for (let i = 0; i * 32 < length; i++) {
      const word = words.get(base + BigInt(i))?.[key];
      // Behind the end of a string there is nothing but zeros.
      const isKnownZero = otherLength <= 31 || i * 32 >= otherLength;
      if (word === undefined && !isKnownZero) return null;
      digits += word?.slice(2) ?? '0'.repeat(WORD_DIGITS);
    }
    return digits.slice(0, length * 2);
  };
  const [was, is] = [digitsOf('before', before, after), digitsOf('after', after, before)];
  return was === null || is === null ? null : { before: was, after: is };
}
