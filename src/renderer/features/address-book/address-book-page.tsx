import { useQuery } from '@tanstack/react-query';
import { BookUser, Plus } from 'lucide-react';
import { openLabelDialog } from '../../core/addresses/label-dialog.ts';
import { api } from '../../core/client.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AddressTable } from './address-table.tsx';

const add = () => openLabelDialog({ network: null, address: null });

/** What the user calls addresses. */
export function AddressBookPage() {
  const { data, error, refetch } = useQuery(api.addressBook.list.queryOptions({ input: {} }));
  return (
    <Page
      title="Addresses"
      about="What you call addresses, wherever they stand. A label names its address in commands, too."
      actions={
        <Button icon={<Plus aria-hidden="true" size={15} />} onClick={add}>
          Label an address
        </Button>
      }
    >
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data ? (
        !error && <Skeleton rows={6} />
      ) : data.length === 0 ? (
        <EmptyState icon={<BookUser size={22} />} title="No address has a label yet">
          Hold the pointer over an address anywhere and choose the tag beside it, or label one here.
        </EmptyState>
      ) : (
        <AddressTable book={data} />
      )}
    </Page>
  );
}
