import { wordDigits } from '../../eth/inside/storage-layout.ts';
import type { PlaceOptions } from '../../eth/inside/stored-place.ts';
import { NoSuchVariable } from '../../eth/inside/stored-place.ts';
import { NoSuchValue, storedWrite, type VariableWrite } from '../../eth/inside/stored-write.ts';
import { AppError } from '../../shared/errors.ts';
import type { SetStorageInput, StorageSet } from './contract/storage.ts';
import type { OpenContract } from './open-contract.ts';
import { noArtifact, type StorageDependencies } from './storage.ts';

/**
 * Writes slots of an address on a chain, after a snapshot where that is wanted. Rejects with
 * CHAIN_BUSY, CHAIN_CALL_FAILED.
 */
export type WriteSlots = (
  network: string,
  change: {
    address: string;
    storage: readonly { slot: string; word: string }[];
    snapshot: string | null;
  },
) => Promise<{ snapshot: { id: number; name: string } | null }>;

type Dependencies = Pick<StorageDependencies, 'layoutOf' | 'addressOf'> & { write: WriteSlots };

/** Gives a variable, or a slot, another value. Rejects with UNSUPPORTED for a network of others. */
export async function setStorage(
  opened: OpenContract,
  { variable, slot, value, snapshot }: SetStorageInput,
  deps: Dependencies,
): Promise<StorageSet> {
  const { from, address, called } = opened;
  if (!from.isOwn) throw notOurs(from.name);
  const { name, type, writes } =
    variable === undefined ? ofSlot(slot, value) : await ofVariable(opened, variable, value, deps);
  const storage = writes.map((one) => ({
    slot: `0x${one.slot.toString(16)}`,
    word: one.word,
  }));
  const label = snapshot ? `before ${called}.${name}`.slice(0, 120) : null;
  const taken = await deps.write(from.name, { address, storage, snapshot: label });
  return { address, name, type, slots: storage, ...taken };
}

async function ofVariable(
  { from, address, known, called }: OpenContract,
  variable: string,
  value: string,
  { layoutOf, addressOf }: Dependencies,
): Promise<VariableWrite> {
  const artifact = known?.artifact ?? null;
  const { layout, problem } =
    artifact === null ? { layout: null, problem: noArtifact(called) } : await layoutOf(artifact);
  if (!layout)
    throw new AppError('BAD_INPUT', problem ?? noArtifact(called), { field: 'variable' });
  const wordAt: PlaceOptions['wordAt'] = async (slot) =>
    BigInt(
      await from.call<string>('eth_getStorageAt', [address, `0x${wordDigits(slot)}`, 'latest']),
    );
  try {
    return await storedWrite(layout, variable, value, { addressOf, wordAt });
  } catch (error) {
    if (error instanceof NoSuchVariable || error instanceof NoSuchValue) {
      const field = error instanceof NoSuchVariable ? 'variable' : 'value';
      throw new AppError('BAD_INPUT', error.message, { field });
    }
    throw error;
  }
}

/** Throws BAD_INPUT. */
function ofSlot(slot: string | undefined, value: string): VariableWrite {
  if (slot === undefined || BigInt(slot) >= 1n << 256n) {
    throw new AppError('BAD_INPUT', 'Give a variable, or a slot below 2^256.', {
      field: 'variable',
    });
  }
  const text = value.trim();
  const word = /^(0x[0-9a-f]{1,64}|\d{1,78})$/i.test(text) ? BigInt(text) : null;
  if (word === null || word >= 1n << 256n) {
    throw new AppError('BAD_INPUT', 'Give a word: a number below 2^256, or up to 64 hex digits.', {
      field: 'value',
    });
  }
  const writes = [{ slot: BigInt(slot), word: `0x${wordDigits(word)}` }];
  return { name: `slot ${slot}`, type: 'bytes32', writes };
}

const notOurs = (network: string): AppError =>
  new AppError(
    'UNSUPPORTED',
    `The storage of ${network} is not ours to set. Fork it, and set it on the fork.`,
    { field: 'network' },
  );
