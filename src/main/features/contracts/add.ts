import { getAddress } from 'viem';
import { readAbi } from '../../eth/read-abi.ts';
import { AppError } from '../../shared/errors.ts';
import { isAddressShaped } from '../../shared/hex.ts';
import type { Change } from '../app/contract.ts';
import type { AddedRow, AddedStore } from './added-store.ts';
import type { AddedContract, AddInput, ContractRef } from './contract.ts';
import type { KnownLabels } from './resolve.ts';

export interface AddDependencies {
  added: AddedStore;
  labels: Pick<KnownLabels, 'addressOf'>;
  changed: (change: Change) => void;
  /** Throws NETWORK_NOT_FOUND. */
  network: (name: string) => unknown;
  /** Rejects with ARTIFACT_NOT_FOUND, ARTIFACT_AMBIGUOUS. */
  artifact: (ref: string | number) => Promise<{ abi: readonly unknown[] }>;
}

/** Keeps the name and ABI of contracts that no project here has deployed. */
export function addedContracts(deps: AddDependencies) {
  const { added, labels, network: mustBe, artifact } = deps;
  const tell = () => deps.changed({ topic: 'contracts' });

  async function abiOf(input: AddInput): Promise<readonly unknown[]> {
    if (input.artifact !== undefined) return (await artifact(input.artifact)).abi;
    if (input.abi !== undefined) return input.abi;
    throw noAbi('Give its ABI, or the name of a compiled contract that it is one of.');
  }

  return {
    /**
     * Rejects with NAME_TAKEN when another address of the network has the name, and with BAD_INPUT
     * for an ABI that says nothing.
     */
    async add(input: AddInput): Promise<AddedContract> {
      const { network, name } = input;
      mustBe(network);
      const address = getAddress(input.address.toLowerCase());
      const abi = readAbi(await abiOf(input));
      if (abi.length === 0) {
        throw noAbi(
          'This is no ABI: it has no function, event or error. Give the JSON that a compiler writes.',
        );
      }
      const other = added.named(network, name)?.address ?? labels.addressOf(network, name);
      if (other !== null && other !== address) {
        throw new AppError(
          'NAME_TAKEN',
          `${other} on ${network} is called "${name}" already. Choose another name.`,
          { field: 'name' },
        );
      }
      added.put({ network, address, name, abi: JSON.stringify(abi), addedAt: Date.now() });
      tell();
      return present(added.at(network, address) as AddedRow);
    },

    /** Throws CONTRACT_NOT_FOUND. */
    remove({ network, contract }: ContractRef): AddedContract {
      const row = rowOf(network, contract.trim());
      if (!row) {
        throw new AppError(
          'CONTRACT_NOT_FOUND',
          `No contract "${contract.slice(0, 80)}" was added on ${network}. What deployments made is removed with them.`,
          { field: 'contract' },
        );
      }
      added.remove(network, row.address);
      tell();
      return present(row);
    },

    list: (network: string | undefined): AddedContract[] => added.all(network ?? null).map(present),
  };

  function rowOf(network: string, ref: string): AddedRow | null {
    const named = added.named(network, ref);
    const isAddress = isAddressShaped(ref);
    return named ?? (isAddress ? added.at(network, getAddress(ref.toLowerCase())) : null);
  }
}

const present = ({ abi: _, ...row }: AddedRow): AddedContract => row;

const noAbi = (message: string): AppError => new AppError('BAD_INPUT', message, { field: 'abi' });
