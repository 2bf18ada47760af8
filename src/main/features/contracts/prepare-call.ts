import { type AbiFunction, encodeFunctionData, getAddress, type Hex } from 'viem';
import { signatureOf } from '../../eth/inside/abi-index.ts';
import { chooseFunction, functionsOf } from '../../eth/inside/choose-function.ts';
import { readArguments } from '../../eth/typed-arguments.ts';
import { addressProblem } from '../../shared/address.ts';
import { AppError } from '../../shared/errors.ts';
import { isAddressShaped } from '../../shared/hex.ts';
import type { OpenContract } from './open-contract.ts';
import type { ContractResolver } from './resolve.ts';

/** A call as a person asks for it. */
export interface AskedCall {
  function: string;
  arguments: readonly string[];
  from?: string;
}

/** A call that is ready to be made. */
export interface PreparedCall {
  item: AbiFunction;
  signature: string;
  /** As viem takes them. */
  values: readonly unknown[];
  data: Hex;
  /** null: the request names no sender. */
  from: Hex | null;
}

/** The address that a text stands for; null: for none. */
export type AddressOf = (text: string) => Hex | null;

/** How many functions are listed in an error. */
const MOST_LISTED = 20;

/**
 * Chooses the function and reads what it is given. Rejects with FUNCTION_NOT_FOUND,
 * FUNCTION_AMBIGUOUS, BAD_ARGUMENT, and BAD_INPUT for a sender that there isn't.
 */
export async function prepareCall(
  opened: OpenContract,
  asked: AskedCall,
  resolver: ContractResolver,
): Promise<PreparedCall> {
  const item = chosen(opened, asked);
  const signature = signatureOf(item);
  const addressOf = await addressReader(opened, resolver);
  const inputs = item.inputs;
  const read = readArguments({ signature, inputs, field: 'arguments', addressOf }, asked.arguments);
  const values = read.map(({ value }) => value);
  return {
    ...{ item, signature, values },
    data: encodeFunctionData({ abi: [item], functionName: item.name, args: values }),
    from: asked.from === undefined ? null : senderOf(asked.from, addressOf),
  };
}

function chosen({ abi, called }: OpenContract, asked: AskedCall): AbiFunction {
  const found = chooseFunction(abi, asked.function, asked.arguments.length);
  if ('item' in found) return found.item;
  const { candidates } = found;
  const list = (all: readonly AbiFunction[]) => {
    const shown = all.slice(0, MOST_LISTED).map(signatureOf).join(', ');
    return all.length > MOST_LISTED ? `${shown}, and ${all.length - MOST_LISTED} more` : shown;
  };
  const name = asked.function.length > 80 ? `${asked.function.slice(0, 77)}…` : asked.function;
  if (candidates.length > 1) {
    throw new AppError(
      'FUNCTION_AMBIGUOUS',
      `${called} has several functions that fit "${name}": ${list(candidates)}. Give the signature of one.`,
      { field: 'function' },
    );
  }
  const all = functionsOf(abi);
  const what =
    all.length === 0
      ? `The ABI of ${called} is not known. Give the function with what it returns, as in "fee()(uint256)", compile its project, or add its ABI.`
      : `${called} has no function "${name}". It has: ${list(all)}.`;
  throw new AppError('FUNCTION_NOT_FOUND', what, { field: 'function' });
}

/** Finds the address that an index of an account or the name of a contract stands for. */
export async function addressReader(
  { from }: OpenContract,
  resolver: ContractResolver,
): Promise<AddressOf> {
  const accounts = from.isOwn ? await from.call<string[]>('eth_accounts') : [];
  return (text) => {
    if (isAddressShaped(text)) return addressProblem(text) ? null : getAddress(text.toLowerCase());
    if (/^\d{1,3}$/.test(text)) {
      const account = accounts[Number(text)];
      return account === undefined ? null : getAddress(account);
    }
    return resolver.maybe(from.name, text)?.address ?? null;
  };
}

function senderOf(text: string, addressOf: AddressOf): Hex {
  const problem = isAddressShaped(text) ? addressProblem(text) : null;
  const found = problem === null ? addressOf(text.trim()) : null;
  if (found) return found;
  throw new AppError(
    'BAD_INPUT',
    problem === null
      ? `No account or contract "${text.slice(0, 80)}" is known here. Give an address, a label, the index of an account of a chain, or the name of a contract.`
      : `${problem}.`,
    { field: 'from' },
  );
}
