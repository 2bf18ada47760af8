import { inRounds } from '../../eth/in-rounds.ts';
import { type StorageLayout, wordDigits } from '../../eth/inside/storage-layout.ts';
import type { Preimages } from '../../eth/inside/storage-names.ts';
import { NoSuchVariable, storedPlace } from '../../eth/inside/stored-place.ts';
import { type ReadSlots, storedAt, storedVariables } from '../../eth/inside/stored-variables.ts';
import type { AddressOf } from '../../shared/address-of.ts';
import { AppError } from '../../shared/errors.ts';
import { clampedInteger } from '../../shared/safe-integer.ts';
import type { ContractStorage, StorageInput } from './contract/storage.ts';
import type { OpenContract } from './open-contract.ts';
import { unreadableAt } from './unreadable-block.ts';

/** How an artifact keeps its variables; `problem`: why that isn't known. */
export type LayoutOf = (
  artifact: number,
) => Promise<{ layout: StorageLayout | null; problem: string | null }>;

export interface StorageDependencies {
  layoutOf: LayoutOf;
  /** What is known of the storage of a contract, by hash. */
  preimages: { of: (network: string, address: string) => Preimages };
  /** Finds those that were not found yet, as far as that is possible; how many transactions are left. */
  findKeys: (network: string, address: string) => Promise<{ waiting: number; refused: number }>;
  /** The address that a key stands for; null: for none. */
  addressOf: AddressOf;
}

/** What a contract has stored: given slots as they are, one variable, or all of them by its layout. */
export async function contractStorage(
  opened: OpenContract,
  input: StorageInput,
  deps: StorageDependencies,
): Promise<ContractStorage> {
  const { from, address } = opened;
  const { block, slots } = input;
  const newest = clampedInteger(await from.call<string>('eth_blockNumber'));
  const at = `0x${(block ?? newest).toString(16)}`;
  const read: ReadSlots = (asked) =>
    inRounds(from, asked, async (slot) => {
      const word = await from.call<string>('eth_getStorageAt', [
        ...[address, `0x${wordDigits(slot)}`, at],
      ]);
      return `0x${word.slice(2).padStart(64, '0')}`;
    });
  const shared = { address, blockNumber: block ?? newest, slots: [], next: null };
  try {
    if (slots.length > 0) {
      const words = await read(slots.map(BigInt));
      const raw = slots.map((slot, i) => ({ slot, word: words[i] ?? '0x' }));
      return { ...shared, slots: raw, variables: [], problem: null };
    }
    return { ...shared, ...(await variablesOf(opened, input, deps, read)) };
  } catch (error) {
    if (error instanceof NoSuchVariable) {
      throw new AppError('BAD_INPUT', error.message, { field: 'variable' });
    }
    throw block === undefined ? error : unreadableAt(from.name, block, newest, error);
  }
}

type Shown = Pick<ContractStorage, 'variables' | 'problem' | 'next'>;

async function variablesOf(
  { from, address, known, called }: OpenContract,
  { variable, from: first, limit }: StorageInput,
  { layoutOf, preimages, findKeys, addressOf }: StorageDependencies,
  read: ReadSlots,
): Promise<Shown> {
  const artifact = known?.artifact ?? null;
  const { layout, problem } =
    artifact === null ? { layout: null, problem: noArtifact(called) } : await layoutOf(artifact);
  if (!layout) return { variables: [], problem, next: null };
  const missing = from.isOwn ? await findKeys(from.name, address) : NONE_MISSING;
  const unknown = missingText(missing);
  const hashed = preimages.of(from.name, address);
  if (variable === undefined) {
    const { variables, isCut } = await storedVariables(layout, hashed, read);
    return { variables, problem: both(isCut ? CUT : null, unknown), next: null };
  }
  const wordAt = async (slot: bigint) => BigInt((await read([slot]))[0] ?? 0);
  const place = await storedPlace(layout, variable, { addressOf, wordAt });
  const page = { from: BigInt(first), limit: BigInt(limit) };
  const { variables, isCut, next } = await storedAt(place, layout, hashed, read, page);
  return {
    variables,
    problem: both(isCut ? CUT_OF_ONE : null, unknown),
    next: next === null ? null : clampedInteger(next),
  };
}

const NONE_MISSING = { waiting: 0, refused: 0 };

function missingText({ waiting, refused }: typeof NONE_MISSING): string | null {
  const of = (count: number) => (count === 1 ? 'one transaction' : `${count} transactions`);
  const later = 'look again, when no deployment goes to the chain';
  return both(
    waiting === 0 ? null : `Keys of mappings that ${of(waiting)} used are not known yet: ${later}.`,
    refused === 0
      ? null
      : `Keys of mappings that ${of(refused)} used can't be found: too long to be followed, or not recorded any more.`,
  );
}

const both = (one: string | null, other: string | null): string | null =>
  one && other ? `${one} ${other}` : (one ?? other);

const CUT =
  'Long lists, mappings and strings are not shown as a whole: ask for one to see more of it.';

const CUT_OF_ONE =
  'Not all of it is shown: of a string up to 131,072 bytes are read, of lists and mappings inside of it the beginning. Ask for a part of it, or give the slots.';

export const noArtifact = (called: string): string =>
  `How ${called} lays out its storage isn't known: no project here has compiled the code there. Add its project and build it, or give the slots.`;
