import { getAddress } from 'viem';
import { readAbi } from '../../eth/read-abi.ts';
import { AppError } from '../../shared/errors.ts';
import { isAddressShaped } from '../../shared/hex.ts';
import type { Change } from '../app/contract.ts';
import type { AddedRow, AddedStore } from './added-store.ts';
import { type AddedContract, type AddedNow, type AddInput, addedName } from './contract/listed.ts';
import type { ContractRef } from './contract/ref.ts';
import { type ForeignAbi, type ForeignAbiDependencies, foreignAbi } from './foreign-abi.ts';
import type { KnownLabels } from './resolve.ts';

export interface AddDependencies extends ForeignAbiDependencies {
  added: AddedStore;
  labels: Pick<KnownLabels, 'addressOf'>;
  /** Rejects with ARTIFACT_NOT_FOUND, ARTIFACT_AMBIGUOUS. */
  artifact: (ref: string | number) => Promise<{ name: string; abi: readonly unknown[] }>;
  changed: (change: Change) => void;
}

/** Keeps the name and ABI of contracts that no project here has deployed. */
export function addedContracts(deps: AddDependencies) {
  const { added, labels, network: mustBe, changed } = deps;
  const tell = () => changed({ topic: 'contracts' });

  async function given(input: AddInput, address: string) {
    const { network, from: source } = input;
    const ways = [input.abi, input.artifact, source].filter((one) => one !== undefined);
    if (ways.length > 1) throw noAbi('Give one of an ABI, a compiled contract, and a source.');
    if (source !== undefined) return foreignAbi(deps, { network, address, source });
    const known =
      input.artifact === undefined
        ? { abi: input.abi, name: null }
        : await deps.artifact(input.artifact);
    if (known.abi === undefined) {
      throw noAbi('Give its ABI, or the name of a compiled contract that it is one of.');
    }
    const abi = readAbi(known.abi);
    if (abi.length > 0) return { own: { address, abi, name: known.name }, logic: [] };
    throw noAbi(
      'This is no ABI: it has no function, event or error. Give the JSON that a compiler writes.',
    );
  }

  /** The address that has a name already. */
  const holder = (network: string, name: string): string | null =>
    added.named(network, name)?.address ?? labels.addressOf(network, name);

  function assertFree(network: string, name: string, address: string): void {
    const other = holder(network, name);
    if (other === null || other === address) return;
    throw new AppError(
      'NAME_TAKEN',
      `${other} on ${network} is called "${name}" already. Choose another name.`,
      { field: 'name' },
    );
  }

  /** A name for a contract that was added without one; no other address has it. */
  function nameFor(network: string, { name, address }: ForeignAbi, otherwise: string): string {
    const known = addedName.safeParse(name).data ?? otherwise;
    const other = holder(network, known);
    return other === null || other === address ? known : `${known}-${address.slice(2, 8)}`;
  }

  return {
    /**
     * Rejects with NAME_TAKEN when another address of the network has the name, with BAD_INPUT for
     * an ABI that says nothing, and as `foreignAbi` does.
     */
    async add(input: AddInput): Promise<AddedNow> {
      const { network } = input;
      mustBe(network);
      const address = getAddress(input.address.toLowerCase());
      if (input.name !== undefined) assertFree(network, input.name, address);
      const { own, logic } = await given(input, address);
      const known = own?.name ?? logic[0]?.name;
      const name = input.name ?? addedName.safeParse(known).data;
      if (name === undefined) throw noName();
      const row = (at: string, called: string, abi: readonly unknown[]): AddedRow => ({
        ...{ network, address: at, name: called, abi: JSON.stringify(abi), addedAt: Date.now() },
      });
      const rows = added.transaction(() => {
        assertFree(network, name, address);
        const main = row(address, name, own?.abi ?? []);
        added.put(main);
        const behind = logic.map((one) =>
          row(one.address, nameFor(network, one, `${name}-logic`), one.abi),
        );
        for (const one of behind) added.put(one);
        return { main, behind };
      });
      tell();
      return { ...present(rows.main), logic: rows.behind.map(present) };
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

const noName = (): AppError =>
  new AppError('BAD_INPUT', 'Give the contract a name: its ABI comes without one.', {
    field: 'name',
  });
