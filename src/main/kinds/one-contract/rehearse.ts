import type { Abi } from 'viem';
import { type AbiError, abiIndex } from '../../eth/inside/abi-index.ts';
import { decodeError } from '../../eth/inside/decode-error.ts';
import { RpcError } from '../../eth/rpc.ts';
import { causes } from '../../shared/decoded-text.ts';
import type { Failure } from '../../shared/run.ts';
import type { ChainTarget } from '../../targets/chain/chain-target.ts';
import { forkFailure } from '../../targets/chain/fork-failure.ts';
import { allowLarger, ETHEREUM_CODE_SIZE, fundIt } from '../../targets/chain/remedies.ts';
import type { PlannedCall } from '../../targets/chain/upgrades.ts';
import type { ContractBuilds, Creation } from './creation-plan.ts';
import { RunFailed } from './run-failed.ts';

type Network = Pick<ChainTarget, 'call' | 'network' | 'codeSizeLimit' | 'isOwn'>;

/** A creation that succeeds now, and the gas for it with something to spare. */
export interface Rehearsed {
  gas: bigint;
}

/** What accounts are like while a call is tried, by address. */
type Overrides = Record<string, { code?: string; nonce?: string }>;

/**
 * Tries creations one after the other, without sending. Throws RunFailed with what is wrong with the
 * first that would fail.
 */
export async function rehearse(
  creations: readonly Creation[],
  sender: string,
  target: Network,
  builds: ContractBuilds,
): Promise<Rehearsed[]> {
  const rehearsed: Rehearsed[] = [];
  const overrides: Overrides = {};
  for (const creation of creations) {
    mustBeSmallEnough(creation, target);
    const transaction = transactionOf(creation, sender);
    const gas = await estimated(creation, transaction, overrides, target, builds);
    rehearsed.push({ gas: (gas * 12n) / 10n });
    // What comes after it is tried as if it were there.
    if (creation !== creations.at(-1)) {
      const code = await target.call<string>('eth_call', [transaction, 'latest', overrides]);
      overrides[creation.address] = { code };
      overrides[sender] = { nonce: `0x${(creation.nonce + 1).toString(16)}` };
    }
  }
  return rehearsed;
}

/** As `eth_sendTransaction` takes it. */
export const transactionOf = ({ data, value }: Creation, from: string) => ({
  from,
  data,
  value: hex(value),
});

const hex = (value: bigint): string => `0x${value.toString(16)}`;

export const plannedCallOf = ({ address, data, value }: Creation, from: string): PlannedCall => ({
  ...{ from, to: null, value: hex(value), input: data },
  creates: [{ address, initCode: data }],
});

async function estimated(
  creation: Creation,
  transaction: object,
  overrides: Overrides,
  target: Network,
  builds: ContractBuilds,
): Promise<bigint> {
  const hasOverrides = Object.keys(overrides).length > 0;
  const params = [transaction, 'latest', ...(hasOverrides ? [overrides] : [])];
  try {
    return BigInt(await target.call<string>('eth_estimateGas', params));
  } catch (error) {
    if (!(error instanceof RpcError) || error.unreachable) throw error;
    throw new RunFailed(await explained(error, creation, target, builds));
  }
}

const limitOf = ({ codeSizeLimit }: Network): number => codeSizeLimit ?? ETHEREUM_CODE_SIZE;

/** Chains elsewhere may have another limit; they say so themselves. */
function mustBeSmallEnough({ contract, data }: Creation, target: Network): void {
  const { network, isOwn } = target;
  if (!isOwn) return;
  const limit = limitOf(target);
  const bytes = contract.runtimeCode.length / 2;
  if (bytes > limit) {
    throw new RunFailed({
      code: 'CONTRACT_TOO_LARGE',
      message: `${contract.name} has ${bytes} bytes, over the limit of ${limit} on ${network.name}. Nothing was sent. ${makeItSmaller(target)}`,
      fix: allowLarger(bytes, network),
    });
  }
  const creating = data.length / 2 - 1;
  if (creating > 2 * limit) {
    throw new RunFailed({
      code: 'CONTRACT_TOO_LARGE',
      message: `The code that creates ${contract.name} has ${creating} bytes, over the limit of ${2 * limit} on ${network.name}. Nothing was sent. ${makeItSmaller(target)}`,
      fix: allowLarger(Math.ceil(creating / 2), network),
    });
  }
}

const makeItSmaller = ({ isOwn }: Network): string =>
  `Turn the optimizer on, or split the contract, then deploy again.${isOwn ? ' To try it out all the same, let this chain take larger ones.' : ''}`;

async function explained(
  error: RpcError,
  { contract }: Creation,
  target: Network,
  builds: ContractBuilds,
): Promise<Failure> {
  const { message, returned } = error;
  const { network } = target;
  const { name } = contract;
  const lacking = forkFailure(network, message);
  if (lacking) return lacking;
  if (/max (?:init)?code size|ContractSizeLimit|InitCodeSizeLimit/i.test(message)) {
    return {
      code: 'CONTRACT_TOO_LARGE',
      message: `${name} is larger than ${network.name} allows (${message}). Nothing was sent. ${makeItSmaller(target)}`,
      fix: allowLarger(limitOf(target) + 1, network),
    };
  }
  if (/insufficient (?:funds|balance)|out ?of ?funds?/i.test(message)) {
    return {
      code: 'INSUFFICIENT_FUNDS',
      message: `The sender has too little ether on ${network.name} to deploy ${name}. Nothing was sent. ${fundIt(network)}, or choose another sender, then deploy again.`,
    };
  }
  const decoded = decodeError(returned ?? '0x', contract.abi, await errorsIn(builds), message);
  return {
    code: 'CONSTRUCTOR_REVERTED',
    message: `The constructor of ${name} would fail: ${causes(decoded)}. Nothing was sent. Look at its arguments and at the state of ${network.name}, then deploy again.`,
  };
}

/** Errors of everything that is compiled: a constructor may call other contracts. */
async function errorsIn(builds: ContractBuilds): Promise<{ errors(selector: string): AbiError[] }> {
  const abis = (await builds.all()).map(({ abi }): Abi => abi);
  return {
    errors: (selector) => abis.flatMap((abi) => abiIndex(abi).errors.get(selector) ?? []),
  };
}
