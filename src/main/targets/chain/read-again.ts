import { CodeIndex } from '../../eth/code-index.ts';
import type { CompiledContract } from '../../eth/compiled-contract.ts';
import type { ContractsResult } from '../../shared/result.ts';
import { type RecordedFrom, recordedResult } from './recorded-result.ts';

/** What the chain says of a run's transactions may not have been read, or not of all of them. */
const isUnread = ({ source, transactions }: ContractsResult): boolean =>
  source === null || transactions.some(({ status }) => status === 'pending');

/**
 * Completes the record of a run that was cut off: what it had sent is known, and what that created
 * is read now. Arguments stay as they are: which of them are secret, only the run knew. What the
 * chain doesn't know stays as it is, and so does all where it can't be asked.
 *
 * @param compiled what the project's builds contain
 */
export async function readAgain(
  result: ContractsResult,
  compiled: () => Promise<CompiledContract[]>,
  from: Omit<RecordedFrom, 'index'>,
): Promise<ContractsResult> {
  const hashes = result.transactions.flatMap(({ hash }) => hash ?? []);
  if (!isUnread(result) || hashes.length === 0) return result;
  const read = await compiled()
    .then((all) => recordedResult(hashes, { ...from, index: new CodeIndex(all) }))
    .catch(() => null);
  if (!read) return result;
  const sent = new Map(read.transactions.map((one) => [one.hash, one]));
  const known = new Map(result.contracts.map((one) => [one.address, one]));
  const found = new Set(read.contracts.map(({ address }) => address));
  return {
    ...result,
    source: read.source,
    transactions: result.transactions.map((one) => {
      const { index, arguments: args } = one;
      return { ...(sent.get(one.hash) ?? one), index, arguments: args };
    }),
    contracts: [
      ...read.contracts.map((one) => ({ ...one, label: known.get(one.address)?.label ?? null })),
      ...result.contracts.filter(({ address }) => !found.has(address)),
    ],
  };
}
