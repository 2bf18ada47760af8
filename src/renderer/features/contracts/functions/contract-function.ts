import type { ContractDetail } from '#main/features/contracts/contract.ts';

export type ContractFunction = ContractDetail['functions'][number];

export const isReading = ({ stateMutability }: ContractFunction): boolean =>
  stateMutability === 'view' || stateMutability === 'pure';
