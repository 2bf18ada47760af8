import { type Hex, keccak256 } from 'viem';
import {
  namespaceSlot,
  type StorageItem,
  type StorageLayout,
  type StorageType,
  type StorageTypes,
} from '../../../eth/inside/storage-layout.ts';
import { wellKnownStorage } from '../../../eth/inside/well-known-storage.ts';

/** What mappings may have as keys; hex of 32 bytes without 0x. */
export interface LikelyKeys {
  addresses: readonly string[];
  hashes: readonly string[];
}

interface Mapping {
  slot: bigint;
  type: StorageType;
  types: StorageTypes;
}

const MOST_NESTING = 4;

/**
 * Hashes likely keys with the mappings of a contract, for values that nothing has recorded the hashing
 * of. Keys that are tried for nothing cost time alone: a hash that leads to no changed slot names none.
 *
 * @param budget how many hashes are tried at most
 */
export function likelyPreimages(
  layout: StorageLayout | null,
  { addresses, hashes }: LikelyKeys,
  budget: number,
): Map<string, string> {
  const found = new Map<string, string>();
  let level = rootsOf(layout);
  for (let depth = 0; depth < MOST_NESTING && level.length > 0; depth++) {
    const next: Mapping[] = [];
    for (const { slot, type, types } of level) {
      const value = types[type.value ?? ''];
      const keys = keysFor(types[type.key ?? ''], addresses, hashes);
      for (const key of keys) {
        if (found.size >= budget) return found;
        const input: Hex = `0x${key}${slot.toString(16).padStart(64, '0')}`;
        const hash = keccak256(input);
        found.set(hash, input);
        if (value) next.push(...mappingsIn(value, BigInt(hash), types, 0));
      }
    }
    level = next;
  }
  return found;
}

function keysFor(
  type: StorageType | undefined,
  addresses: readonly string[],
  hashes: readonly string[],
): readonly string[] {
  if (!type) return [];
  if (/^(address|contract )/.test(type.label)) return addresses;
  return type.label === 'bytes32' ? hashes : [];
}

function rootsOf(layout: StorageLayout | null): Mapping[] {
  const types = layout?.types ?? {};
  return [
    ...itemsIn(layout?.storage ?? [], 0n, types, 0),
    ...Object.entries(layout?.namespaces ?? {}).flatMap(([id, items]) =>
      itemsIn(items, namespaceSlot(id), types, 0),
    ),
    ...wellKnownStorage().flatMap(({ base, items, types }) => itemsIn(items, base, types, 0)),
  ];
}

const itemsIn = (
  items: readonly StorageItem[],
  base: bigint,
  types: StorageTypes,
  depth: number,
): Mapping[] =>
  items.flatMap(({ slot, type }) => {
    const known = types[type];
    return known ? mappingsIn(known, base + BigInt(slot), types, depth) : [];
  });

function mappingsIn(
  type: StorageType,
  slot: bigint,
  types: StorageTypes,
  depth: number,
): Mapping[] {
  if (type.encoding === 'mapping') return [{ slot, type, types }];
  // Types are from a file, in which a struct may hold itself.
  return type.members && depth < MOST_NESTING ? itemsIn(type.members, slot, types, depth + 1) : [];
}
