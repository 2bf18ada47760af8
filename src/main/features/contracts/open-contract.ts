import type { Abi, Hex } from 'viem';
import type { KnownContract } from '../../eth/inside/names.ts';
import type { NetworkNames } from '../../eth/inside/network-names.ts';
import { pastNetwork } from '../../eth/inside/past-network.ts';
import type { Reading, ReadNetwork } from '../../eth/network-reader.ts';
import { notRecorded } from '../../eth/not-running.ts';
import type { StandingContract } from '../../eth/standing-contract.ts';
import { NotRead } from '../../eth/upstream-failure.ts';
import { AppError } from '../../shared/errors.ts';
import type { LiveContract } from './contract/listed.ts';
import type { ContractRef } from './contract/ref.ts';
import type { ContractNames } from './names.ts';
import type { ContractResolver } from './resolve.ts';

/** A contract with its network, for as long as one request lasts. */
export interface OpenContract extends StandingContract<LiveContract> {
  names: NetworkNames;
  known: KnownContract | null;
  /** Empty when it isn't known. */
  abi: Abi;
}

export interface OpenDependencies extends ContractNames {
  resolver: ContractResolver;
}

export type WithContract = <T>(
  ref: ContractRef & { block?: number | undefined },
  work: (opened: OpenContract) => Promise<T>,
) => Promise<T>;

/**
 * Finds contracts and opens them on a network that is being read.
 *
 * @param block whose state is asked about; absent: the newest one
 */
export type OpenOn = (from: ReadNetwork, contract: string, block?: number) => Promise<OpenContract>;

/**
 * Opens contracts. Rejects as `ContractResolver` does, and with CONTRACT_NOT_FOUND when nothing
 * stands at the address.
 */
export function contractOpener({ resolver, namesOn, fresh }: OpenDependencies): OpenOn {
  return async (from, contract, block) => {
    const at = block === undefined ? from : pastNetwork(from, block);
    const { address, recorded } = resolver.find(from.name, contract);
    const [code, first] = await Promise.all([
      from.call<string>('eth_getCode', [address, 'latest']),
      lookedUp(namesOn(at), address),
    ]);
    const unread = from.unread?.(address);
    if (unread) throw new NotRead(unread);
    // What was not recorded may stand there all the same.
    if (code === '0x' && from.isStopped) throw notRecorded(from.name, `the code at ${address}`);
    if (code === '0x') throw nothingAt(address, { network: from.name, contract });
    let { names, known } = first;
    if (!known || known.artifact === null) {
      // It may have been compiled since.
      await fresh(recorded?.deployment.project.id);
      ({ names, known } = await lookedUp(namesOn(at), address));
    }
    const called = known?.label ?? known?.name ?? recorded?.name ?? address;
    return { from, names, address, recorded, known, abi: known?.abi ?? [], called };
  };
}

/**
 * Rejects as `networkReader` does, too.
 *
 * @param whenStopped what was recorded of a chain that does not run; absent: it has to run
 */
export const withContractOf =
  (
    reading: Reading,
    open: OpenOn,
    whenStopped?: (network: string) => ReadNetwork | null,
  ): WithContract =>
  (ref, work) =>
    reading(
      ref.network,
      async (from) => work(await open(from, ref.contract, ref.block)),
      whenStopped,
    );

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
