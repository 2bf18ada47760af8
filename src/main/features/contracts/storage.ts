import type { StorageLayout } from '../../eth/inside/storage-layout.ts';
import { storedVariables } from '../../eth/inside/stored-variables.ts';
import { RpcError } from '../../eth/rpc.ts';
import { AppError } from '../../shared/errors.ts';
import { clampedInteger } from '../../shared/safe-integer.ts';
import type { ContractStorage, StorageInput } from './contract.ts';
import { inRounds } from './in-rounds.ts';
import type { OpenContract } from './open-contract.ts';

/** How an artifact keeps its variables; `problem`: why that isn't known. */
export type LayoutOf = (
  artifact: number,
) => Promise<{ layout: StorageLayout | null; problem: string | null }>;

/** What a contract has stored: given slots as they are, or its variables by its layout. */
export async function contractStorage(
  opened: OpenContract,
  { slots, block }: StorageInput,
  layoutOf: LayoutOf,
): Promise<ContractStorage> {
  const { from, address, known, called } = opened;
  const newest = clampedInteger(await from.call<string>('eth_blockNumber'));
  const at = `0x${(block ?? newest).toString(16)}`;
  const read = (asked: readonly bigint[]) =>
    inRounds(from, asked, async (slot) => {
      const key = `0x${slot.toString(16).padStart(64, '0')}`;
      const word = await from.call<string>('eth_getStorageAt', [address, key, at]);
      return `0x${word.slice(2).padStart(64, '0')}`;
    });
  const shared = { address, blockNumber: block ?? newest };
  try {
    if (slots.length > 0) {
      const words = await read(slots.map(BigInt));
      const raw = slots.map((slot, i) => ({ slot, word: words[i] ?? '0x' }));
      return { ...shared, slots: raw, variables: [], problem: null };
    }
    const artifact = known?.artifact ?? null;
    const { layout, problem } =
      artifact === null ? { layout: null, problem: noArtifact(called) } : await layoutOf(artifact);
    if (!layout) return { ...shared, slots: [], variables: [], problem };
    const { variables, isCut } = await storedVariables(layout, read);
    return { ...shared, slots: [], variables, problem: isCut ? CUT : null };
  } catch (error) {
    if (block === undefined || !(error instanceof RpcError) || error.unreachable) throw error;
    throw new AppError(
      'BAD_INPUT',
      `${from.name} can't be read at block ${block}: ${error.message}. Choose a later block, or none for the newest.`,
      { field: 'block' },
    );
  }
}

const CUT = 'Long lists and strings are not shown as a whole.';

const noArtifact = (called: string): string =>
  `How ${called} lays out its storage isn't known: no project here has compiled the code there. Add its project and build it, or give the slots.`;
