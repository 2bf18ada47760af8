import type { Contract, Transaction } from '../../shared/result.ts';

/** The transaction that made a contract; undefined for one that another contract made. */
export const creationOf = (
  { address }: Contract,
  transactions: readonly Transaction[],
): Transaction | undefined =>
  transactions.find((t) => t.kind !== 'call' && t.address?.toLowerCase() === address.toLowerCase());
