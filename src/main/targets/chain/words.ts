import type { ContractsResult, Result, Transaction } from '../../shared/result.ts';
import type { TargetWords } from '../target.ts';
import { goBack } from './record.ts';

const transactionsOf = (result: Result | null): readonly Transaction[] =>
  result?.family === 'contracts' ? (result as ContractsResult).transactions : [];

/** The number of the transactions that are on the chain. */
const landedOf = (result: Result | null): number =>
  transactionsOf(result).filter((one) => one.status === 'success').length;

/** How a network describes what became of a run. */
export const chainWords: TargetWords = {
  nothing: 'sent nothing',
  everything: 'sent everything',
  left(result, hasSnapshot) {
    const landed = landedOf(result);
    if (landed === 0) return 'Nothing had reached the chain. Deploy again.';
    const planned = transactionsOf(result).length;
    return `${landed} of ${planned} transactions had reached the chain and are recorded. ${goBack(hasSnapshot)}`;
  },
  brief: (result) => `with ${landedOf(result)} transactions on the chain`,
  known: (result) =>
    `${landedOf(result)} of its ${transactionsOf(result).length} transactions are on the chain.`,
  look: (hasSnapshot) =>
    `look at the chain${hasSnapshot ? ', or revert to the snapshot before it' : ''}`,
  completed: (name) => `${name} has given the receipts.`,
};
