import type { ContractsSource } from './result.ts';

/** What a list of contracts may lack, a sentence; null: nothing, or it was not recorded. */
export function sourceWords(source: ContractsSource): string | null {
  switch (source) {
    case 'receipt':
      return 'Contracts that others created could not be looked for: this network gives no traces.';
    case 'replay':
      return 'Contracts that others created were looked for on a fork: this network gives no traces.';
    case 'tool':
      return 'The contracts are listed as the tool reported them: no trace of the network confirms that these are all.';
    default:
      return null;
  }
}
