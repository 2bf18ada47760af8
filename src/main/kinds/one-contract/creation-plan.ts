import { getContractAddress, type Hex } from 'viem';
import type { CompiledContract } from '../../eth/compiled-contract.ts';
import { abiIndex, signatureOf } from '../../eth/inside/abi-index.ts';
import { encodeValues } from '../../eth/inside/encoded-values.ts';
import { type LinkableContract, linkedCode } from '../../eth/linked-code.ts';
import { readArguments } from '../../eth/typed-arguments.ts';
import { type Construction, notPayable } from './constructor-call.ts';
import { GivenLibraries } from './given-libraries.ts';
import { RunFailed } from './run-failed.ts';

/** A contract of a project, and what it is created with. */
export interface ContractRequest extends Construction {
  /** Its source file, relative to the project with forward slashes. */
  file: string;
  name: string;
}

/** What a compile has left. */
export interface ContractBuilds {
  /** A contract by its source file, as a request or as the compiler names it; null: there is none. */
  find(file: string, name: string): Promise<LinkableContract | null>;
  all(): Promise<CompiledContract[]>;
}

/** One contract to create. */
export interface Creation {
  contract: LinkableContract;
  address: Hex;
  nonce: number;
  /** Wei. */
  value: bigint;
  /** Creation code with the addresses of its libraries, and encoded arguments. */
  data: Hex;
  /** Hex digits without 0x. */
  encodedArguments: string;
}

/**
 * What has to be created for a contract, in order: the libraries that it needs and that are not
 * given, then the contract itself. Throws RunFailed, and AppError for what the contract is not to be
 * created with.
 *
 * @param first of the sender's nonces that is free
 */
export async function creationsFor(
  request: ContractRequest,
  builds: ContractBuilds,
  { sender, first }: { sender: Hex; first: number },
): Promise<Creation[]> {
  const { file, name, args } = request;
  const contract = await found(builds, file, name);
  const given = new GivenLibraries(request.libraries ?? []);
  const order = await inOrder(contract, builds, given);
  given.mustBeUsed(name);
  const addressAt = (index: number) =>
    getContractAddress({ from: sender, nonce: BigInt(first + index) });
  const addresses = new Map([...order.keys()].map((key, i) => [key, addressAt(i)]));
  return [...order].map(([key, one], i) => {
    const isWanted = one === contract;
    const code = linkedCode(
      one,
      ({ source, library }) =>
        given.find(source, library) ?? addresses.get(keyOf(source, library)) ?? '',
    );
    const encodedArguments = isWanted ? encodedFor(one, args) : '';
    const value = isWanted ? BigInt(request.value ?? 0) : 0n;
    if (value > 0n && abiIndex(one.abi).creation?.stateMutability !== 'payable') {
      throw notPayable(name);
    }
    return {
      ...{ contract: one, address: addresses.get(key) ?? addressAt(i), nonce: first + i },
      ...{ value, data: `0x${code}${encodedArguments}`, encodedArguments },
    };
  });
}

const keyOf = (source: string, name: string): string => `${source}:${name}`;

/** The contract and its libraries by their whole names, each after those that it uses. */
async function inOrder(
  contract: LinkableContract,
  builds: ContractBuilds,
  given: GivenLibraries,
): Promise<Map<string, LinkableContract>> {
  const order = new Map<string, LinkableContract>();
  const met = new Set<string>();
  const add = async (key: string, one: LinkableContract): Promise<void> => {
    for (const { source, library } of one.links) {
      const needed = keyOf(source, library);
      if (given.find(source, library) !== undefined || met.has(needed)) continue;
      met.add(needed);
      await add(needed, await found(builds, source, library));
    }
    order.set(key, one);
  };
  await add('', contract);
  return order;
}

async function found(
  builds: ContractBuilds,
  file: string,
  name: string,
): Promise<LinkableContract> {
  const contract = await builds.find(file, name);
  if (contract && contract.creationCode !== '') return contract;
  throw new RunFailed({
    code: 'CONTRACT_NOT_FOUND',
    message: contract
      ? `${name} in ${file} has no code: it is an interface, or a contract that leaves a function open. Choose one that can be deployed.`
      : `Compiling has left no contract ${name} of ${file}. Look at its name and at what the compiler leaves out, then deploy again.`,
  });
}

function encodedFor({ abi }: LinkableContract, args: readonly string[]): string {
  const inputs = abiIndex(abi).creation?.inputs ?? [];
  const signature = signatureOf({ name: 'constructor', inputs });
  const values = readArguments({ signature, inputs, field: 'args' }, args);
  return encodeValues(
    inputs,
    values.map(({ value }) => value),
  ).slice(2);
}
