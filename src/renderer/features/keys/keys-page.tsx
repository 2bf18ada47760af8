import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../core/client.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Table, Th } from '../../ui/table.tsx';
import { type KeyDialog, KeyDialogs } from './key-dialogs.tsx';
import { KeyRow } from './key-row.tsx';

/** What signs for live networks. */
export function KeysPage() {
  const { data, error, refetch } = useQuery(api.keys.list.queryOptions());
  const [dialog, setDialog] = useState<KeyDialog | null>(null);
  const actions = (
    <>
      <Button onClick={() => setDialog({ what: 'import' })}>Import…</Button>
      <Button
        variant="primary"
        icon={<Plus aria-hidden="true" size={15} />}
        onClick={() => setDialog({ what: 'create' })}
      >
        New key…
      </Button>
    </>
  );
  return (
    <Page
      title="Keys"
      about="They sign what was reviewed for a live network, each in a process of its own."
      actions={data?.length ? actions : undefined}
    >
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={3} />}
      {data?.length === 0 && (
        <EmptyState
          icon={<KeyRound size={22} />}
          title="No keys yet"
          action={<div className="flex gap-2">{actions}</div>}
        >
          A key lies in an encrypted keystore, where cast finds it too. No tool, script or container
          is ever handed one.
        </EmptyState>
      )}
      {data && data.length > 0 && (
        <Table label="Keys">
          <thead>
            <tr>
              <Th priority={0}>Name</Th>
              <Th priority={1}>Address</Th>
              <Th priority={2}>Password</Th>
              <Th priority={0}>State</Th>
              <Th priority={0}>
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {data.map((key) => (
              <KeyRow key={key.name} of={key} onAsk={setDialog} />
            ))}
          </tbody>
        </Table>
      )}
      <KeyDialogs dialog={dialog} onClose={() => setDialog(null)} />
    </Page>
  );
}
