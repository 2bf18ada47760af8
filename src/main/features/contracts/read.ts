import { type AbiFunction, toFunctionSelector } from 'viem';
import { inRounds } from '../../eth/in-rounds.ts';
import { signatureOf } from '../../eth/inside/abi-index.ts';
import { functionsOf } from '../../eth/inside/choose-function.ts';
import { decodeResult } from '../../eth/inside/decode-call.ts';
import { decodeError } from '../../eth/inside/decode-error.ts';
import { plainOf } from '../../eth/inside/decoded-value.ts';
import { RpcError } from '../../eth/rpc.ts';
import type { AddressOf } from '../../shared/address-of.ts';
import type { DecodedError, DecodedValue } from '../../shared/decoded.ts';
import { causes } from '../../shared/decoded-text.ts';
import { AppError } from '../../shared/errors.ts';
import { clampedInteger } from '../../shared/safe-integer.ts';
import type { ContractValue, ContractValues, ReadInput } from './contract/calls.ts';
import type { OpenContract } from './open-contract.ts';
import { prepareCall } from './prepare-call.ts';
import { unreadableAt } from './unreadable-block.ts';

/** What a call has returned, or why it failed. */
export type Outcome = { values: DecodedValue[]; error: null } | { values: []; error: DecodedError };

/** Rejects with CALL_REVERTED, and as `prepareCall` does. */
export async function readValue(
  opened: OpenContract,
  input: ReadInput,
  addressOf: AddressOf,
): Promise<ContractValue> {
  const { item, signature, data, from } = prepareCall(opened, input, addressOf);
  const { call } = opened.from;
  const { block } = input;
  const [outcome, newest] = await Promise.all([
    called(opened, item, { to: opened.address, data, ...(from ? { from } : {}) }, block),
    call<string>('eth_blockNumber'),
  ]);
  if (outcome.error) throw reverted(opened, signature, outcome.error);
  return {
    ...{ address: opened.address, function: signature },
    ...{ value: resultOf(outcome.values), values: outcome.values },
    blockNumber: block ?? clampedInteger(newest),
  };
}

/** Every function that reads and takes nothing. */
export async function readAllValues(opened: OpenContract): Promise<ContractValues> {
  const items = functionsOf(opened.abi).filter(
    ({ inputs, stateMutability }) =>
      inputs.length === 0 && (stateMutability === 'view' || stateMutability === 'pure'),
  );
  const valueOfItem = async (item: AbiFunction) => {
    const data = toFunctionSelector(item);
    const { values, error } = await called(opened, item, { to: opened.address, data });
    return { function: signatureOf(item), value: resultOf(values), values, error };
  };
  const [functions, newest] = await Promise.all([
    inRounds(opened.from, items, valueOfItem),
    opened.from.call<string>('eth_blockNumber'),
  ]);
  return { address: opened.address, blockNumber: clampedInteger(newest), functions };
}

/** @param block its number; absent: the newest one */
export async function called(
  { from, abi, names }: OpenContract,
  item: AbiFunction,
  transaction: Record<string, string>,
  block?: number,
): Promise<Outcome> {
  const at = block === undefined ? 'latest' : `0x${block.toString(16)}`;
  try {
    const output = await from.call<string>('eth_call', [transaction, at]);
    const values = decodeResult(item, output);
    if (values) return { values, error: null };
    return failed(decodeError('0x', null, null, unfitting(output)));
  } catch (error) {
    if (!(error instanceof RpcError) || error.unreachable) throw error;
    if (block !== undefined && isAboutBlock(error)) {
      const newest = clampedInteger(await from.call<string>('eth_blockNumber'));
      throw unreadableAt(from.name, block, newest, error);
    }
    return failed(decodeError(error.returned ?? '0x', abi, names, error.message));
  }
}

const failed = (error: DecodedError): Outcome => ({ values: [], error });

const unfitting = (output: string): string =>
  output === '0x'
    ? 'nothing came back: the contract has no such function, or its ABI is another one'
    : `what came back does not fit its ABI: ${output.slice(0, 74)}${output.length > 74 ? '…' : ''}`;

/** A node that doesn't have a block, or its state any more, gives no data either. */
const isAboutBlock = ({ message, returned }: RpcError): boolean =>
  returned === null && /block|header|state|trie|historical/i.test(message);

export const resultOf = (values: readonly DecodedValue[]): unknown => {
  const [only] = values;
  if (only === undefined) return null;
  return values.length === 1 ? plainOf(only) : values.map(plainOf);
};

const reverted = (
  { called: name }: OpenContract,
  signature: string,
  error: DecodedError,
): AppError => new AppError('CALL_REVERTED', `${name}.${signature} failed: ${causes(error)}.`);
