import type { Abi, Hex } from 'viem';
import type { KnownContract } from '../../eth/inside/names.ts';
import type { NetworkNames } from '../../eth/inside/network-names.ts';
import type { Reading, ReadNetwork } from '../../eth/network-reader.ts';
import { AppError } from '../../shared/errors.ts';
import type { ContractRef, LiveContract } from './contract.ts';
import type { ContractNames } from './names.ts';
import type { ContractResolver } from './resolve.ts';

/** A contract with its network, for as long as one request lasts. */
export interface OpenContract {
  from: ReadNetwork;
  names: NetworkNames;
  address: Hex;
  /** What a deployment has recorded of it. */
  recorded: LiveContract | null;
  known: KnownContract | null;
  /** Empty when it isn't known. */
  abi: Abi;
  /** For messages. */
  called: string;
}

export interface OpenDependencies extends ContractNames {
  reading: Reading;
  resolver: ContractResolver;
}

export type WithContract = <T>(
  ref: ContractRef,
  work: (opened: OpenContract) => Promise<T>,
) => Promise<T>;

/**
 * Opens contracts. Rejects as `networkReader` and `ContractResolver` do, and with CONTRACT_NOT_FOUND
 * when nothing stands at the address.
 */
export function contractOpener(deps: OpenDependencies): WithContract {
  const { reading, resolver, namesOn, fresh } = deps;

  return (ref, work) =>
    reading(ref.network, async (from) => {
      const { address, recorded } = resolver.find(ref.network, ref.contract);
      const [code, first] = await Promise.all([
        from.call<string>('eth_getCode', [address, 'latest']),
        lookedUp(namesOn(from), address),
      ]);
      if (code === '0x') throw nothingAt(address, ref);
      let { names, known } = first;
      if (!known || known.artifact === null) {
        // It may have been compiled since.
        await fresh(recorded?.deployment.project.id);
        ({ names, known } = await lookedUp(namesOn(from), address));
      }
      const called = known?.label ?? known?.name ?? recorded?.name ?? address;
      return work({ from, names, address, recorded, known, abi: known?.abi ?? [], called });
    });
}

const lookedUp = async (names: NetworkNames, address: Hex) => ({
  names,
  known: await names.contractAt(address),
});

const nothingAt = (address: string, { network, contract }: ContractRef): AppError =>
  new AppError(
    'CONTRACT_NOT_FOUND',
    `There is no contract at ${address}${contract === address ? '' : ` (${contract})`} on ${network} now: it is an account, or the deployment was taken back.`,
    { field: 'contract' },
  );
