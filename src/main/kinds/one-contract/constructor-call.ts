import { type AbiParameter, parseAbiItem } from 'viem';
import { amountOf } from '../../eth/amount.ts';
import { namedParameters } from '../../eth/enum-members.ts';
import { withoutNames } from '../../eth/typed-arguments.ts';
import type { AddressOf } from '../../shared/address-of.ts';
import { AppError } from '../../shared/errors.ts';
import type { DeclaredContract } from '../../solidity/declared-contracts.ts';
import type { ContractOptions } from './contract-inputs.ts';

const WORD = 'constructor';

/** Whether a call is a constructor, and so its entry a contract. */
export const isConstructor = (call: string | undefined): boolean =>
  call !== undefined && /^constructor(\(|$)/.test(call);

/** `constructor(address,uint256)`; without brackets where it is not known what it takes. */
export const constructorCall = ({ inputs }: Pick<DeclaredContract, 'inputs'>): string =>
  inputs === null ? WORD : `${WORD}(${inputs.map(({ type }) => type).join(',')})`;

/** What a contract is created with: arguments as typed, and wei. */
export interface Construction extends ContractOptions {
  args: string[];
}

/**
 * Checks what a contract is created with, as far as its source tells what it takes, and has addresses
 * and numbers in place of names. Throws
 * BAD_ARGUMENT and BAD_INPUT.
 */
export function checkedConstruction(
  contract: DeclaredContract,
  { args = [], value, libraries = [] }: Partial<Construction>,
  addressOf?: AddressOf,
): Construction {
  const wei = amountOf(value);
  let read = args;
  if (contract.inputs !== null) {
    if (wei > 0n && !contract.payable) throw notPayable(contract.name);
    read = withoutNames(
      { ...declaredConstructor(contract.inputs), field: 'args', addressOf },
      args,
    );
  }
  return {
    args: [...read],
    ...(wei > 0n ? { value: wei.toString() } : {}),
    ...(libraries.length > 0 ? { libraries: [...libraries] } : {}),
  };
}

function declaredConstructor(inputs: NonNullable<DeclaredContract['inputs']>) {
  const signature = constructorCall({ inputs });
  const item = parseAbiItem(signature) as { inputs: readonly AbiParameter[] };
  return { signature, inputs: namedParameters(item.inputs, inputs) };
}

export const notPayable = (name: string): AppError =>
  new AppError(
    'BAD_ARGUMENT',
    `The constructor of ${name} takes no ether. Leave the value out, or make the constructor payable.`,
    { field: 'value' },
  );
