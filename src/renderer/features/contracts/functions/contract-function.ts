import type { ContractDetail } from '#main/features/contracts/contract/detail.ts';

export type ContractFunction = ContractDetail['functions'][number];

export const isReading = ({ stateMutability }: ContractFunction): boolean =>
  stateMutability === 'view' || stateMutability === 'pure';

/** `transfer(address,uint256)` as what follows its name. */
export const parametersOf = ({ name, signature }: ContractFunction): string =>
  signature.slice(name.length);
