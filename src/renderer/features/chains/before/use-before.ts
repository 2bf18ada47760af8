import { useQuery } from '@tanstack/react-query';
import type {
  BeforeTransaction,
  TransactionDetail,
} from '#main/features/explorer/contract/transactions.ts';
import { api } from '../../../core/client.ts';

type Asked = Pick<TransactionDetail, 'network' | 'hash' | 'status'>;

/** Where a chain can be taken back to before a transaction; undefined: that is not known yet. */
export function useBefore({ network, hash, status }: Asked): BeforeTransaction | undefined {
  return useQuery(
    api.explorer.before.queryOptions({
      input: { network, hash },
      enabled: status !== 'pending',
      staleTime: 0,
    }),
  ).data;
}

/** Why a chain can't go there; null: it can. */
export const whyNotBefore = (
  { status }: Asked,
  before: BeforeTransaction | undefined,
): string | null =>
  status === 'pending'
    ? 'It is not mined yet: there is nothing to take back.'
    : (before?.problem ?? (before ? null : 'Snapshots are looked through.'));
