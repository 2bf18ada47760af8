import { AppError } from '../../shared/errors.ts';
import { isAddressShaped } from '../../shared/hex.ts';
import type { ContractAbi } from './contract/detail.ts';
import type { ContractRef } from './contract/ref.ts';
import type { OpenContract } from './open-contract.ts';
import type { KnownLabels } from './resolve.ts';

export interface AbiDependencies {
  labels: Pick<KnownLabels, 'addressOf'>;
  /** The address of what is called so on a network; null: nothing is, or several are. */
  standing: (network: string, ref: string) => string | null;
  /** Rejects with ARTIFACT_NOT_FOUND, ARTIFACT_AMBIGUOUS. */
  artifact: (ref: string | number) => Promise<{ name: string; abi: readonly unknown[] }>;
  opened: (ref: ContractRef) => Promise<OpenContract>;
}

/**
 * Of what stands at an address or has a label; else of a compiled contract, for which no chain has
 * to run; else of what is called so on the network.
 */
export async function contractAbi(deps: AbiDependencies, ref: ContractRef): Promise<ContractAbi> {
  const text = ref.contract.trim();
  const isPlace = isAddressShaped(text) || deps.labels.addressOf(ref.network, text) !== null;
  if (!isPlace) {
    const compiled = await deps.artifact(text).catch((error: unknown) => {
      if (isMissing(error) && deps.standing(ref.network, text) !== null) return null;
      throw error;
    });
    if (compiled) return { name: compiled.name, address: null, abi: compiled.abi as Entries };
  }
  const { abi, known, address, called, from } = await deps.opened(ref);
  if (abi.length > 0) return { name: known?.name ?? called, address, abi: [...abi] as Entries };
  throw new AppError(
    'ARTIFACT_NOT_FOUND',
    `The ABI of ${called} on ${from.name} is not known: no compiled contract has its code. Compile its project, or add the ABI with "drydock contract add".`,
    { field: 'contract' },
  );
}

type Entries = ContractAbi['abi'];

const isMissing = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'ARTIFACT_NOT_FOUND';
