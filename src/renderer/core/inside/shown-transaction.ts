import { useQuery } from '@tanstack/react-query';
import { useRoute } from 'wouter';
import type { TransactionDetail } from '#main/features/explorer/contract/transactions.ts';
import { api } from '../client.ts';
import { routes } from '../paths.ts';

/** As the page of a transaction asks for it. */
export const shownTransaction = (network: string, hash: string) =>
  api.explorer.transaction.queryOptions({ input: { network, hash, trace: true } });

/** The transaction whose page is open. */
export function useShownTransaction(): TransactionDetail | undefined {
  const [isOpen, found] = useRoute<{ network: string; hash: string }>(routes.transaction);
  const network = isOpen ? decodeURIComponent(found.network) : '';
  const hash = isOpen ? found.hash : '';
  return useQuery({ ...shownTransaction(network, hash), enabled: isOpen }).data;
}
