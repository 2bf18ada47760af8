import type { AbiFunction, Hex } from 'viem';
import { signatureOf } from '../../eth/inside/abi-index.ts';
import { chooseFunction, functionsOf } from '../../eth/inside/choose-function.ts';
import { encodeCall } from '../../eth/inside/encoded-values.ts';
import { readArguments } from '../../eth/typed-arguments.ts';
import { type AddressOf, neededAddress } from '../../shared/address-of.ts';
import { AppError } from '../../shared/errors.ts';
import type { OpenContract } from './open-contract.ts';

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

/** How many functions are listed in an error. */
const MOST_LISTED = 20;

/**
 * Chooses the function and reads what it is given. Throws FUNCTION_NOT_FOUND,
 * FUNCTION_AMBIGUOUS, BAD_ARGUMENT, and BAD_INPUT for a sender that there isn't.
 */
export function prepareCall(
  opened: OpenContract,
  asked: AskedCall,
  addressOf: AddressOf,
): PreparedCall {
  const item = chosen(opened, asked);
  const signature = signatureOf(item);
  const inputs = item.inputs;
  const read = readArguments({ signature, inputs, field: 'arguments', addressOf }, asked.arguments);
  const values = read.map(({ value }) => value);
  return {
    ...{ item, signature, values },
    data: encodeCall(item, values),
    from:
      asked.from === undefined
        ? null
        : neededAddress(asked.from, { addressOf, network: opened.from.name, field: 'from' }),
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
