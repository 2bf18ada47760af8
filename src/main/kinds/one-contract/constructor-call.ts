import { type AbiParameter, parseAbiItem } from 'viem';
import { amountOf } from '../../eth/amount.ts';
import { readArguments } from '../../eth/typed-arguments.ts';
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
 * Checks what a contract is created with, as far as its source tells what it takes. Throws
 * BAD_ARGUMENT and BAD_INPUT.
 */
export function checkedConstruction(
  contract: DeclaredContract,
  { args = [], value, libraries = [] }: Partial<Construction>,
): Construction {
  const wei = amountOf(value);
  if (contract.inputs !== null) {
    if (wei > 0n && !contract.payable) throw notPayable(contract.name);
    readArguments({ ...declaredConstructor(contract.inputs), field: 'args' }, args);
  }
  return {
    args: [...args],
    ...(wei > 0n ? { value: wei.toString() } : {}),
    ...(libraries.length > 0 ? { libraries: [...libraries] } : {}),
  };
}

function declaredConstructor(inputs: NonNullable<DeclaredContract['inputs']>) {
  const signature = constructorCall({ inputs });
  const item = parseAbiItem(signature) as { inputs: readonly AbiParameter[] };
  const named = item.inputs.map((one, i) => ({ ...one, name: inputs[i]?.name ?? '' }));
  return { signature, inputs: named };
}

export const notPayable = (name: string): AppError =>
  new AppError(
    'BAD_ARGUMENT',
    `The constructor of ${name} takes no ether. Leave the value out, or make the constructor payable.`,
    { field: 'value' },
  );
