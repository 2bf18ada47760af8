import type { CompilerStorageLayout, CompilerStorageType } from '../../eth/artifact.ts';
import type { Finding } from './contract.ts';
import type { StoredOf } from './storage-check.ts';

type Known = Exclude<StoredOf, { problem: string }>;
type Types = CompilerStorageLayout['types'];
type Member = Omit<CompilerStorageLayout['storage'][number], 'contract'>;

/** A contract that runs on the storage of another one, beside others. */
export interface Sharing {
  name: string;
  stored: Known;
}

/** A value in storage that is no struct, at its place. */
interface Leaf {
  /** Where it stands in the source, in words: `s.total`. */
  path: string;
  type: CompilerStorageType;
  types: Types;
  /** Bytes from the beginning of what it is a part of. */
  at: bigint;
  bytes: bigint;
}

const SLOT = 32n;

/**
 * What two contracts that share one storage take for different things: other variables, or other
 * types, in the same bytes. Each may have variables that the other one doesn't know of.
 *
 * @param succeeds the new one takes the place of the other, so that a new name is a new name alone
 */
export function checkShared(before: Sharing, after: Sharing, succeeds: boolean): Finding[] {
  const pairs: [string, Leaf[], Leaf[]][] = [
    [
      '',
      leavesOf(before.stored.layout.storage, before.stored.layout.types),
      leavesOf(after.stored.layout.storage, after.stored.layout.types),
    ],
  ];
  for (const [id, was] of Object.entries(before.stored.namespaces)) {
    const is = after.stored.namespaces[id];
    if (!is) continue;
    pairs.push([
      ` of the namespace ${id}`,
      leavesOf(was.members, was.types),
      leavesOf(is.members, is.types),
    ]);
  }
  return pairs.flatMap(([where, was, is]) => {
    const clashes = clashesOf(was, is, succeeds);
    const [first] = clashes;
    if (!first) return [];
    const { old, now, level } = first;
    const slot = now.at / SLOT;
    return [
      {
        ...{ level, topic: 'storage' },
        message: `${textOf(now)} of ${after.name} lies where ${textOf(old)} of ${before.name} is stored, in slot ${slot}${where}.`,
        detail:
          clashes.length === 1
            ? null
            : clashes
                .map((one) => `slot ${one.now.at / SLOT}: ${textOf(one.old)}, ${textOf(one.now)}`)
                .join('\n'),
      },
    ];
  });
}

const textOf = ({ path, type }: Leaf): string => `\`${path}\` (${type.label})`;

interface Clash {
  old: Leaf;
  now: Leaf;
  level: 'error' | 'warning';
}

/** The worst first. */
function clashesOf(before: readonly Leaf[], after: readonly Leaf[], succeeds: boolean): Clash[] {
  const found: Clash[] = [];
  for (let i = 0, j = 0; i < before.length && j < after.length; ) {
    const old = before[i] as Leaf;
    const now = after[j] as Leaf;
    if (old.at < now.at + now.bytes && now.at < old.at + old.bytes) {
      const isSame = old.at === now.at && isSameType(old, now);
      const isNamedSo = old.path.split('.').at(-1) === now.path.split('.').at(-1);
      if (!isSame) found.push({ old, now, level: 'error' });
      else if (!isNamedSo) found.push({ old, now, level: succeeds ? 'warning' : 'error' });
    }
    if (old.at + old.bytes <= now.at + now.bytes) i++;
    else j++;
  }
  return found.sort((a, b) => Number(a.level === 'warning') - Number(b.level === 'warning'));
}

/** In the order of their places. */
function leavesOf(members: readonly Member[], types: Types, from = 0n, path = ''): Leaf[] {
  return members
    .flatMap((one) => {
      const type = types[one.type];
      if (!type) return [];
      const at = from + BigInt(one.slot) * SLOT + BigInt(one.offset);
      const named = path === '' ? one.label : `${path}.${one.label}`;
      if (type.members) return leavesOf(type.members, types, at, named);
      return [{ path: named, type, types, at, bytes: BigInt(type.numberOfBytes) }];
    })
    .sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
}

type Typed = Pick<Leaf, 'type' | 'types'>;

function isSameType(a: Typed, b: Typed, depth = 0): boolean {
  if (wordsOf(a.type) !== wordsOf(b.type) || depth > DEEPEST) return false;
  const inside = (name: 'key' | 'value' | 'base') => {
    const [one, other] = [part(a, name), part(b, name)];
    return !one || !other || isSameType(one, other, depth + 1);
  };
  if (!inside('key') || !inside('value') || !inside('base')) return false;
  if (!a.type.members || !b.type.members) return a.type.numberOfBytes === b.type.numberOfBytes;
  const [one, other] = [leavesOf(a.type.members, a.types), leavesOf(b.type.members, b.types)];
  return clashesOf(one, other, true).every(({ level }) => level === 'warning');
}

/** Recursive structs have no end. */
const DEEPEST = 8;

/** What is beside one another in an array has to be of one size; in a mapping it may grow. */
function part({ type, types }: Typed, name: 'key' | 'value' | 'base'): Typed | null {
  const found = types[type[name] ?? ''];
  if (!found) return null;
  return { type: found, types };
}

/** A contract is stored as an address, and a struct or an enum may be declared in another one. */
const wordsOf = ({ label }: CompilerStorageType): string =>
  label
    .replace(/\bcontract \w+/g, 'address')
    .replace(/\baddress payable\b/g, 'address')
    .replace(/\b(struct|enum) (?:\w+\.)?/g, '$1 ');
